"""起步：what `govit init` and `govit new` write, as text; nothing here touches a disk."""
