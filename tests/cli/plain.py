"""What typer makes of the declarations, as the table of the plain line (`plain_options`) holds it."""

from __future__ import annotations

import inspect
from enum import Enum
from pathlib import Path
from typing import TYPE_CHECKING, Any, get_args, get_origin, get_type_hints

from typer.core import TyperOption

from govit.cli import plain_options
from govit.cli.commands import declared
from govit.cli.plain import COMMANDS

if TYPE_CHECKING:
    from typer._click.core import Command, Parameter

HEAD = '''"""选项表：what typer makes of the declarations of the commands, for lines that need no typer.

Made by tests/cli/test_plain.py, which compares it with them; never written by hand.
"""

from __future__ import annotations

Option = tuple[str, str, bool]
"""The parameter, the kind of its value ('' of a switch, which has none), and whether it takes several."""
Argument = tuple[str, str, bool, bool]
"""Likewise, and whether it must be given."""

'''
TABLE = Path(plain_options.__file__)


def made() -> str:
    """The whole module."""
    commands = {name: declared(name) for name in COMMANDS}
    parts = [HEAD, "OPTIONS: dict[str, dict[str, Option]] = {\n"]
    for name, command in commands.items():
        lines = [f"        {line},\n" for param in command.params for line in _options(command, param)]
        parts += [f'    "{name}": {{\n', *lines, "    },\n"] if lines else [f'    "{name}": {{}},\n']
    parts.append("}\nARGUMENTS: dict[str, tuple[Argument, ...]] = {\n")
    for name, command in commands.items():
        listed = [_literal(*_of(command, p), p.required) for p in command.params if not _is_option(p)]
        parts.append(f'    "{name}": ({", ".join(listed)}{"," * (len(listed) == 1)}),\n')
    return "".join([*parts, "}\n"])


def _options(command: Command, param: Parameter) -> list[str]:
    """The spellings of an option; none of one that does more than take a value or be given."""
    if not _is_option(param) or not param.expose_value:
        return []
    assert isinstance(param, TyperOption)
    plain = (param.nargs, param.envvar, param.prompt, param.count, param.secondary_opts) == (1, None, None, False, [])
    assert plain, f"{param.name}: typer alone can read it"
    return [f'"{spelling}": {_literal(*_of(command, param))}' for spelling in param.opts]


def _of(command: Command, param: Parameter) -> tuple[str, str, bool]:
    """The name of a parameter, the kind of its value, and whether it takes several."""
    function = inspect.unwrap(command.callback)  # type: ignore[arg-type]
    hint: Any = get_type_hints(function)[str(param.name)]
    inside = [one for one in get_args(hint) if one is not type(None)]
    one = inside[0] if inside and get_origin(hint) is not list else hint
    kind = get_args(one)[0] if get_origin(one) is list else one
    assert kind in (str, int, bool, Path) or issubclass(kind, Enum)
    many = get_origin(one) is list
    assert many == (param.multiple or param.nargs == -1) if _is_option(param) else many == (param.nargs == -1)
    return str(param.name), "" if kind is bool else kind.__name__, many


def _is_option(param: Parameter) -> bool:
    return param.param_type_name == "option"


def _literal(*parts: object) -> str:
    return "(" + ", ".join(f'"{part}"' if isinstance(part, str) else repr(part) for part in parts) + ")"
