"""`TRUNCATE … CASCADE` empties whatever references the table, at any distance."""

from schemadiff.deploy.truncation import reached, referencing
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


def emptied(table: str, database: Schema) -> list[str]:
    names = reached(Name("public", table), referencing(database))
    return [each.name for each in names]


def test_children_and_grandchildren_are_emptied() -> None:
    database = schema(users="", posts="users", comments="posts", tags="")
    assert emptied("users", database) == ["users", "posts", "comments"]
    assert emptied("posts", database) == ["posts", "comments"]
    assert emptied("tags", database) == ["tags"]


def test_circles_and_tables_that_reference_themselves_end() -> None:
    database = schema(a="b a", b="c", c="a")
    assert emptied("a", database) == ["a", "c", "b"]


def test_a_table_that_is_new_empties_itself_only() -> None:
    assert emptied("new", schema(users="")) == ["new"]
