"""Random schemas, alike enough that much of two of them is the same."""

from collections.abc import Callable
from typing import Any, TypeVar

from hypothesis import strategies as st

from schemadiff.model import (
    Check,
    Column,
    Default,
    EnumType,
    ForeignKey,
    Hides,
    Identity,
    Index,
    IndexPart,
    Name,
    Policy,
    PrimaryKey,
    Rejected,
    Role,
    Schema,
    Sequence,
    Table,
    Unique,
    Unreadable,
    View,
)
from schemadiff.record import replace
from schemadiff.subject import Subject
from schemadiff.typescript.values import Fingerprint

K = TypeVar("K", str, Name)
T = TypeVar("T")

WORDS = st.sampled_from(("a", "b", "c", "d"))
SCHEMAS = st.sampled_from(("public", "app", "Odd schema"))
NAMES = st.builds(Name, SCHEMAS, WORDS)
ENUMS = st.builds(Name, SCHEMAS, st.sampled_from(("mood", "kind")))
NUMBERS = st.sampled_from(("1", "5", "100"))
BOOLEANS = st.booleans()
EXPRESSIONS = st.sampled_from(("a > 0", "b > 0", "lower(c)"))
MAYBE = st.none() | EXPRESSIONS
SOME = st.lists(WORDS, min_size=1, max_size=3, unique=True).map(tuple)
ACTIONS = st.sampled_from(("no action", "cascade", "set null", "restrict"))

DEFAULTS = st.builds(
    Default, st.sampled_from(("'x'", "now()", 5, 1.5, None)) | st.just({"k": [1]})
)
IDENTITIES = st.builds(
    Identity, BOOLEANS, WORDS, NUMBERS, NUMBERS, NUMBERS, NUMBERS, NUMBERS, BOOLEANS
)


def columns(name: str) -> st.SearchStrategy[Column]:
    return st.builds(
        Column,
        name=st.just(name),
        type=st.sampled_from(("text", "integer", "varchar(5)", "numeric(10, 2)")),
        enum=st.none() | ENUMS,
        dimensions=st.integers(0, 2),
        primary_key=BOOLEANS,
        not_null=BOOLEANS,
        default=st.none() | DEFAULTS,
        generated=MAYBE,
        identity=st.none() | IDENTITIES,
        key=WORDS,
        name_given=BOOLEANS,
        runtime_default=BOOLEANS,
    )


def named(
    kind: type[T], **fields: st.SearchStrategy[Any]
) -> st.SearchStrategy[dict[str, T]]:
    """Things of one kind by their names, in any order."""

    def make(names: list[str]) -> st.SearchStrategy[dict[str, T]]:
        return st.fixed_dictionaries(
            {each: st.builds(kind, name=st.just(each), **fields) for each in names}
        )

    return st.lists(WORDS, max_size=3, unique=True).flatmap(make)


PARTS = st.builds(
    IndexPart,
    expression=EXPRESSIONS,
    is_expression=BOOLEANS,
    ascending=BOOLEANS,
    nulls_first=BOOLEANS,
    operator_class=st.none() | WORDS,
)
POLICY: dict[str, st.SearchStrategy[Any]] = {
    "permissive": BOOLEANS,
    "command": st.sampled_from(("ALL", "SELECT", "DELETE")),
    "roles": SOME,
    "using": MAYBE,
    "with_check": MAYBE,
}
SEQUENCE: dict[str, st.SearchStrategy[Any]] = {
    "increment": NUMBERS,
    "start": NUMBERS,
    "minimum": NUMBERS,
    "maximum": NUMBERS,
    "cache": NUMBERS,
    "cycle": BOOLEANS,
}


def tables(name: Name) -> st.SearchStrategy[Table]:
    kept = st.lists(WORDS, min_size=1, max_size=4, unique=True).flatmap(
        lambda names: st.fixed_dictionaries({each: columns(each) for each in names})
    )
    return st.builds(
        Table,
        name=st.just(name),
        columns=kept,
        primary_keys=named(PrimaryKey, columns=SOME),
        uniques=named(Unique, columns=SOME, nulls_not_distinct=BOOLEANS),
        foreign_keys=named(
            ForeignKey,
            columns=SOME,
            target=NAMES,
            target_columns=SOME,
            on_delete=ACTIONS,
            on_update=ACTIONS,
        ),
        checks=named(Check, expression=EXPRESSIONS),
        indexes=named(
            Index,
            parts=st.lists(PARTS, min_size=1, max_size=2).map(tuple),
            unique=BOOLEANS,
            where=MAYBE,
            concurrently=BOOLEANS,
            method=st.sampled_from(("btree", "gin")),
            storage=st.sampled_from(((), (("fillfactor", 70),))),
        ),
        policies=named(Policy, **POLICY),
        row_security=BOOLEANS,
        declared_name=WORDS,
    )


def enums(name: Name) -> st.SearchStrategy[EnumType]:
    return st.builds(EnumType, st.just(name), SOME)


def sequences(name: Name) -> st.SearchStrategy[Sequence]:
    return st.builds(Sequence, st.just(name), **SEQUENCE)


def views(name: Name) -> st.SearchStrategy[View]:
    return st.builds(
        View,
        name=st.just(name),
        definition=MAYBE,
        materialized=BOOLEANS,
        existing=BOOLEANS,
        columns=st.fixed_dictionaries({}, optional={"a": columns("a")}),
        storage=st.sampled_from(({}, {"fillfactor": 70})),
        with_no_data=st.none() | BOOLEANS,
        using=st.none() | WORDS,
        tablespace=st.none() | WORDS,
    )


def whole(
    make: Callable[[K], st.SearchStrategy[T]], names: st.SearchStrategy[K]
) -> st.SearchStrategy[dict[K, T]]:
    """Whole objects of a schema by their names, in any order."""
    return st.lists(names, max_size=3, unique=True).flatmap(
        lambda found: st.fixed_dictionaries({each: make(each) for each in found})
    )


FREE = Subject(place="elsewhere.ts#x")
UNREADABLE = st.builds(
    Unreadable,
    subject=st.just(FREE),
    hides=st.just(Hides.DETAIL),
    reason=st.sampled_from(("depends on process.env", "is a call of unknown")),
    fingerprint=st.none() | st.builds(Fingerprint, WORDS, st.just(frozenset[str]())),
)
REJECTED = st.builds(Rejected, st.just(FREE), st.sampled_from(("twice", "no value")))


def readable_schemas() -> st.SearchStrategy[Schema]:
    """Schemas with every kind of thing, and nothing that could not be read."""
    return st.builds(
        Schema,
        tables=whole(tables, NAMES),
        schemas=whole(lambda _: st.none(), SCHEMAS),
        enums=whole(enums, ENUMS),
        sequences=whole(sequences, NAMES),
        views=whole(views, NAMES),
        policies=named(Policy, table=st.none() | NAMES, **POLICY),
        roles=named(
            Role, create_database=BOOLEANS, create_role=BOOLEANS, inherit=BOOLEANS
        ),
        rejected=st.lists(REJECTED, max_size=2, unique=True).map(tuple),
    )


def schemas() -> st.SearchStrategy[Schema]:
    """Schemas with every kind of thing, unreadable parts of nothing named included."""
    unreadable = st.lists(UNREADABLE, max_size=2).map(tuple)
    return st.builds(_with, readable_schemas(), unreadable)


def _with(schema: Schema, unreadable: tuple[Unreadable, ...]) -> Schema:
    return replace(schema, unreadable=unreadable)
