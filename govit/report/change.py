"""变更的文字报告：what changed, how much that is of what the bounds are shares of, and what follows."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from govit.base.language import say
from govit.base.money import format_money
from govit.change.limits import percent_text
from govit.change.result import Why
from govit.change.words import GROUPS
from govit.dossier.model import label_of, named
from govit.report.columns import columns, signed
from govit.report.follows import amounts, follow, records
from govit.report.route import folded
from govit.report.text import DISCLAIMER, Paint

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from govit.change.papers import PaperChange
    from govit.change.result import Base, Compared, Comparison, Result
    from govit.change.words import WordChange

MANY = 20
"""As many headings of one document as are listed."""


def render(result: Result, *, colour: bool = False) -> str:
    """The whole report."""
    paint = Paint(colour=colour)
    blocks = ["\n".join(_head(result, paint))]
    blocks += ["\n".join(_project(project, paint)) for project in result.projects]
    return "\n\n".join(blocks) + "\n\n" + say(DISCLAIMER) + "\n"


def _head(result: Result, paint: Paint) -> Iterator[str]:
    yield f"{say('判断日')} {result.as_of}"
    for regulation in result.regulations:
        status = regulation.standing(result.as_of, say)
        yield f"《{regulation.title}》{regulation.document_number}（{status}）"
    if result.assume_in_force:
        yield paint(say("〔假定施行〕以下结论假定所列办法在判断日施行，不是现行效力"), "1;33")


def _project(project: Compared, paint: Paint) -> Iterator[str]:
    law = f"  《{project.regulation.title}》" if project.shared and project.regulation is not None else ""
    yield f"■ {paint(project.name or project.id or say('（未命名项目）'), '1')}  {project.path}{law}"
    if project.comparison is None or project.base is None:
        word = say("说明") if project.why in (Why.NEW, Why.CLASSIFIED) else say("没有比较")
        yield from folded(f"{word} {project.message}", "  ", "      ")
        return
    yield from folded(f"{say('批复版本')} {named_base(project.base)}", "  ", "    ")
    made = project.comparison
    for note in made.notes:
        yield from folded(f"{say('注意')} {note}", "  ", "       ")
    if made.same:
        yield "  " + say("与批复版本相比没有变化")
    else:
        yield from _money(made)
        yield from _words(made)
        yield from _papers(made.papers)
    if made.consequences is None:
        yield "  没有写明适用办法（regulation），不能说明后果"
        return
    yield from amounts(made, made.consequences)
    yield from records(made)
    yield from follow(made, made.consequences, project.regulation, paint)


def named_base(base: Base) -> str:
    """The approved revision, and how it was chosen."""
    revision = base.revision
    return f"{revision.name}（{revision.on}，{say('提交')} {revision.commit[:8]}），{say(base.choice.value)}"


# -- what changed ------------------------------------------------------------------------------------


def _money(made: Comparison) -> Iterator[str]:
    if table := money_table(made):
        yield "  " + say("投资")
        yield from columns(table, "    ")


def money_table(made: Comparison) -> list[tuple[str, ...]]:
    """The lines of the budget that changed and the total, below their heads; nothing where no money changed."""
    money = made.difference.money
    rows = [
        (_line_name(line.name, line.state, line.was), line.before, line.after, line.difference)
        for line in money.lines
        if line.state != "不变"
    ]
    if not rows and not money.net:
        return []
    same = [line for line in money.lines if line.state == "不变"]
    table: list[tuple[str, ...]] = [tuple(say(word) for word in ("概算明细", "批复版本", "现在", "增减", "占原数"))]
    table += [_row(*row) for row in rows]
    if same:
        kept = sum((line.after or Decimal(0) for line in same), Decimal(0))
        table.append(_row(f"其余 {len(same)} 行没有变化", kept, kept, Decimal(0)))
    table.append(_row(say("总投资"), money.before, money.after, money.net))
    return table


def _line_name(name: str, state: str, was: str) -> str:
    if state == "改名":
        return f"{name}（原名 {was}）"
    return f"{name}（{state}）" if state in ("新增", "取消") else name


def _row(name: str, before: Decimal | None, after: Decimal | None, moved: Decimal | None) -> tuple[str, ...]:
    share = "" if moved is None or not before else signed(moved, percent_text(abs(moved), before))
    return (
        name,
        "—" if before is None else format_money(before),
        "—" if after is None else format_money(after),
        "—" if moved is None else signed(moved, format_money(abs(moved))),
        share,
    )


def _words(made: Comparison) -> Iterator[str]:
    for group in GROUPS:
        mine = [change for change in made.difference.words if change.group == group]
        if mine:
            yield f"  {say(group)}"
        for change in mine:
            yield from folded(called(change), "    ", "    ")
            if change.added or change.removed:
                yield from _entries(say("增加"), change.added)
                yield from _entries(say("去掉"), change.removed)
            else:
                yield from folded(f"{say('原')} {change.before}", "      ", "         ")
                yield from folded(f"{say('现')} {change.after}", "      ", "         ")


def called(change: WordChange) -> str:
    """A field by its key and label."""
    return named(change.key) if label_of(change.key) == change.label else change.label


def _entries(word: str, entries: Sequence[str]) -> Iterator[str]:
    if entries:
        yield from folded(f"{word} {'；'.join(entries)}", "      ", "           ")


def _papers(papers: Sequence[PaperChange]) -> Iterator[str]:
    if papers:
        yield "  " + say("文件")
    for paper in papers:
        yield from folded(paper_text(paper), "    ", "      ")
        for text in heading_texts(paper):
            yield from folded(text, "      ", "        ")


def heading_texts(paper: PaperChange) -> Iterator[str]:
    """What became of the headings of a document."""
    for heading in paper.headings[:MANY]:
        if heading.before and heading.after:
            yield f"标题改为“{heading.after}”（原“{heading.before}”）"
        else:
            yield f"增加标题“{heading.after}”" if heading.after else f"去掉标题“{heading.before}”"
    if len(paper.headings) > MANY:
        yield f"还有 {len(paper.headings) - MANY} 处标题的变化（govit change --format json 全部列出）"


def paper_text(paper: PaperChange) -> str:
    """What became of a document."""
    if paper.state == "改名":
        return f"改名 {paper.path}（原 {paper.was}，内容相同）"
    if paper.state != "修改":
        return f"{paper.state} {paper.path}"
    then, now = paper.lengths
    if then is None or now is None:
        return f"修改 {paper.path}：{paper.detail or '内容不同，不读取这种格式的标题'}"
    same = "" if paper.headings else "，标题没有变化"
    return f"修改 {paper.path}：原 {then} 字，现 {now} 字{same}"
