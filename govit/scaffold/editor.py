"""编辑器：what VS Code is told: where the schemas are, which extension helps, and how to run a check and read it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from govit.dossier.tree import DOSSIER_FILE, PROJECT_FILE

if TYPE_CHECKING:
    from collections.abc import Mapping

_FINDING = r"^ +({}) (\S+) +(.+)$"
"""The line of a finding in the report: its severity, its rule, what it says."""
_LINE = r"^ +位置 (.+?):(\d+)(?::(\d+))?(?:（.*|\s.*)?$"
_FILE = r"^ +位置 ((?:(?!:\d).)+?\.[A-Za-z]+)(?: .*|（.*)?$"
"""The line below it: a place in a file, or the file alone."""
_SEVERITIES = {"error": "错误", "warning": "警告", "info": "待定|提示"}


def files(schemas: Mapping[str, str], packs: str = "") -> dict[str, str]:
    """The files of .vscode, by path.

    `schemas` are the paths of the schemas of a project, of a dossier and of a pack; `packs` is the folder of one's own.
    """
    own = {f"./{schemas['regulation']}": f"{packs}/*.yaml"} if packs else {}
    settings = {
        "yaml.schemas": {
            f"./{schemas['project']}": f"**/{PROJECT_FILE}",
            f"./{schemas['govit']}": DOSSIER_FILE,
            **own,
        },
        "yaml.schemaStore.enable": False,
        "redhat.telemetry.enabled": False,
        "files.encoding": "utf8",
        "files.eol": "\n",
        "[yaml]": {"editor.insertSpaces": True, "editor.tabSize": 2, "editor.formatOnSave": False},
    }
    return {
        ".vscode/settings.json": _json(settings),
        ".vscode/extensions.json": _json({"recommendations": ["redhat.vscode-yaml"]}),
        ".vscode/tasks.json": _json({"version": "2.0.0", "tasks": _tasks()}),
    }


def _tasks() -> list[dict[str, object]]:
    whole = {"kind": "test", "isDefault": True}
    return [
        {**_task("govit：检查卷宗", "check", "."), "group": whole, "problemMatcher": _matchers()},
        {**_task("govit：检查打开的项目", "check", "${fileDirname}"), "problemMatcher": _matchers()},
        {**_task("govit：待办和下一步", "check", ".", "--todo"), "problemMatcher": []},
    ]


def _task(label: str, *arguments: str) -> dict[str, object]:
    return {
        "label": label,
        "type": "process",
        "command": "govit",
        "args": list(arguments),
        "options": {"cwd": "${workspaceFolder}", "env": {"GOVIT_LANG": "zh", "NO_COLOR": "1", "PYTHONUTF8": "1"}},
        "presentation": {"clear": True, "showReuseMessage": False},
    }


def _matchers() -> list[dict[str, object]]:
    """How the report becomes marks in the editor: for each severity, findings with a line and those of a whole file."""
    return [
        {
            "owner": f"govit-{severity}-{'line' if at is _LINE else 'file'}",
            "source": "govit",
            "severity": severity,
            "fileLocation": ["autodetect", "${workspaceFolder}"],
            "pattern": [
                {
                    "regexp": _FINDING.format(word),
                    "code": 2,
                    "message": 3,
                    **({} if at is _LINE else {"kind": "file"}),
                },
                {"regexp": at, "file": 1, **({"line": 2, "column": 3} if at is _LINE else {})},
            ],
        }
        for severity, word in _SEVERITIES.items()
        for at in (_LINE, _FILE)
    ]


def _json(data: object) -> str:
    return json.dumps(data, ensure_ascii=False, indent=2) + "\n"
