"""编写办法：what the keeper of a pack uses: its examples run, its coverage, a rule explained.

In: A regulation. Out: what its examples give, how each sentence is judged, a rule in words.
May import: base, calendar, documents, dossier, judging, law, yamltext.
"""
