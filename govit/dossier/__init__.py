"""卷宗：what a project is, and how it is read from a folder.

In: A folder of YAML and documents, and the words of its regulation. Out: frozen records with their places, and GOV faults on their form.
May import: base, documents, yamltext.
"""
