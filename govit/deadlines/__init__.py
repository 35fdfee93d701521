"""期限：every statutory date of a project: past, due soon, to come, waiting for its trigger.

In: Judged projects. Out: dated lines, each with its rule and trigger.
May import: base, calendar, dossier, judging, law.
"""
