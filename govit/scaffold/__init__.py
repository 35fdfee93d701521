"""起步：what `govit init` and `govit new` write, and the schema that an editor reads, as text; nothing here touches a disk.

In: A regulation, a category and a name. Out: files with their contents.
May import: base, dossier, law, yamltext.
"""
