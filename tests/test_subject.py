"""How names are written in findings and overrides."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schemadiff.subject import Subject, parse_parts

NAMES = st.text(st.characters(codec="utf-8"), min_size=1, max_size=12)


@pytest.mark.parametrize(
    ("parts", "text"),
    [
        (("clients",), "clients"),
        (("clients", "email"), "clients.email"),
        (("_a$1", "B2"), "_a$1.B2"),
        (("Order Items", "price"), '"Order Items".price'),
        (("a.b", "c"), '"a.b".c'),
        (('say "x"',), '"say ""x"""'),
        (("1st",), '"1st"'),
        (("$a",), '"$a"'),
        (("größe",), '"größe"'),
        (("",), '""'),
        (("name\n",), '"name\n"'),
    ],
)
def test_a_name_is_quoted_as_in_sql_where_it_is_odd(
    parts: tuple[str, ...], text: str
) -> None:
    assert str(Subject(parts)) == text
    assert parse_parts(text) == parts


@pytest.mark.parametrize("schema", ["", "public"])
def test_the_schema_public_is_left_out(schema: str) -> None:
    assert str(Subject.named(schema, "clients", "email")) == "clients.email"


def test_another_schema_is_written() -> None:
    assert str(Subject.named("auth", "users")) == "auth.users"


def test_public_may_be_spelled_out() -> None:
    subject = Subject.named("public", "clients", "email")
    assert subject.covers("public.clients.email")
    assert subject.covers('"public"."clients".email')
    assert not subject.covers("auth.clients.email")
    assert not Subject.named("auth", "users").covers("users")


@pytest.mark.parametrize(
    "text",
    [
        "",
        "clients",
        "clients.email.",
        ".clients.email",
        "clients..email",
        "clients.emails",
        "clients.Email",
        " clients.email",
        "clients.*",
        '"clients.email"',
    ],
)
def test_only_the_very_name_is_covered(text: str) -> None:
    assert not Subject(("clients", "email")).covers(text)


@pytest.mark.parametrize("text", ["", ".", "a.", ".a", "a b", 'a"b"', '"a', "a-b"])
def test_what_is_no_name_is_none(text: str) -> None:
    assert parse_parts(text) is None


def test_a_place_is_written_as_it_is() -> None:
    place = Subject(place="apps/[id]/schema.ts#clients")
    assert str(place) == "apps/[id]/schema.ts#clients"
    assert place.covers("apps/[id]/schema.ts#clients")
    assert place.covers('"apps/[id]/schema.ts#clients"')
    assert not place.covers("apps/[id]/schema.ts")


@pytest.mark.parametrize("place", ["a,b.ts", 'a"b.ts', "a*.ts", "a -- b.ts", " a.ts"])
def test_a_place_is_quoted_where_an_override_would_end(place: str) -> None:
    assert str(Subject(place=place)).startswith('"')
    assert Subject(place=place).covers(str(Subject(place=place)))


@given(st.lists(NAMES, min_size=1, max_size=3))
def test_what_is_written_is_read_back(parts: list[str]) -> None:
    subject = Subject(tuple(parts))
    assert parse_parts(str(subject)) == tuple(parts)
    assert subject.covers(str(subject))


@given(st.lists(NAMES, min_size=1, max_size=3), st.lists(NAMES, min_size=1, max_size=3))
def test_two_names_are_never_written_alike(one: list[str], other: list[str]) -> None:
    same = str(Subject(tuple(one))) == str(Subject(tuple(other)))
    assert same == (one == other)
