"""The sample dossiers are clean, and say enough to be judged by many rules."""

from __future__ import annotations

import datetime as dt
import functools
import json
from typing import TYPE_CHECKING, Any

import pytest
from idle import name_of
from places import SAMPLES
from program import program

if TYPE_CHECKING:
    from pathlib import Path

SAMPLE = SAMPLES
PROJECTS = sorted(path.parent for path in SAMPLE.glob("*/*/project.yaml"))
AS_OF = dt.date(2026, 11, 20)
IN_FORCE = {
    "laizhou": ("--as-of", "2024-09-20"),
    "taizhou": ("--as-of", AS_OF.isoformat(), "--assume-in-force"),
}
"""How the dossiers are judged whose regulation is not in force on AS_OF: an expired one, and a draft."""
FEWEST = 30
LATE = ("试运行", "验收", "备案", "运维", "绩效")
FEWEST_WHEN_LATE = 40
"""Rules that must comply: a project is not clean by not being judged."""


@functools.cache
def report(city: str = "") -> dict[str, Any]:
    """The whole sample on AS_OF, or one city as its regulation is in force."""
    options = IN_FORCE.get(city, ("--as-of", AS_OF.isoformat()))
    done = program("check", SAMPLE / city, "--format", "json", *options)
    assert (done.returncode, done.stderr) == (0, ""), [
        f for f in json.loads(done.stdout)["findings"] if f["severity"] == "error"
    ]
    return dict(json.loads(done.stdout))


def test_the_sample_has_several_projects_under_each_regulation() -> None:
    per: dict[str, int] = {}
    for project in report()["projects"]:
        per[project["regulation"]] = per.get(project["regulation"], 0) + 1
    assert len(report()["projects"]) == len(PROJECTS)
    assert set(per) == {"lianyungang-2025", "qidong-2022", "taizhou-draft-2025", "laizhou-2022"}
    assert min(per["lianyungang-2025"], per["qidong-2022"]) >= 3
    assert min(per.values()) >= 2


def test_the_sample_has_nothing_to_find() -> None:
    """Nothing but that two of the regulations are not in force."""
    found = [(f["rule"], f["severity"], f["file"]) for f in report()["findings"]]
    assert sorted(found) == [("GOV-503", "warning", f"{id_}.yaml") for id_ in ("laizhou-2022", "taizhou-draft-2025")]
    assert report()["counts"] == {**dict.fromkeys(report()["counts"], 0), "warning": 2}


@pytest.mark.parametrize(("city", "status"), [("laizhou", []), ("taizhou", ["GOV-503"])])
def test_a_city_has_nothing_to_find_where_its_regulation_is_in_force(city: str, status: list[str]) -> None:
    """莱州 on a day of its validity; 泰州 assumed in force, which is said."""
    judged_then = report(city)
    assert [f["rule"] for f in judged_then["findings"]] == status
    assert judged_then["counts"] == {**dict.fromkeys(judged_then["counts"], 0), "warning": len(status)}
    assert min(project["counts"]["complies"] for project in judged_then["projects"]) >= FEWEST


@pytest.mark.parametrize("folder", PROJECTS, ids=name_of)
def test_a_sample_project_complies_with_many_rules(folder: Path) -> None:
    city = folder.parent.name
    judged_then = report(city if city in IN_FORCE else "")
    project = next(p for p in judged_then["projects"] if p["path"].endswith(name_of(folder)))
    assert project["counts"]["complies"] >= (FEWEST_WHEN_LATE if project["stage"] in LATE else FEWEST)
