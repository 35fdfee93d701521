"""模板：where the template of a form is, the dossier's own first, and the forms by name."""

from __future__ import annotations

import os
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from govit.base.files import read_bytes
from govit.base.records import named_record, record
from govit.base.usage import UsageError
from govit.dossier.tree import comparable, inside
from govit.law.form_names import declared_forms

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

    from govit.law.regulation import PackForm, Regulation

MOST_BYTES = 20_000_000
OWN_FOLDER = "templates"
_OWN_MAKER = "word.forms"
"""What makes a form of a regulation's own from its template."""
UNUSABLE = "是指向卷宗外的链接，或读不出来"
"""Why a template of the dossier's own is not taken."""
_PACKAGE = Path(__file__).parent.parent


@named_record
class Form:
    """表格: its built-in template, and what it is called without a regulation.

    Some are handed in only on `occasional`, one at `each_step` at which there is something to hand in; a `whole` one
    is of many projects together. One that is `afterwards` tells what has happened, and is a draft before its step; one
    `to_its_step` tells nothing that came after it; of one for `each_unit` there are as many files as units.
    `maker` is the module of this room that makes it.
    """

    id: str
    maker: str
    template: str
    label: str
    occasional: bool
    each_step: bool
    whole: bool
    afterwards: bool
    to_its_step: bool
    each_unit: bool

    @property
    def suffix(self) -> str:
        """.docx or .xlsx."""
        return Path(self.template).suffix


@lru_cache(maxsize=1)
def forms() -> Mapping[str, Form]:
    """Every form by its id."""
    return {
        name: Form(
            id=name,
            maker=said["maker"],
            template=said["template"],
            label=said["label"],
            occasional="occasional" in said,
            each_step="each_step" in said,
            whole="whole" in said,
            afterwards="afterwards" in said,
            to_its_step="to_its_step" in said,
            each_unit="each_unit" in said,
        )
        for name, said in declared_forms().items()
    }


def form_for(entry: PackForm) -> Form:
    """The form that an entry of a pack is: one of ours, or one of the regulation's own."""
    ours = forms().get(entry.form)
    return ours or Form(
        id=entry.form,
        maker=_OWN_MAKER,
        template=entry.template,
        label=entry.title,
        occasional=False,
        each_step=False,
        whole=False,
        afterwards=False,
        to_its_step=False,
        each_unit=False,
    )


def forms_of(regulations: Iterable[Regulation]) -> dict[str, Form]:
    """Every form by its id, those of the regulations' own among them."""
    return {**forms(), **{entry.form: form_for(entry) for regulation in regulations for entry in regulation.forms}}


@record
class TemplateFile:
    """找到的模板: its bytes, how it is shown, and whether it is the dossier's own."""

    data: bytes
    shown: str
    path: Path
    own: bool


def built_in_folder() -> Path:
    """The templates in the installed package, else in the checkout."""
    installed = _PACKAGE / OWN_FOLDER
    return installed if installed.is_dir() else _PACKAGE.parent / OWN_FOLDER


def built_in(form: Form) -> TemplateFile:
    """The template that comes with the program."""
    path = built_in_folder() / form.template
    if form.id not in forms() or not path.is_file():
        message = f"没有《{form.label}》的模板；在卷宗（或自备办法文件夹）的 {OWN_FOLDER} 文件夹里放一份 {form.template}"
        raise UsageError(message)
    return TemplateFile(_read(path), f"内置的 {form.template}", path, own=False)


def has_built_in(form: Form) -> bool:
    """Whether the program brings a template of a form along."""
    return (built_in_folder() / form.template).is_file()


def find(form: Form, root: Path, title: str, packs: Path | None = None) -> TemplateFile:
    """The template of a form: the dossier's own by the regulation's title or by our name, else that beside the pack.

    Else it is the built-in one, which a form of a regulation's own has not.
    """
    for home in filter(None, (root, packs)):
        for name in dict.fromkeys((f"{title}{form.suffix}", form.template)):
            found = own(home, name)
            if found is not None:
                return found
    return built_in(form)


def of_roots(form: Form, roots: Collection[Path], title: str, packs: Path | None = None) -> TemplateFile:
    """The dossier's own template, or ours: over several dossiers none of them says how the others' form looks."""
    return find(form, next(iter(roots)), title, packs) if len(roots) == 1 else built_in(form)


def own(root: Path, name: str) -> TemplateFile | None:
    """A template of the dossier's own; one that is there and cannot be used is refused, never passed over."""
    if "/" in name or "\\" in name:
        return None
    shown = f"{OWN_FOLDER}/{name}"
    path = inside(root, shown)
    if isinstance(path, Path) and path.is_file():
        return TemplateFile(_read(path), shown, path, own=True)
    folder = inside(root, OWN_FOLDER)
    closed = os.path.lexists(root / OWN_FOLDER) and not (isinstance(folder, Path) and folder.is_dir())
    if closed or os.path.lexists(root / OWN_FOLDER / name):
        message = f"{shown}：{UNUSABLE}；放入文件本身，不用它的删去"
        raise UsageError(message)
    return None


def own_names(root: Path) -> list[str]:
    """The Word and Excel files among the dossier's own templates, in order."""
    folder = inside(root, OWN_FOLDER)
    if not isinstance(folder, Path) or not folder.is_dir():
        return []
    names = (path.name for path in folder.iterdir() if path.suffix.lower() in (".docx", ".xlsx"))
    return sorted(name for name in names if not name.startswith((".", "~$")))


def forms_named(name: str, titles: Iterable[tuple[str, str]]) -> list[str]:
    """The forms whose template a file of this name is; `titles` are (form, title) of the regulations in use."""
    bare = comparable(name)
    mine = [form.id for form in forms().values() if comparable(form.template) == bare]
    suffix = Path(name).suffix
    mine += [form for form, title in titles if comparable(f"{title}{suffix}") == bare]
    return list(dict.fromkeys(mine))


def _read(path: Path) -> bytes:
    data = read_bytes(path, MOST_BYTES)
    if len(data) > MOST_BYTES:
        message = f"模板 {path.name} 超过 {MOST_BYTES // 1_000_000} MB，没有读取"
        raise UsageError(message)
    return data
