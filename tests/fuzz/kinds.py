"""Every kind of input that a stranger may hand in. A new one costs a function here and a line in KINDS."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from fuzz import lists, office, packs, papers, repositories, texts

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path
    from random import Random


@dataclass(frozen=True)
class Kind:
    """How an input is made, and the commands that meet it.

    `make` puts it into the folder of a dossier that has one good project, and tells whether what it made is broken
    beyond doubt: then no command may end in 0. `{root}` in a command is that folder, `{out}` an empty one beside it.
    """

    name: str
    make: Callable[[Random, Path], bool]
    commands: tuple[str, ...]
    share: int = 1
    writes: bool = False
    """Whether the commands change the dossier, and so cannot be repeated in the same place."""


CHECK = "check {root} --as-of 2026-11-20 --format json"
CHECKED = (CHECK,)
ROUTED = ("route {root} --as-of 2026-11-20 --format json", "deadlines {root} --as-of 2026-11-20 --format json")
OF_THEN = (
    "change {root}/good --base HEAD --as-of 2026-11-20",
    "check {root} --format html --base HEAD -o {out}/report.html --as-of 2026-11-20",
    "render plan {root} --year 2027 --since HEAD --draft -o {out} --as-of 2026-11-20",
)
LISTED = "{root} --dry-run --year 2027"
KINDS = (
    Kind("yaml by schema", texts.by_schema, CHECKED, share=10),
    Kind("yaml mutated", texts.mutated_yaml, CHECKED, share=14),
    Kind("yaml mutated, other commands", texts.mutated_yaml, ROUTED, share=2),
    Kind("settings", texts.settings, CHECKED, share=5),
    Kind("markdown", texts.markdown, CHECKED, share=10),
    Kind("docx zip", office.document_zip, CHECKED, share=14),
    Kind("docx xml", office.document_xml, CHECKED, share=14),
    Kind("docx annotated", office.document_xml, ("check {root} --as-of 2026-11-20 --annotate {out}",), share=3),
    Kind("xlsx zip", office.list_zip, ("import {root}/list.xlsx {root} --dry-run --year 2027",), share=10),
    Kind("xlsx xml", office.list_xml, ("import {root}/list.xlsx {root} --dry-run --year 2027",), share=10),
    Kind("xlsx taken over", office.list_xml, ("import {root}/list.xlsx {root} --yes --year 2027",), share=2, writes=True),
    Kind(
        "template", office.template,
        ("render application {root}/good --draft --as-of 2026-11-20 -o {out}",), share=3,
    ),
    Kind("sheet template", office.sheet_template, ("render plan {root} --as-of 2026-11-20 --year 2027 --draft -o {out}",), share=2),
    Kind("template checked", office.template, ("render --check-templates {root}",), share=1),
    Kind("pack", packs.pack, ("regulations --regulations {root}/packs --regulation shili-city-2026 --examples", CHECK), share=3),
    Kind("pack explained", packs.pack, ("explain 第一条 --regulations {root}/packs --regulation shili-city-2026",), share=2),
    Kind("pdf", papers.portable, CHECKED, share=10),
    Kind("ofd", papers.fixed_layout, CHECKED, share=8),
    Kind("old word", papers.old_word, CHECKED, share=10),
    Kind("rtf", papers.rich_text, CHECKED, share=4),
    Kind("odt", papers.open_document, CHECKED, share=4),
    Kind("list: xls", lists.old_list, (f"import {{root}}/list.xls {LISTED}",), share=8),
    Kind("list: ods", lists.open_list, (f"import {{root}}/list.ods {LISTED}",), share=5),
    Kind("list: csv", lists.text_list, (f"import {{root}}/list.csv {LISTED}",), share=4),
    Kind("form taken over", lists.filled_form, ("import {root}/form.docx {root}/good --dry-run",), share=3),
    Kind(
        "form begun from", lists.filled_form,
        ("new fresh --from {root}/form.docx --dir {out} --regulation lianyungang-2025 --category 新建 --name 某",), share=3,
    ),
    Kind("answers", lists.answers, ("answer {root}/bad 未拆分建设 是 --by 某 --as-of 2026-11-20", CHECK), share=2, writes=True),
    Kind("files beside", lists.beside, CHECKED, share=2),
    Kind("repository", repositories.repository, ("change {root}/good --as-of 2026-11-20",), share=1),
    Kind("repository at a revision", repositories.repository, OF_THEN, share=1),
)  # fmt: skip
