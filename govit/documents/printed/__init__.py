"""版面：texts at their places on pages (PDF, OFD) become paragraphs and headings.

In: Pages of placed texts, and the bookmarks of the file. Out: its content, with a word where its outline is not certain.
May import: base, the rest of documents.
"""
