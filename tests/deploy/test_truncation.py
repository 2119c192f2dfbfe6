"""`TRUNCATE … CASCADE` empties whatever references the table, at any distance."""

from hypothesis import given
from hypothesis import strategies as st

from schemadiff.deploy.truncation import Truncations
from schemadiff.model import ForeignKey, Name, Schema, Table


def schema(**references: str) -> Schema:
    tables = {}
    for name, targets in references.items():
        keys = {
            f"{name}_{target}": ForeignKey(
                f"{name}_{target}", ("x",), Name("public", target), ("id",)
            )
            for target in targets.split()
        }
        tables[Name("public", name)] = Table(
            Name("public", name), {}, foreign_keys=keys
        )
    return Schema(tables=tables)


def emptied(database: Schema, *tables: str) -> list[str]:
    truncations = Truncations(database)
    numbers = truncations.of(*(Name("public", each) for each in tables))
    return [truncations.tables[each].name for each in numbers]


def test_children_and_grandchildren_are_emptied() -> None:
    database = schema(users="", posts="users", comments="posts", tags="")
    assert emptied(database, "users") == ["users", "posts", "comments"]
    assert emptied(database, "posts") == ["posts", "comments"]
    assert emptied(database, "tags") == ["tags"]


def test_several_tables_are_named_once() -> None:
    database = schema(users="", posts="users", tags="")
    assert emptied(database, "tags", "users", "posts") == ["tags", "users", "posts"]


def test_circles_and_tables_that_reference_themselves_end() -> None:
    database = schema(a="b a", b="c", c="a")
    assert emptied(database, "a") == ["a", "c", "b"]
    assert set(emptied(database, "b")) == {"a", "b", "c"}


def test_what_hangs_on_a_circle_is_emptied_with_it() -> None:
    database = schema(a="b", b="a", c="b", d="c", e="a")
    assert set(emptied(database, "a")) == {"a", "b", "c", "d", "e"}
    assert set(emptied(database, "c")) == {"c", "d"}


def test_a_table_that_is_new_empties_itself_only() -> None:
    assert emptied(schema(users=""), "new") == ["new"]


NAMES = tuple("abcdefg")
EDGES = st.sets(st.tuples(st.sampled_from(NAMES), st.sampled_from(NAMES)))


@given(EDGES, st.lists(st.sampled_from(NAMES), min_size=1))
def test_exactly_what_references_it_at_any_distance_is_emptied(
    edges: set[tuple[str, str]], asked: list[str]
) -> None:
    database = schema(
        **{n: " ".join(sorted(to for at, to in edges if at == n)) for n in NAMES}
    )
    truncations = Truncations(database)
    for table in asked:
        reached = {table}
        while more := {at for at, to in edges if to in reached} - reached:
            reached |= more
        numbers = truncations.of(Name("public", table))
        found = [truncations.tables[each].name for each in numbers]
        assert (found[0], set(found)) == (table, reached)
        assert len(found) == len(reached)
    assert truncations.visited <= len(NAMES)
