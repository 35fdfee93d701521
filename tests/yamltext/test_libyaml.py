"""Of PyYAML only libyaml's parser is imported to read a file, and whoever asks for the rest gets it."""

from __future__ import annotations

import subprocess
import sys

import pytest

READ = "from govit.yamltext.tree import parse; assert parse('a: [1]')[0].value['a'].value[0].value == '1'\n"
WRONG = """
from govit.yamltext.faults import YamlError
for text in ('a: [', 'a: \\x01'):
    try:
        parse(text)
    except YamlError as error:
        assert error.faults[0].rule == 'GOV-103', text
    else:
        raise SystemExit(text)
"""


def ran(program: str) -> str:
    done = subprocess.run([sys.executable, "-c", program], check=False, capture_output=True, encoding="utf-8")
    return done.stderr if done.returncode else ""


@pytest.mark.parametrize(
    "more",
    [
        "import sys; assert not {'yaml.reader', 'yaml.constructor', 'yaml.resolver'} & set(sys.modules)",
        "import yaml; assert yaml.safe_load('a: 2026-01-01')['a'].year == 2026",
        "import yaml; assert yaml.compose('a: 1', Loader=yaml.CSafeLoader).value[0][0].value == 'a'",
        "import yaml; assert yaml.safe_dump({'a': 1}) == 'a: 1\\n' and yaml.error and yaml.events and yaml.reader",
        "from yaml import SafeLoader; from yaml.reader import ReaderError; SafeLoader('a'), ReaderError",
        "import yaml; assert not hasattr(yaml, 'nothing_of_this_name')",
        WRONG,
    ],
)
def test_the_parser_alone_reads_and_the_package_stays_whole(more: str) -> None:
    assert ran(READ + more) == ""


@pytest.mark.parametrize(
    "first",
    [
        "import yaml\n",
        "import sys; sys.modules['yaml._yaml'] = None\n",
        "import yaml; del yaml.CSafeLoader\n",
    ],
    ids=["the package was there before", "another arrangement of it", "no libyaml"],
)
def test_it_reads_the_same_however_the_package_is_found(first: str) -> None:
    assert ran(first + READ + WRONG) == ""
