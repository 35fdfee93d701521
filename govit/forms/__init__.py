"""表格：what leaves govit to be handed in, as Word and Excel files.

In: Judged projects and a template. Out: the bytes of a file, or what is missing and where it belongs.
May import: base, calendar, change, deadlines, documents, dossier, judging, law, report, statements, yamltext.
"""
