"""What is read of small projects, as text."""

from pathlib import Path

import pytest

from schemadiff.report.schema_text import schema_text
from tests.drizzle.project import read
from tests.drizzle.text_cases import TextCase, text_cases

_CASES = text_cases(Path(__file__).parent / "texts")


@pytest.mark.parametrize("case", _CASES, ids=lambda case: case.heading)
def test_it_is_read_so(case: TextCase) -> None:
    schema = read(case.files, case.entries, case.casing, case.line)
    assert schema_text(schema) == case.expected


def test_headings_are_unique() -> None:
    headings = [case.heading for case in _CASES]
    assert len(set(headings)) == len(headings)
