"""What is large grows as its size does: ten times as much takes ten times as long, in one process that only does that."""

from __future__ import annotations

import json
import subprocess
from typing import TYPE_CHECKING

from measured import DAY, PYTHON, govit, run
from portfolio import SENTENCE

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

HEAD = "regulation: lianyungang-2025\nid: a\nname: 某项目\nyear: 2027\nstage: 申报\ncategory: 新建\n"
READ = """
import gc, json, sys, time
from pathlib import Path
from govit.documents.reader import read
gc.set_threshold(100_000, 50, 50)  # as govit runs
def took(path):
    start = time.process_time()
    assert read(Path(path)).content is not None, path
    return time.process_time() - start
small, large = sys.argv[1:]
took(small)
print(json.dumps([min(took(small) for _ in range(9)), min(took(large) for _ in range(3))]))
"""


def read_ten_times(folder: Path, write: Callable[[Path, int], Path], small: int) -> float:
    """How much longer a document takes that is ten times as long."""
    files = [str(write(folder, size)) for size in (small, 10 * small)]
    done = subprocess.run([PYTHON, "-c", READ, *files], check=True, capture_output=True, text=True)
    less, more = json.loads(done.stdout)
    return more / less


def write_docx(folder: Path, pages: int) -> Path:
    import docx

    made = docx.Document()
    for page in range(pages):
        made.add_heading(f"第{page + 1}章 网络安全", 1)
        for part in range(3):
            made.add_heading(f"{page + 1}.{part + 1} 建设内容", 2)
            for _ in range(3):
                made.add_paragraph(SENTENCE * 2)
    path = folder / f"{pages}.docx"
    made.save(str(path))
    return path


def write_markdown(folder: Path, kilobytes: int) -> Path:
    chapter = f"## 第一章 总体设计\n\n{SENTENCE * 12}\n\n- {SENTENCE}\n\n" * 3
    path = folder / f"{kilobytes}.md"
    path.write_text(chapter * (kilobytes * 1000 // len(chapter.encode())), encoding="utf-8")
    return path


def check_ten_times(folder: Path, write: Callable[[Path, int], None], small: int) -> float:
    """How much longer a check takes of a project with ten times as much, beyond what a check of any project takes."""
    spent = []
    for size in (0, small, 10 * small):
        home = folder / str(size)
        home.mkdir(parents=True)
        write(home, size)
        spent.append(min(run(govit("check", home, DAY)).cpu for _ in range(5)))
    base, less, more = spent
    return (more - base) / (less - base)


def write_rows(home: Path, rows: int) -> None:
    """A catalogue of data (数据资源目录)."""
    lines = [
        f"  - {{name: 数据资源{n}, kind: 数据资源, sharing: 有条件共享, content: 字段{n}, condition: 依申请, provider: 市第{n % 97}局}}"
        for n in range(rows)
    ]
    (home / "project.yaml").write_text(HEAD + "\n".join(["catalogue:", *lines] if rows else []), encoding="utf-8")


def write_documents(home: Path, number: int) -> None:
    (home / "documents").mkdir()
    lines = []
    for n in range(number):
        (home / "documents" / f"{n}.md").write_text(f"# 一、概况{n}\n\n{SENTENCE}\n", encoding="utf-8")
        lines.append(f"  - {{kinds: [建设方案], path: documents/{n}.md, date: 2026-01-01}}")
    (home / "project.yaml").write_text(HEAD + "\n".join(["documents:", *lines] if number else []), encoding="utf-8")


PACK = """
import gc, sys, time
from pathlib import Path
from govit.law.library import Library
gc.set_threshold(100_000, 50, 50)
def took():
    start = time.process_time()
    assert Library().get("own", Path(sys.argv[1])) is not None
    return time.process_time() - start
print(min(took() for _ in range(9)) * 1000)
"""


def own_pack(folder: Path) -> float:
    """Milliseconds for 100 kB of a pack that is the user's own, with the files that stand beside it."""
    from govit.law.library import BUILT_IN

    size = 0
    for file in BUILT_IN.glob("lianyungang-2025*.yaml"):
        text = file.read_text(encoding="utf-8").replace("id: lianyungang-2025", "id: own", 1)
        copy = folder / file.name.replace("lianyungang-2025", "own")
        copy.write_text(text, encoding="utf-8")
        size += copy.stat().st_size
    done = subprocess.run([PYTHON, "-c", PACK, str(folder)], check=True, capture_output=True, text=True)
    return float(done.stdout) / (size / 1e5)
