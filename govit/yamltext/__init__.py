"""YAML 文本：YAML that people type, with the place of every value.

In: The bytes of a file from a stranger. Out: a tree with positions, faults that name the slip, and edits that leave every other line alone.
May import: base.
"""
