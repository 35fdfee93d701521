"""起步：what `govit init` and `govit new` write, and the schema that an editor reads; nothing here touches a dossier.

In: A regulation, a category and a name. Out: files with their contents, the wheel of govit among them.
May import: base, dossier, law, yamltext.
"""
