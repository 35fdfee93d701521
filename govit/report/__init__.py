"""报告：findings, dates, steps and changes as text for people and machines, one file for each format.

In: Findings. Out: text, JSON, SARIF, JUnit, annotations, calendars, flow charts, a page for a browser.
May import: base, change, deadlines, dossier, judging, law, route.
"""
