"""办法包：the YAML of a regulation, read from the bottom up: nodes, words, facts, rules, routes, forms, the pack.

In: The tree of a pack. Out: a Regulation, or every fault with its line.
May import: base, calendar, dossier, law, yamltext.
"""
