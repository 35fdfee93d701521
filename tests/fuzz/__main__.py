"""The campaign from a shell: `python -m tests.fuzz --seed 7 --inputs 10000`, or `--seconds 60` of a new seed each day."""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))  # what the tests share; the package is the installed one

from fuzz.campaign import main

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
