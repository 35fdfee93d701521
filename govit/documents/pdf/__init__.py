"""PDF：a file with a text layer becomes lines with their place, size and weight, and its bookmarks an outline.

In: The bytes of a PDF from a stranger. Out: its content, or why it cannot be read.
May import: base, the rest of documents.

The file's structure (ISO 32000) is read here and not by a library: pypdf 7 and pdfminer.six bound one stream at a
time, and a file of 54 KB costs them 8 s and 266 MB, or minutes. Here every byte that is unpacked, every token that is
parsed and every text that is kept is paid for from one purse for the file.
"""
