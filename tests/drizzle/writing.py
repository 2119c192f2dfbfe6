"""Random schemas, and the TypeScript that people write for them."""

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import NamedTuple

from hypothesis import strategies as st

from schemadiff.model import (
    Check,
    Column,
    Default,
    EnumType,
    ForeignKey,
    Index,
    IndexPart,
    Name,
    Schema,
    Table,
    Unique,
)

MOOD = EnumType(Name("public", "mood"), ("happy", "it's", "sad"))
_IMPORTS = (
    "import { pgTable, pgSchema, pgEnum, index, uniqueIndex, unique, check, foreignKey,"
    " integer, text, varchar, boolean, timestamp, numeric }"
    " from 'drizzle-orm/pg-core';\n"
    "import { sql } from 'drizzle-orm';\n"
)


class Kind(NamedTuple):
    """A type of columns: its SQL, its builder, its options and defaults."""

    type: str
    builder: str
    options: str
    defaults: Mapping[str, object]


_KINDS = (
    Kind("integer", "integer", "", MappingProxyType({"5": 5, "-1": -1})),
    Kind("text", "text", "", MappingProxyType({"'it\\'s'": "'it''s'", "''": "''"})),
    Kind("varchar(20)", "varchar", "{ length: 20 }", MappingProxyType({"'x'": "'x'"})),
    Kind("boolean", "boolean", "", MappingProxyType({"true": True, "false": False})),
    Kind(
        "timestamp (3) with time zone",
        "timestamp",
        "{ withTimezone: true, precision: 3 }",
        MappingProxyType({"sql`now()`": "now()"}),
    ),
    Kind(
        "numeric(10, 2)",
        "numeric",
        "{ precision: 10, scale: 2 }",
        MappingProxyType({"'1.5'": "'1.5'"}),
    ),
    Kind("mood", "mood", "", MappingProxyType({"'sad'": "'sad'"})),
)


class Written(NamedTuple):
    """A column, and its builder with and without a name of its own."""

    key: str
    column: Column
    named: str
    bare: str


class Drawn(NamedTuple):
    """A table: what it is, its columns, and the entries of its third argument."""

    table: Table
    columns: tuple[Written, ...]
    extra: tuple[str, ...]


_KEYS = ("id", "userId", "createdAt", "HTTPServer", "total", "is_ok")
_CASED = ("id", "user_id", "created_at", "http_server", "total", "is_ok")


@st.composite
def columns(draw: st.DrawFn, at: int) -> Written:
    """Draw one column."""
    key, name = _KEYS[at], _CASED[at]
    kind = draw(st.sampled_from(_KINDS))
    not_null = draw(st.booleans())
    default = draw(st.sampled_from((None, *kind.defaults)))
    column = Column(
        name,
        kind.type,
        MOOD.name if kind.builder == "mood" else None,
        not_null=not_null,
        default=None if default is None else Default(kind.defaults[default]),
    )
    chain = ".notNull()" if not_null else ""
    chain += "" if default is None else f".default({default})"
    options = [kind.options] if kind.options else []
    named = f"{kind.builder}({', '.join([repr(name), *options])}){chain}"
    return Written(key, column, named, f"{kind.builder}({', '.join(options)}){chain}")


@st.composite
def tables(draw: st.DrawFn, name: Name, earlier: tuple[Drawn, ...]) -> Drawn:
    """Draw a table that may refer to earlier ones."""
    places = draw(st.lists(st.integers(0, 5), min_size=1, max_size=4, unique=True))
    made = tuple(draw(columns(at)) for at in places)
    first = made[0].column.name
    key = made[0].key
    uniques, indexes, checks, keys = {}, {}, {}, {}
    extra = []
    chosen = draw(st.sets(st.sampled_from(("unique", "index", "check", "key"))))
    if "unique" in chosen:
        uniques["u"] = Unique("u", (first,))
        extra.append(f"unique('u').on(t.{key})")
    if "index" in chosen:
        index = f"{name.name}_i"
        indexes[index] = Index(index, (IndexPart(first, ascending=False),), unique=True)
        extra.append(f"uniqueIndex('{index}').on(t.{key}.desc())")
    if "check" in chosen:
        prefix = "" if name.schema == "public" else f'"{name.schema}".'
        text = f'{prefix}"{name.name}"."{first}" is not null'
        checks["c"] = Check("c", text)
        extra.append(f"check('c', sql`${{t.{key}}} is not null`)")
    if earlier and "key" in chosen:
        target = draw(st.sampled_from(earlier))
        other = target.columns[0]
        keys["f"] = ForeignKey(
            "f", (first,), target.table.name, (other.column.name,), "cascade"
        )
        extra.append(
            f"foreignKey({{ name: 'f', columns: [t.{key}], foreignColumns: "
            f"[{target.table.name.name}.{other.key}] }}).onDelete('cascade')"
        )
    table = Table(
        name,
        {each.column.name: each.column for each in made},
        uniques=uniques,
        indexes=indexes,
        checks=checks,
        foreign_keys=keys,
    )
    return Drawn(table, made, tuple(extra))


@st.composite
def drawn_tables(draw: st.DrawFn) -> tuple[Drawn, ...]:
    """Draw one to three tables."""
    found: tuple[Drawn, ...] = ()
    for name in ("users", "posts", "tags")[: draw(st.integers(1, 3))]:
        schema = draw(st.sampled_from(("public", "app")))
        found += (draw(tables(Name(schema, name), found)),)
    return found


def schema_of(drawn: tuple[Drawn, ...]) -> Schema:
    """Return the schema that the tables make, with what every project exports."""
    return Schema(
        tables={each.table.name: each.table for each in drawn},
        schemas={"app": None},
        enums={MOOD.name: MOOD},
    )


Style = Callable[[Drawn, bool], str]


def _entries(one: Drawn, bare: bool) -> list[str]:  # noqa: FBT001 - one of two texts
    return [f"{e.key}: {e.bare if bare else e.named}" for e in one.columns]


def _maker(one: Drawn) -> str:
    return "pgTable" if one.table.name.schema == "public" else "app.table"


def _made(one: Drawn, columns_: str, maker: str = "") -> str:
    name = one.table.name.name
    extra = f", (t) => [{', '.join(one.extra)}]" if one.extra else ""
    made = f"{maker or _maker(one)}('{name}', {columns_}{extra})"
    return f"export const {name} = {made};"


def plain(one: Drawn, bare: bool) -> str:  # noqa: FBT001 - one of two texts
    """Write the columns where they belong."""
    return _made(one, f"{{ {', '.join(_entries(one, bare))} }}")


def callback(one: Drawn, bare: bool) -> str:  # noqa: FBT001 - one of two texts
    """Write the columns as what a function returns."""
    return _made(one, f"() => ({{ {', '.join(_entries(one, bare))} }})")


def spread(one: Drawn, bare: bool) -> str:  # noqa: FBT001 - one of two texts
    """Write some of the columns apart, and spread them."""
    name, (first, *rest) = one.table.name.name, _entries(one, bare)
    parts = ", ".join([f"...{name}Columns", *rest])
    return f"const {name}Columns = {{ {first} }};\n" + _made(one, f"{{ {parts} }}")


def helper(one: Drawn, bare: bool) -> str:  # noqa: FBT001 - one of two texts
    """Write a function that makes the columns, and one that makes the table."""
    name = one.table.name.name
    lines = [
        f"const {name}Columns = () => ({{ {', '.join(_entries(one, bare))} }});",
        f"const {name}Maker = (...given: any[]) => ({_maker(one)} as any)(...given);",
        _made(one, f"{name}Columns()", f"{name}Maker"),
    ]
    return "\n".join(lines)


STYLES: tuple[Style, ...] = (plain, callback, spread, helper)


def in_one_file(drawn: tuple[Drawn, ...], style: Style, *, bare: bool) -> str:
    """Return a file with all tables; without `bare` columns name themselves."""
    return "\n".join([_IMPORTS + _SHARED, *(style(each, bare) for each in drawn)])


def in_many_files(
    drawn: tuple[Drawn, ...], style: Style, *, bare: bool
) -> dict[str, str]:
    """Return files that import each other, behind one that exports them all."""
    names = [each.table.name.name for each in drawn]
    files = {"shared.ts": _IMPORTS + _SHARED}
    for one, name in zip(drawn, names, strict=True):
        others = "".join(
            f"import {{ {other} }} from './{other}';\n"
            for other in names
            if other != name
        )
        shared = "import { app, mood } from './shared';\n"
        files[f"{name}.ts"] = _IMPORTS + shared + others + style(one, bare)
    stars = [f"export * from './{name}';\n" for name in ("shared", *names)]
    return {"index.ts": "".join(stars), **files}


_SHARED = (
    "export const app = pgSchema('app');\n"
    "export const mood = pgEnum('mood', ['happy', 'it\\'s', 'sad']);"
)
