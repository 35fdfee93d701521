"""格式与文件成对：`--format sarif --output a.sarif --format text` means what it says, in any order."""

from __future__ import annotations

SCREEN = "-"
"""The output that is no file."""

_OPTIONS = {"--format": "format", "--output": "output", "-o": "output"}


def paired(args: list[str]) -> list[str]:
    """The arguments with every --format followed by its --output.

    An --output belongs to the --format before it; one that has none before it to the next. A format
    without an output goes to the screen.
    """
    given, rest = _taken(args)
    pairs: list[list[str]] = []
    early: list[str] = []
    for option, value in given:
        if option == "format":
            pairs.append([value, early.pop(0) if early else ""])
        elif pairs and not pairs[-1][1]:
            pairs[-1][1] = value
        else:
            early.append(value)
    pairs += [["text", output] for output in early]
    return [word for fmt, out in pairs for word in ("--format", fmt, "--output", out or SCREEN)] + rest


def _taken(args: list[str]) -> tuple[list[tuple[str, str]], list[str]]:
    """The formats and outputs in their order, and the other arguments."""
    given, rest = [], []
    words = iter(args)
    for word in words:
        name, equals, value = word.partition("=")
        if word == "--":
            rest += [word, *words]
        elif equals and name in _OPTIONS and name.startswith("--"):
            given.append((_OPTIONS[name], value))
        elif word in _OPTIONS:
            following = next(words, None)
            if following is None:
                rest.append(word)  # click says that its value is missing
            else:
                given.append((_OPTIONS[word], following))
        elif word.startswith("-o") and not word.startswith("--"):
            given.append(("output", word[2:]))
        else:
            rest.append(word)
    return given, rest
