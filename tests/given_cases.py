"""Cases of patched examples, in which one figure is changed without the others."""

from __future__ import annotations

from govit.judging.case import JudgeableCase
from govit.judging.engine import Examined, Options, examine, examine_scope
from govit.judging.facts import Facts


class AsGiven(JudgeableCase):
    """A case whose figures are taken as given, as in the examples of a pack: one is changed without the others."""

    def examined(self, options: Options | None = None) -> Examined:
        return examine(self.project, self.regulation, self.dossier.index, options or self.options)

    def scope(self, options: Options) -> Examined:
        return examine_scope(self.project, self.regulation, self.dossier.index, options)

    def facts(self) -> Facts:
        options = self.options
        return Facts(self.project, self.regulation, self.dossier.index, options.as_of, options.schedule)
