"""The grammar of overrides."""

import pytest

from schemadiff.errors import SchemadiffError
from schemadiff.overrides.override import Override
from schemadiff.overrides.parse import parse, parse_trailer

RULES = ("drop-column", "drop-table", "rename-column", "unreadable-schema")


def read(text: str) -> list[tuple[str, str, str | None]]:
    return [(each.rule, each.subject, each.reason) for each in parse(text, "x", RULES)]


def complaint(text: str) -> SchemadiffError:
    with pytest.raises(SchemadiffError) as caught:
        read(text)
    return caught.value


@pytest.mark.parametrize(
    "text",
    [
        "drop-column:clients.email",
        "drop-column clients.email",
        "drop-column: clients.email",
        "  drop-column \t clients.email  ",
        "drop-column:clients.email,",
        ",drop-column:clients.email",
    ],
)
def test_a_colon_or_a_blank_parts_rule_and_subject(text: str) -> None:
    assert read(text) == [("drop-column", "clients.email", None)]


def test_several_are_parted_by_commas() -> None:
    assert read("drop-column:a.b,drop-table c , rename-column:a.d") == [
        ("drop-column", "a.b", None),
        ("drop-table", "c", None),
        ("rename-column", "a.d", None),
    ]


@pytest.mark.parametrize(
    "mark", ["\N{EM DASH}", "\N{EN DASH}", "--"], ids=["em dash", "en dash", "hyphens"]
)
def test_a_reason_follows_a_dash_between_blanks(mark: str) -> None:
    assert read(f"drop-column a.b {mark} exported on 2026-11-20 -- twice") == [
        ("drop-column", "a.b", "exported on 2026-11-20 -- twice")
    ]
    assert read(f"drop-column a.b{mark}c") == [("drop-column", f"a.b{mark}c", None)]


def test_a_comma_in_a_reason_is_part_of_it_unless_an_override_follows() -> None:
    assert read("drop-column a.b -- seen, exported, drop-table c -- empty") == [
        ("drop-column", "a.b", "seen, exported"),
        ("drop-table", "c", "empty"),
    ]
    assert (
        "no rule 'drop-tabel'" in complaint("drop-column a.b -- x,drop-tabel:c").message
    )


@pytest.mark.parametrize(
    "subject",
    [
        '"odd, table"."a ""b"""',
        '"a -- b".c',
        '"*"',
        '"a:b".c',
        "auth.users.email",
        "my db/a b.ts#clients",
        "apps/[id]/schema.ts",
        '"drop-table x, y"',
    ],
)
def test_what_stands_in_double_quotes_is_one_thing(subject: str) -> None:
    assert read(f"drop-column:{subject},drop-table t") == [
        ("drop-column", subject, None),
        ("drop-table", "t", None),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "drop-column",
        "drop-column:",
        "drop-column: ",
        ":clients.email",
        "true",
        "-- why",
        "drop-table a, -- why",
        'drop-column:clients."email',
        'drop-column:clients.email"',
        "drop-column:clients.*",
        "drop-column:*",
    ],
)
def test_another_form_is_refused_and_the_right_one_shown(text: str) -> None:
    error = complaint(text)
    assert error.message.startswith("x: ")
    assert error.remedy is not None
    assert 'RULE:SUBJECT, for example "drop-column:clients.email"' in error.remedy


def test_an_unknown_rule_shows_the_nearest() -> None:
    error = complaint("drop-colum:clients.email")
    assert error.message == "x: there is no rule 'drop-colum'"
    assert error.remedy is not None
    assert "drop-column" in error.remedy
    assert complaint("zzz:clients.email").remedy == "see `schemadiff rules`"


def test_nothing_is_nothing() -> None:
    assert read("") == []
    assert read(" , ") == []


def test_a_trailer_needs_a_reason() -> None:
    with pytest.raises(SchemadiffError) as caught:
        list(parse_trailer("drop-column clients.email", "abc by Ann", RULES))
    assert "abc by Ann: drop-column clients.email gives no reason" in str(caught.value)
    assert "Schemadiff-Allow: RULE SUBJECT \N{EM DASH}" in (caught.value.remedy or "")


def test_one_reason_at_the_end_of_a_trailer_holds_for_all_before_it() -> None:
    text = "drop-column a.b, drop-table c -- empty, drop-table d -- moved"
    assert list(parse_trailer(text, "o", RULES)) == [
        Override("drop-column", "a.b", "empty", "o"),
        Override("drop-table", "c", "empty", "o"),
        Override("drop-table", "d", "moved", "o"),
    ]
