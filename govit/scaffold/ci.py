"""持续集成：files for the host that is asked for. `@INSTALL@` is what pip installs, quoted for a shell."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

_GITHUB = """\
# 每次推送和拉取请求都检查卷宗：问题标在所在的那一行上，有错误的不通过。
name: govit
on: [push, pull_request]
permissions:
  contents: read
jobs:
  check:
    runs-on: ubuntu-latest
    env:
      PYTHONUTF8: "1"
    steps:
      - uses: actions/checkout@v4
      - uses: actions/setup-python@v5
        with:
          python-version: "3.12"
      - run: pip install @INSTALL@
      - run: govit check . --format github --format text --output govit-report.txt
      - if: ${{ !cancelled() && hashFiles('govit-report.txt') != '' }}
        run: |
          { echo '```'; cat govit-report.txt; echo '```'; } >> "$GITHUB_STEP_SUMMARY"
"""

_GITLAB = """\
# 每次推送都检查卷宗：问题列在合并请求的“代码质量”和“测试”里，有错误的不通过。
govit:
  image: python:3.12-slim
  variables:
    PYTHONUTF8: "1"
  script:
    - pip install @INSTALL@
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
    if [ -d wheelhouse ]; then
        .venv/bin/pip install --quiet --no-index --find-links wheelhouse govit
    else
        .venv/bin/pip install --quiet @INSTALL@
    fi
    PATH="$PWD/.venv/bin:$PATH"
fi
code=0
govit check . --format text --output govit-report.txt --format junit --output govit-report.xml || code=$?
if [ -f govit-report.txt ]; then cat govit-report.txt; fi
exit "$code"
"""

CI: Mapping[str, Mapping[str, str]] = {
    "github": {".github/workflows/govit.yml": _GITHUB},
    "gitlab": {".gitlab-ci.yml": _GITLAB},
    "script": {"govit-check.sh": _SCRIPT},
    "none": {},
}
"""Host → its files."""
