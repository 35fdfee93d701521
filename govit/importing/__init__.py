"""导入：lists and answers that people give, back into YAML.

In: A workbook or an answer. Out: edits of YAML files, cell by cell, or why a cell is refused.
May import: base, documents, dossier, forms, judging, law, yamltext.
"""
