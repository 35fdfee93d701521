"""办法：a regulation as data: its words, conditions, rules and kinds of check.

In: A pack in YAML. Out: a Regulation, or every fault of the pack with its line.
May import: base, calendar, dossier, yamltext.
"""
