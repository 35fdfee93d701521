"""The lowest versions that pyproject.toml allows, one constraint a line: `pip install --constraint`."""

import re
import tomllib
from pathlib import Path

project = tomllib.loads((Path(__file__).parent.parent / "pyproject.toml").read_text(encoding="utf-8"))["project"]
for wanted in (*project["dependencies"], *project["optional-dependencies"]["test"]):
    bound = re.match(r"([\w.-]+)>=([\w.]+)", wanted)
    if bound is None:
        message = f"{wanted} needs a lowest version"
        raise SystemExit(message)
    print(f"{bound[1]}=={bound[2]}")
