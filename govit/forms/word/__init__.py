"""Word 表：templates filled in, reports compiled, findings as comments.

In: A template and the data of a form. Out: a document that is the same on every machine and day.
May import: as its room.
"""
