"""旧版 Word：.doc and .wps, binary files in a compound file, become the same paragraphs as a docx.

In: The bytes of a file from a stranger. Out: its content, or why it cannot be read.
May import: base, the rest of documents.

The structures are the published ones: [MS-CFB] for the compound file, [MS-DOC] for what is in it; WPS writes the same.
"""
