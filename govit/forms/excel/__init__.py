"""Excel 表：workbooks laid out by template sheets.

In: A template and the rows of a form. Out: a workbook that is the same on every machine and day.
May import: as its room.
"""
