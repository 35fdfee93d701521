"""规则种类的判断：one function for each kind of check that law/kinds declares.

In: What a rule demands, the facts of a project and one item. Out: verdicts.
May import: base, calendar, documents, dossier, judging, law.
"""
