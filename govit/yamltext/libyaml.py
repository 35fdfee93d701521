"""libyaml：PyYAML's C parser without the pure-Python reader, resolver and constructors that come with the package.

They are a seventh of a short run, and nothing of them is used to read a file. The package itself stays whole: it is
run when somebody asks for anything else of it, as the editing of a file does.
"""

from __future__ import annotations

import sys
from importlib import import_module
from importlib.machinery import PathFinder
from importlib.util import module_from_spec
from types import ModuleType
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from importlib.machinery import ModuleSpec

_NEEDED = ("error", "tokens", "events", "nodes")
_ERRORS = {
    "reader": "ReaderError",
    "scanner": "ScannerError",
    "parser": "ParserError",
    "composer": "ComposerError",
    "constructor": "ConstructorError",
    "emitter": "EmitterError",
    "serializer": "SerializerError",
    "representer": "RepresenterError",
}
"""Modules of which the C parser wants no more than an error."""
_MARKED = ("scanner", "parser", "composer", "constructor")


def _parser() -> Any:  # noqa: ANN401 - of either make
    """The loader whose events are read: its parser alone, unless somebody has asked for the package before."""
    spec = None if "yaml" in sys.modules else PathFinder.find_spec("yaml")
    if spec is not None:
        try:
            return _alone(spec).CParser
        except (ImportError, AttributeError):  # without libyaml, or otherwise arranged: the package as it is
            for name in [name for name in sys.modules if name.partition(".")[0] == "yaml"]:
                del sys.modules[name]
    whole = import_module("yaml")
    return getattr(whole, "CSafeLoader", whole.SafeLoader)


def _alone(spec: ModuleSpec) -> ModuleType:
    """The extension, imported into the package before the package is run."""
    package = module_from_spec(spec)
    sys.modules["yaml"] = package
    for name in _NEEDED:
        import_module(f"yaml.{name}")
    stand_ins = {name: _stand_in(name) for name in _ERRORS}
    vars(package).update(stand_ins)
    found = import_module("yaml._yaml")
    for name in stand_ins:
        delattr(package, name)
    setattr(package, "__getattr__", _runs_when_asked(package, spec))  # noqa: B010 - a module has no such field
    return found


def _stand_in(name: str) -> ModuleType:
    """A module that holds the error of one part of the package, and nothing else."""
    errors: Any = sys.modules["yaml.error"]
    module = ModuleType(f"yaml.{name}")
    above = errors.MarkedYAMLError if name in _MARKED else errors.YAMLError
    setattr(module, _ERRORS[name], type(_ERRORS[name], (above,), {}))
    return module


def _runs_when_asked(package: ModuleType, spec: ModuleSpec) -> Any:  # noqa: ANN401 - what a module's __getattr__ gives
    def ask(name: str) -> Any:  # noqa: ANN401 - likewise
        if name.startswith("__") or spec.loader is None:
            raise AttributeError(name)
        del vars(package)["__getattr__"]
        spec.loader.exec_module(package)
        return getattr(package, name)

    return ask


PARSER = _parser()

from yaml.error import MarkedYAMLError, YAMLError  # noqa: E402 - of the package as it was just arranged
from yaml.events import (  # noqa: E402 - likewise
    AliasEvent,
    CollectionStartEvent,
    DocumentStartEvent,
    Event,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
)

__all__ = [
    "PARSER",
    "AliasEvent",
    "CollectionStartEvent",
    "DocumentStartEvent",
    "Event",
    "MappingEndEvent",
    "MappingStartEvent",
    "MarkedYAMLError",
    "ScalarEvent",
    "SequenceEndEvent",
    "SequenceStartEvent",
    "YAMLError",
]
