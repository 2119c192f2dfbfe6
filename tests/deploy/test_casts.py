"""What becomes of values is what PostgreSQL 15 did to real ones.

`recorded_casts.json` holds `ALTER COLUMN … SET DATA TYPE` of one-row tables, as
drizzle-kit 0.31 (without `USING`) and 1.0 (with it) write it, for values at the
borders of their types: the text afterwards, or `!` and the error's SQLSTATE.
"""

import json
from pathlib import Path

import pytest

from schemadiff.deploy.casts import Conversion, convert, is_narrowing
from schemadiff.deploy.postgres_casts import Fate
from schemadiff.deploy.sql_type import SqlType, column_type, parse_type
from schemadiff.model import Column, Name

RECORDED = json.loads((Path(__file__).parent / "recorded_casts.json").read_text())
NO_CAST = {"!42804", "!42846"}
STRINGS = {"text", "varchar(5)", "varchar(50)", "char(10)"}

OUT_OF_THIS_WORLD = {"5874897-12-31"}
"""A date that no timestamp reaches; treated as if nobody stored it."""

ANOTHER_NOTATION = {
    ("smallint", "numeric(10,2)"),
    ("numeric(5,0)", "numeric(10,2)"),
    ("real", "double precision"),
    ("boolean", "integer"),
    ("jsonb", "json"),
    ("date", "timestamp"),
    ("date", "timestamp(3)"),
}
"""Pairs whose text changes though the value is the same: 1 and 1.00."""


def unknown(_: Name) -> None:
    return None


def fate(base: str, head: str, *, using: bool) -> Conversion:
    return convert(
        parse_type(base), parse_type(head), using=using, before=unknown, after=unknown
    )


def named(case: dict[str, object]) -> str:
    return f"{case['from']} to {case['to']}{' using' if case['using'] else ''}"


@pytest.mark.parametrize("case", RECORDED, ids=named)
def test_fates_are_those_of_real_values(case: dict[str, object]) -> None:
    base, head = str(case["from"]), str(case["to"])
    values = case["values"]
    assert isinstance(values, dict)
    found = fate(base, head, using=bool(case["using"]))
    assert found.reason or found.fate <= Fate.TEXT
    outcomes = {k: v for k, v in values.items() if k not in OUT_OF_THIS_WORLD}
    if set(outcomes.values()) <= NO_CAST:
        assert found.fate is Fate.IMPOSSIBLE
        return
    if any(value.startswith("!") for value in outcomes.values()):
        assert found.fate >= Fate.MAY_FAIL
    elif any(old != new for old, new in outcomes.items()):
        assert found.fate >= Fate.REWRITTEN or is_notation(base, head)
    elif head not in STRINGS and not base.startswith(("numeric", "money")):
        assert found.fate <= Fate.REWRITTEN


def is_notation(base: str, head: str) -> bool:
    return (base, head) in ANOTHER_NOTATION or head in STRINGS


@pytest.mark.parametrize(
    ("base", "head", "plain", "using"),
    [
        ("varchar(50)", "varchar(100)", Fate.SAME, Fate.SAME),
        ("varchar(50)", "text", Fate.SAME, Fate.SAME),
        ("varchar(50)", "varchar", Fate.SAME, Fate.SAME),
        ("char(5)", "varchar(5)", Fate.SAME, Fate.SAME),
        ("bit(5)", "bit varying(3)", Fate.MAY_FAIL, Fate.CUT),
        ("bit(3)", "bit varying(5)", Fate.SAME, Fate.SAME),
        ("bit varying(5)", "bit(5)", Fate.MAY_FAIL, Fate.MAY_FAIL),
        ("text[]", "varchar(5)[]", Fate.MAY_FAIL, Fate.CUT),
        ("integer[]", "bigint[]", Fate.SAME, Fate.SAME),
        ("bigint[]", "integer[]", Fate.MAY_FAIL, Fate.MAY_FAIL),
        ("interval", "interval minute to second", Fate.SAME, Fate.SAME),
        ("interval", "interval day", Fate.CUT, Fate.CUT),
        ("interval year to month", "interval day", Fate.SAME, Fate.SAME),
        ("interval hour to minute", "interval month", Fate.CUT, Fate.CUT),
        ("int4range", "int4multirange", Fate.IMPOSSIBLE, Fate.REWRITTEN),
        # A domain: `short` as varchar(3) cuts, `positive` refuses.
        ("text", "short", Fate.CUT, Fate.CUT),
        ("positive", "integer", Fate.CUT, Fate.CUT),
        ("email", "text", Fate.REWRITTEN, Fate.REWRITTEN),
        ("char(5)", "text", Fate.REWRITTEN, Fate.REWRITTEN),
        ("text", "varchar(50)", Fate.MAY_FAIL, Fate.CUT),
        ("char(10)", "char(5)", Fate.MAY_FAIL, Fate.CUT),
        ("integer", "bigint", Fate.SAME, Fate.SAME),
        ("bigint", "integer", Fate.MAY_FAIL, Fate.MAY_FAIL),
        ("serial", "integer", Fate.SAME, Fate.SAME),
        ("serial", "varchar(36)", Fate.TEXT, Fate.TEXT),
        ("integer", "varchar(5)", Fate.MAY_FAIL, Fate.CUT),
        ("text", "integer", Fate.IMPOSSIBLE, Fate.MAY_FAIL),
        ("text", "jsonb", Fate.IMPOSSIBLE, Fate.MAY_FAIL),
        ("integer", "uuid", Fate.IMPOSSIBLE, Fate.IMPOSSIBLE),
        ("integer", "boolean", Fate.IMPOSSIBLE, Fate.MERGED),
        ("boolean", "integer", Fate.IMPOSSIBLE, Fate.SAME),
        ("json", "jsonb", Fate.REWRITTEN, Fate.REWRITTEN),
        ("jsonb", "text", Fate.TEXT, Fate.TEXT),
        ("text[]", "text", Fate.REWRITTEN, Fate.REWRITTEN),
        ("text", "text[]", Fate.IMPOSSIBLE, Fate.MAY_FAIL),
        ("numeric(10, 2)", "numeric(14,2)", Fate.SAME, Fate.SAME),
        ("numeric(10,2)", "numeric(5,2)", Fate.MAY_FAIL, Fate.MAY_FAIL),
        ("numeric(10,4)", "numeric(10,2)", Fate.CUT, Fate.CUT),
        ("numeric", "numeric(12,2)", Fate.CUT, Fate.CUT),
        ("numeric(9,0)", "integer", Fate.SAME, Fate.SAME),
        ("timestamp", "timestamp (3)", Fate.CUT, Fate.CUT),
        ("timestamp (6)", "timestamp", Fate.SAME, Fate.SAME),
        ("timestamp", "timestamp with time zone", Fate.REWRITTEN, Fate.REWRITTEN),
        ("timestamp", "date", Fate.CUT, Fate.CUT),
        ("date", "timestamp", Fate.SAME, Fate.SAME),
        ("interval", "interval day to second(3)", Fate.CUT, Fate.CUT),
        ("vector(3)", "vector(4)", Fate.IMPOSSIBLE, Fate.IMPOSSIBLE),
        ("vector(3)", "vector", Fate.SAME, Fate.SAME),
        ("text", "citext", Fate.REWRITTEN, Fate.REWRITTEN),
        ("mood", "temper", Fate.IMPOSSIBLE, Fate.IMPOSSIBLE),
        ("geometry(point)", "geometry(point,4326)", Fate.IMPOSSIBLE, Fate.IMPOSSIBLE),
    ],
)
def test_pairs_that_people_change(
    base: str, head: str, plain: Fate, using: Fate
) -> None:
    assert fate(base, head, using=False).fate is plain
    assert fate(base, head, using=True).fate is using


@pytest.mark.parametrize(
    ("text", "family", "arguments", "array"),
    [
        ("character varying(10)", "varchar", ("10",), False),
        ("VARCHAR (10)", "varchar", ("10",), False),
        ("timestamp (3) with time zone", "timestamp with time zone", ("3",), False),
        ("timestamptz(3)", "timestamp with time zone", ("3",), False),
        ("numeric(10, 2)[]", "numeric", ("10", "2"), True),
        ("text[3][4]", "text", (), True),
        ("decimal", "numeric", (), False),
        ("float(8)", "real", (), False),
        ("char", "char", ("1",), False),
        ("interval day to second(3)", "interval", ("day to second", "3"), False),
        ('"My Type"', '"My Type"', (), False),
    ],
)
def test_types_are_taken_apart(
    text: str, family: str, arguments: tuple[str, ...], *, array: bool
) -> None:
    assert parse_type(text) == SqlType(family, arguments, array)


STATUS, STATE = Name("public", "status"), Name("public", "state")
LABELS = {STATUS: ("a", "b"), STATE: ("a", "b", "c")}


def enum_fate(base: Column, head: Column) -> Fate:
    return convert(
        column_type(base),
        column_type(head),
        using=False,
        before=LABELS.get,
        after=LABELS.get,
    ).fate


def test_enums_go_through_text() -> None:
    status, state = Column("v", "status", STATUS), Column("v", "state", STATE)
    text, number = Column("v", "text"), Column("v", "integer")
    assert enum_fate(status, state) is Fate.SAME
    assert enum_fate(state, status) is Fate.MAY_FAIL
    assert enum_fate(status, text) is Fate.TEXT
    assert enum_fate(status, Column("v", "varchar(1)")) is Fate.TEXT
    assert enum_fate(text, status) is Fate.MAY_FAIL
    assert enum_fate(number, status) is Fate.IMPOSSIBLE
    assert enum_fate(status, number) is Fate.IMPOSSIBLE


def test_smaller_types_of_one_kind_are_narrowings() -> None:
    for base, head in (
        ("text", "varchar(5)"),
        ("bigint", "smallint"),
        ("bigserial", "integer"),
        ("double precision", "real"),
        ("timestamp", "timestamp (3)"),
    ):
        assert is_narrowing(parse_type(base), parse_type(head))
    for base, head in (("numeric", "integer"), ("text", "text[]"), ("json", "jsonb")):
        assert not is_narrowing(parse_type(base), parse_type(head))
