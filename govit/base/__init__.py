"""底座：what every room needs and no law owns: exact money, dates, atomic files, nearest words, wording, languages.

In: Plain texts and numbers. Out: checked values, files written whole or not at all, and Chinese words for what is wrong.
May import: nothing but itself.
"""
