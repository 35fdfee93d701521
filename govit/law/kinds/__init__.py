"""规则的种类：each kind of check declared once: its parameters, how they are written, how they read, its timing.

In: The parameters of a rule as a pack writes them. Out: one frozen class a kind, asked by general properties.
May import: base, calendar, law.
"""
