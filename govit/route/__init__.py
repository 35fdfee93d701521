"""审批路径：the ordered steps of approval, done or open.

In: A judged project. Out: steps with their bodies, conditions and articles.
May import: base, dossier, judging, law.
"""
