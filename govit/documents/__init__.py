"""Documents (文档) of a project: docx and Markdown become headings with their text and place."""

from govit.documents.content import (
    Content,
    FileFacts,
    Heading,
    Mark,
    Reading,
    Trouble,
    from_headings,
)
from govit.documents.names import (
    ChapterSearch,
    ChapterState,
    bare_name,
    find_chapter,
    find_topic,
    nearest_heading,
    unnumbered,
)
from govit.documents.reader import read

__all__ = [
    "ChapterSearch",
    "ChapterState",
    "Content",
    "FileFacts",
    "Heading",
    "Mark",
    "Reading",
    "Trouble",
    "bare_name",
    "find_chapter",
    "find_topic",
    "from_headings",
    "nearest_heading",
    "read",
    "unnumbered",
]
