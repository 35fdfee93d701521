"""办法包的错误：a module of its own, since who asks for a regulation that is kept ready needs no reader of packs."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from govit.yamltext.faults import Fault


class PackError(Exception):
    """A pack that cannot be used; carries every fault."""

    def __init__(self, file: str, faults: list[Fault]) -> None:
        lines = [
            f"{Path(file).with_name(f.file) if f.file else file}:{f.line or 1}: {f.message}{'；' + f.hint if f.hint else ''}"
            for f in faults
        ]
        super().__init__("\n".join(lines))
        self.file = file
        self.faults = faults
