"""成品：what leaves govit as Word and Excel files."""
