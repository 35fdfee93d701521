"""放回：files that a revision recorded, put into a folder of their own, and never outside it.

The names are those of a stranger's tree. Git lists whatever stands in it, a path from the root of the disk, `..` and
`.git` too, though it checks none of that out itself.
"""

from __future__ import annotations

import errno
import os

DEEPEST = 100
"""Folders in one another: no dossier has ten, and what clears the folder away climbs down all of them."""
_OF_THE_NAME = frozenset(
    (errno.ENAMETOOLONG, errno.ENOTDIR, errno.EEXIST, errno.EISDIR, errno.EILSEQ, errno.EINVAL, errno.ENOENT, errno.EACCES)
)
"""What a system says of a name that it cannot hold. A full disk is none of these."""


def put_back(top: str, path: str, data: bytes) -> bool:
    """Write a file of a tree; False for a name that leads out of the folder, or that this system cannot hold.

    OSError for what is no matter of the name.
    """
    parts = path.split("/")
    if len(parts) > DEEPEST or any(map(_leads_elsewhere, parts)):
        return False
    target = os.path.join(top, *parts)
    try:
        os.makedirs(os.path.dirname(target), exist_ok=True)
        with open(target, "wb") as file:
            file.write(data)
    except ValueError:
        return False
    except OSError as error:
        if error.errno in _OF_THE_NAME:
            return False
        raise
    return True


def _leads_elsewhere(part: str) -> bool:
    """Whether a name is no name, or leads somewhere else on one system or another."""
    return part in ("", ".", "..") or part.casefold() == ".git" or "\\" in part or (os.name == "nt" and ":" in part)
