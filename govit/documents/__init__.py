"""文档：the documents of a project become headings with their text and place.

In: The bytes of a file from a stranger (docx, Markdown). Out: headings, text, marks, or why it cannot be read.
May import: base.
"""
