"""持续集成：files for the host that is asked for.

`@INSTALL@` is the script that installs govit: from the wheel in the dossier, or what was asked for, quoted for a shell.
govit's own name is never looked up on an index unless somebody asks for it: on a public one it may be anybody's.
"""

from __future__ import annotations

from shlex import quote
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

WHEELS = ".govit"
"""The folder of the dossier in which the wheel lies."""

_GITHUB = """\
# 每个拉取请求和默认分支的每次推送都检查卷宗：问题标在所在的那一行上，有错误的不通过。
name: govit
on:
  push:
    branches: [main, master]  # 默认分支叫别的名称的，改成那个名称
  pull_request:
permissions:
  contents: read
jobs:
  check:
    runs-on: ubuntu-latest
    env:
      PYTHONUTF8: "1"
    steps:
      - uses: actions/checkout@v4
        with:
          persist-credentials: false
      - uses: actions/setup-python@v5
        with:
          python-version: "3.12"
      - name: 安装 govit
        run: |
@INSTALL@
      - name: 检查卷宗
        run: govit check . --format github --format markdown --output govit-report.md
      - name: 运行摘要
        if: ${{ !cancelled() && hashFiles('govit-report.md') != '' }}
        run: cat govit-report.md >> "$GITHUB_STEP_SUMMARY"
"""

_GITLAB = """\
# 每次推送都检查卷宗：问题列在合并请求的“代码质量”和“测试”里，有错误的不通过。
govit:
  image: python:3.12-slim
  variables:
    PYTHONUTF8: "1"
  script:
    - |
@INSTALL@
    - govit check . --format text --format gitlab --output gl-code-quality-report.json --format junit --output govit-report.xml
  artifacts:
    when: always
    reports:
      codequality: gl-code-quality-report.json
      junit: govit-report.xml
"""

_SCRIPT = """\
#!/bin/sh
# 检查卷宗。在 Gitee 一类平台的流水线里，或者在自己的机器上运行：sh govit-check.sh
# 有错误时退出码为 1。报告在 govit-report.txt 和 govit-report.xml（JUnit 格式，流水线可以显示）。
# 不能上网的机器：把 govit 和它依赖的 wheel 文件放进 wheelhouse 文件夹，这里就从那里安装。
set -eu
cd "$(dirname "$0")"
export PYTHONUTF8=1
if ! command -v govit >/dev/null 2>&1; then
    python3 -m venv .venv
    PATH="$PWD/.venv/bin:$PATH"
    if [ -d wheelhouse ]; then
        pip install --quiet --no-index --find-links wheelhouse govit
    else
@INSTALL@
    fi
fi
code=0
govit check . --format text --output govit-report.txt --format junit --output govit-report.xml || code=$?
if [ -f govit-report.txt ]; then cat govit-report.txt; fi
exit "$code"
"""

_FROM_THE_DOSSIER = """\
# govit 从卷宗里的安装包安装，不按名称从软件源安装：公共软件源上叫这个名称的可能是别人的程序。
set -- .govit/govit-*.whl
if [ "$#" -ne 1 ] || [ ! -f "$1" ]; then
  echo "govit：.govit 文件夹里要有 govit 的安装包（govit-版本号-py3-none-any.whl），而且只有一个，并提交到仓库。" >&2
  echo "在 govit 仓库的副本里运行 pip wheel --no-deps -w 卷宗的文件夹/.govit . 得到它；不要按名称从公共软件源安装 govit。" >&2
  exit 2
fi
if ! pip install --quiet "$1"; then
  echo "govit：安装 $1 没有成功，原因见上面。安装包坏了的，重新生成；连不上软件源（它依赖的软件包从那里来）的，检查网络。" >&2
  exit 2
fi
"""
_AS_ASKED = """\
if ! pip install --quiet @WHAT@; then
  echo "govit：没有装上，原因见上面。核对这一步里 pip install 后面写的来源：文件在不在，地址能不能访问。" >&2
  exit 2
fi
"""

_CI: Mapping[str, Mapping[str, str]] = {
    "github": {".github/workflows/govit.yml": _GITHUB},
    "gitlab": {".gitlab-ci.yml": _GITLAB},
    "script": {"govit-check.sh": _SCRIPT},
    "none": {},
}
"""Host → its files."""
_INDENT = {"github": 10, "gitlab": 6, "script": 8, "none": 0}


def ci_files(host: str, install: str | None) -> dict[str, str]:
    """The files of a host; `install` is what pip installs, None for the wheel in the dossier."""
    script = _FROM_THE_DOSSIER if install is None else _AS_ASKED.replace("@WHAT@", quote(install))
    indented = "\n".join(" " * _INDENT[host] + line for line in script.splitlines())
    return {path: text.replace("@INSTALL@", indented) for path, text in _CI[host].items()}
