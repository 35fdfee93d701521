"""The lowest versions that pyproject.toml allows, one constraint a line: `pip install --constraint`."""

import re
import sys
import tomllib
from pathlib import Path

project = tomllib.loads((Path(__file__).parent.parent / "pyproject.toml").read_text(encoding="utf-8"))["project"]
wanted = [*project["dependencies"], *project["optional-dependencies"]["test"]]
bounds = [re.match(r"([\w.-]+)>=([\w.]+)", one) for one in wanted]
if not all(bounds):
    sys.exit(f"each of these needs a lowest version: {wanted}")
print("\n".join(f"{bound[1]}=={bound[2]}" for bound in bounds if bound))
