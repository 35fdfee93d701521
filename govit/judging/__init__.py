"""判断：one project under one regulation on one day.

In: A project, a regulation, the index of its dossier and a day. Out: findings of four outcomes, with what they rest on.
May import: base, calendar, documents, dossier, law, statements, yamltext.
"""
