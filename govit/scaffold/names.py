"""项目标识：the name of a project's folder too, so it must do on every system that the folder travels to."""

from __future__ import annotations

import re

from govit.base.files import RESERVED, control_in
from govit.base.usage import UsageError
from govit.dossier.tree import SKIPPED

_LONGEST = 80
_REFUSED = re.compile(r'[<>:"/\\|?*]')


def checked(project_id: str) -> str:
    """A project id that can be a folder's name on Windows too; UsageError says what is wrong with it."""
    why = _wrong(project_id)
    if why:
        message = f"项目标识“{project_id}”{why}；它也是文件夹的名称，例如 2027-smart-parking 或 智慧停车二期"
        raise UsageError(message)
    return project_id


def _wrong(project_id: str) -> str:
    if not project_id.strip() or project_id != project_id.strip():
        return "是空的，或者前后有空格"
    if len(project_id) > _LONGEST:
        return f"超过 {_LONGEST} 个字"
    if control_in(project_id) is not None:
        return "含有看不见的控制字符"
    found = _REFUSED.search(project_id)
    if found is not None:
        return f"含有 Windows 文件夹名称不能用的“{found[0]}”"
    if project_id.startswith((".", "~$")) or project_id.endswith("."):
        return "以点或 ~$ 开头，或者以点结尾"
    if RESERVED.match(project_id) or project_id.casefold() in SKIPPED:
        return "是保留的名称"
    return ""
