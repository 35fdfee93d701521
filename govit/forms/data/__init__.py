"""表格的数据：what a form prints, as plain texts and rows, before any file is thought of.

In: A judged project. Out: names, rows and lists for the makers of files.
May import: as its room.
"""
