"""File names: what every system can hold, and no two alike."""

from __future__ import annotations

import pytest

from govit.forms.file_names import LONGEST, Names, file_name


@pytest.mark.parametrize(
    ("parts", "name"),
    [
        (("2027", "某平台", "申报表"), "2027-某平台-申报表.docx"),
        ((None, "某平台", "", "申报表"), "某平台-申报表.docx"),
        (("2027", 'a<b>c"d|e?f*g', "表"), "2027-a_b_c_d_e_f_g-表.docx"),
        (("2027", "甲/乙\\丙:丁", "表"), "2027-甲／乙＼丙：丁-表.docx"),
        (("2027", "  甲\n乙\t丙 . ", "表."), "2027-甲乙丙-表.docx"),
        (("CON",), "_CON.docx"),
        (("con", "甲"), "con-甲.docx"),
        (("lpt1.申报表",), "_lpt1.申报表.docx"),
        (("..", "~$甲"), "甲.docx"),
        (("\u202e甲\ud800乙\x00",), "甲乙.docx"),
        ((None,), "未命名.docx"),
        (("e\u0301",), "\u00e9.docx"),
    ],
)
def test_names_are_safe_on_every_system(parts: tuple[str | None, ...], name: str) -> None:
    assert file_name(parts, ".docx") == name


def test_a_long_name_is_cut_and_keeps_the_form() -> None:
    name = file_name(("2027", "很长的项目名称" * 40, "申报表"), ".docx")
    assert len(name.encode()) <= LONGEST
    assert name.startswith("2027-很长")
    assert name.endswith("-申报表.docx")


def test_no_two_documents_of_a_run_have_one_name() -> None:
    names = Names()
    assert names.free(("2027", "甲", "表"), ".docx", "a") == "2027-甲-表.docx"
    assert names.free(("2027", "甲", "表"), ".docx", "b") == "2027-甲-表-b.docx"
    assert names.free(("2027", "甲", "表"), ".docx", "b") == "2027-甲-表-2.docx"
    assert names.free(("2027", "PLAN", "x"), ".docx") == "2027-PLAN-x.docx"
    assert names.free(("2027", "plan", "X"), ".docx") == "2027-plan-X-2.docx"
