"""规则种类的判断：one function for each kind of check that law/ declares.

In: A rule, the facts of a project and one item. Out: verdicts.
May import: base, calendar, documents, dossier, law.
"""
