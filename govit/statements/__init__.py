"""文中所述：what reports say of their project: sections by role, tables, figures with their places, and where they disagree.

In: The passages of documents as they were read, and a project. Out: a report read by sections and tables, and disagreements with both places.
May import: base, documents, dossier, yamltext.
"""
