"""办法包：the YAML of a regulation, read from the bottom up: nodes, the vocabulary, conditions, facts, articles, routes, forms.

In: The tree of a pack. Out: a Regulation, or every fault with its line.
May import: base, calendar, dossier, law, yamltext.
"""
