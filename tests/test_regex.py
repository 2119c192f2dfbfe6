"""Regular expressions that are compiled when they are first used."""

import re

import pytest

from schemadiff.regex import regex


def test_a_regex_finds_what_a_compiled_one_finds() -> None:
    text = "a1 B2 c3"
    late, early = (
        regex(r"([a-z])(\d)", re.IGNORECASE),
        re.compile(r"([a-z])(\d)", re.IGNORECASE),
    )
    for _ in range(2):
        assert late.findall(text) == early.findall(text)
        assert late.sub(r"\2\1", text) == early.sub(r"\2\1", text)
        assert late.fullmatch(text) is early.fullmatch(text) is None
        assert (late.pattern, late.flags) == (early.pattern, early.flags)


def test_a_regex_is_compiled_when_something_is_asked_of_it() -> None:
    broken = regex(rb"(")
    with pytest.raises(re.error):
        broken.search(b"(")


def test_a_regex_has_nothing_that_patterns_lack() -> None:
    with pytest.raises(AttributeError):
        regex("a").found  # type: ignore[attr-defined] # noqa: B018
