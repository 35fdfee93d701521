"""报告：findings -> text for people and machines."""
