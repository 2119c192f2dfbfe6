"""What expressions are: files and the exports of the first, written as text."""

import pytest

from tests.typescript.projects import cases, program
from tests.typescript.shown import shown

_ALL = list(cases())


@pytest.mark.parametrize(
    ("files", "expected"),
    [(files, expected) for _, files, expected in _ALL],
    ids=[name for name, _, _ in _ALL],
)
def test_it_is_read_so(files: dict[str, str], expected: str) -> None:
    module = program(files).module(next(iter(files)))
    lines = [f"{each.name} = {shown(each.evaluate())}" for each in module.exports()]
    lines += [f"> {shown(each)}" for each in module.statements()]
    lines += [f"! {each.reason} {each.span.line}" for each in module.problems]
    assert "\n".join(lines) == expected.strip()


def test_no_two_cases_have_one_name() -> None:
    names = [name for name, _, _ in _ALL]
    assert len(names) == len(set(names))
