"""法规文本：the text of a law as it was published: its articles, paragraphs, items and sentences, and what is odd about it.

In: A file (docx, txt, md, pdf …). Out: the law sentence by sentence, with the line of each, and what a sentence speaks of.
May import: base, calendar, documents, law, yamltext.
"""
