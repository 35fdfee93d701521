"""OFD: pages of placed texts are read as a PDF is; stamped files are read, hostile ones refused."""

from __future__ import annotations

import io
import time
from typing import TYPE_CHECKING

import pytest
from ofd_files import NAMESPACE, ofd, packed, page, report, text

from govit.documents.content import Trouble, Unreadable
from govit.documents.ofd.read import read_ofd

if TYPE_CHECKING:
    from govit.documents.content import Content

CHAPTERS = ("总论", "需求分析", "数据资源共享分析", "网络安全保障", "投资估算")
NAMES = [f"第{n}章 {name}" for n, name in zip("一二三四五", CHAPTERS, strict=True)]
SECONDS = 4.0


def content(data: bytes) -> Content:
    return read_ofd(io.BytesIO(data), len(data))


def answer(data: bytes) -> Unreadable | None:
    """Why a file is refused, None if it is read."""
    try:
        content(data)
    except Unreadable as error:
        return error
    return None


def refused(data: bytes) -> Unreadable:
    with pytest.raises(Unreadable) as caught:
        content(data)
    assert "Word" not in caught.value.what
    return caught.value


def test_chapters_that_are_larger_and_count_on_are_certain() -> None:
    found = content(ofd(report(CHAPTERS)))
    assert [one.text for one in found.headings] == NAMES
    assert [one.page for one in found.headings] == [1, 2, 3, 4, 5]
    assert not found.doubt
    assert not any("—" in one.text for one in found.asides)


def test_the_outline_of_the_file_is_followed() -> None:
    found = content(ofd(report(CHAPTERS, 4.2), outline=[(name, at) for at, name in enumerate(NAMES, 1)]))
    assert [one.text for one in found.headings] == NAMES
    assert not found.doubt
    assert content(ofd(report(CHAPTERS, 4.2))).doubt


def test_a_signed_and_stamped_file_is_read() -> None:
    signed = "<ofd:Signatures>Doc_0/Signs/Signatures.xml</ofd:Signatures>"
    parts = {
        "Doc_0/Signs/Signatures.xml": f"<ofd:Signatures {NAMESPACE}/>",
        "Doc_0/Signs/Sign_0/SignedValue.dat": b"\x30\x82" + bytes(200),
        "Doc_0/Annots/Annotations.xml": f"<ofd:Annotations {NAMESPACE}/>",
    }
    assert [one.text for one in content(ofd(report(CHAPTERS), parts=parts, signatures=signed)).headings] == NAMES


def test_what_a_template_draws_is_no_text_but_its_marks_are_told() -> None:
    found = content(ofd(report(CHAPTERS), template=text("第九章 模板 秘密★5年", 20, 12)))
    assert [one.text for one in found.headings] == NAMES
    assert [(mark.where, mark.page) for mark in found.marks] == [("页眉", 1)]


def test_names_without_a_prefix_are_read() -> None:
    data = ofd(report(CHAPTERS))
    import zipfile

    with zipfile.ZipFile(io.BytesIO(data)) as file:
        parts = {name: file.read(name).replace(b"ofd:", b"").replace(b"xmlns:ofd", b"xmlns") for name in file.namelist()}
    assert [one.text for one in content(packed(parts)).headings] == NAMES


def test_a_text_of_single_characters_is_put_together() -> None:
    letters = "".join(text(one, 20 + 6.3 * at, 40, 6.3) for at, one in enumerate("第一章总论"))
    first = content(ofd([letters + report(CHAPTERS)[0].partition("</ofd:TextObject>")[2], *report(CHAPTERS)[1:]])).headings[0]
    assert first.text == "第一章总论"


def test_a_file_of_pictures_is_told_as_a_scan() -> None:
    picture = '<ofd:ImageObject ID="3" Boundary="0 0 210 297" ResourceID="4"/>'
    found = refused(ofd([picture, picture]))
    assert found.trouble is Trouble.UNSUPPORTED
    assert "扫描件" in found.what


def test_entities_are_refused() -> None:
    bomb = '<!DOCTYPE a [<!ENTITY b "c">]>' + page(text("&b;", 20, 40))
    found = refused(ofd(["a"], parts={"Doc_0/Pages/Page_1/Content.xml": bomb}))
    assert "DTD" in found.what
    assert "OFD" in found.what


def test_a_package_without_its_entry_is_told() -> None:
    assert refused(packed({"a.xml": "<a/>"})).trouble is Trouble.UNSUPPORTED
    assert refused(packed({"Encryptions.xml": "<a/>"})).trouble is Trouble.ENCRYPTED
    assert refused(b"not a zip file").trouble is Trouble.UNSUPPORTED
    assert refused(ofd([])).trouble is Trouble.UNSUPPORTED


HOSTILE = {
    "texts": lambda: ofd([text("一", 20, 40) * 400_000]),
    "characters": lambda: ofd([text("一" * 2_000_000, 20, 40)]),
    "deltas": lambda: ofd([text("一二", 20, 40).replace("g 1 4.2", "g 99999999 4.2 " * 90_000)]),
    "pages": lambda: ofd([text("一", 20, 40)] * 9_000),
    "depth": lambda: ofd(["<ofd:PageBlock>" * 9_000 + "</ofd:PageBlock>" * 9_000]),
    "outline": lambda: ofd(["a"], outline=[("a", 1)] * 90_000),
    "blanks": lambda: ofd([" " * 60_000_000]),
    "one template on many pages": lambda: ofd([text("一", 20, 40)] * 1_000, template=text("模", 20, 12) * 20_000),
    "sizes": lambda: ofd([text("一", 20, 40, more='CTM="nan inf 1e999 -1e999 0 0"')]),
}
"""Each is made where it is tested: to make all takes a second of every worker."""


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_files_end(name: str) -> None:
    data = HOSTILE[name]()
    begun = time.process_time()
    error = answer(data)
    assert error is None or error.what
    assert time.process_time() - begun < SECONDS
