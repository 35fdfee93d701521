"""没有登记的通知：the days that bodies set for a submission that is still to be made, and of which nothing is known."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from govit.judging.case import JudgeableCase


def unregistered(case: JudgeableCase, submission: str | None = None) -> Iterator[str]:
    """One sentence for each kind of notice; of one submission only, where one is named."""
    project = case.project
    made = {record.kind for record in project.submissions}
    usual = case.regulation.words["submissions"]
    known = {
        notice.kind
        for notice in project.settings.notices
        if notice.of in (None, project.id) and notice.year in (None, project.year)
    }
    for name, word in case.regulation.words["notices"].items():
        open_ = [
            kind for kind in word.submissions if kind not in made and submission in (None, kind) and usual[kind].stages
        ]  # what has no step of its own is made on occasion only, and no notice is waited for
        if open_ and name not in known:
            yield (
                f"没有登记“{name}”的通知，“{'、'.join(open_)}”的最后一天列不出来；"
                f"收到通知以后登记在 govit.yaml 的 notices（kind 写{name}，on 写通知要求的日期）"
            )
