"""Where things are: the folders that tests look into."""

from __future__ import annotations

from pathlib import Path

TESTS = Path(__file__).parent
ROOT = TESTS.parent
SAMPLES = ROOT / "sample-dossier"
UNCLEAN = TESTS / "dossiers" / "unclean"
FIFTH = TESTS / "packs" / "fifth"
