"""编写办法：what the keeper of a pack uses: a skeleton of it, its text compared, its examples run, its coverage, a rule explained.

In: The text of a law, or a regulation. Out: the skeleton of a pack, what differs from the text, what its examples give, how
each sentence is judged, a rule in words, the reference of packs and their schema for an editor.
May import: base, calendar, documents, dossier, judging, law, yamltext.
"""
