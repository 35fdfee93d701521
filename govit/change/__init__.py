"""变更：what changed since an approved revision, and what the regulation makes of it.

In: A project now, and the revision that was approved. Out: differences, the bounds they are held against, and what follows.
May import: base, documents, dossier, judging, law, yamltext.
"""
