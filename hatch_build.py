"""What is made when govit is built: its regulations as data, so that no run has to read them from YAML."""

from __future__ import annotations

import subprocess
import sys
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class BuiltPacks(BuildHookInterface):  # type: ignore[type-arg]
    """Puts the data of the packs into the source tree; the wheel takes them from there (`artifacts`)."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:  # noqa: ARG002 - hatch's own
        """Make them anew, whatever lies there."""
        subprocess.run([sys.executable, "-B", "-m", "govit.law.packs.build_packs"], cwd=self.root, check=True)
