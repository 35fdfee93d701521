"""OFD：GB/T 33190, the state's own format for finished documents: XML in a zip file, read as pages of placed texts.

In: The bytes of a file from a stranger. Out: its content, or why it cannot be read.
May import: base, the rest of documents.
"""
