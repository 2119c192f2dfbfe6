"""Filters let through what drizzle-kit's own matching lets through."""

import pytest

from schemadiff.deploy.filters import Filters, matches
from schemadiff.model import Name


@pytest.mark.parametrize(
    ("name", "patterns", "expected"),
    [
        ("users", (), "yes"),
        ("users", ("users",), "yes"),
        ("users", ("user",), "no"),
        ("app_users", ("app_*",), "yes"),
        ("users", ("app_*",), "no"),
        ("users", ("{users,posts}",), "yes"),
        ("users", ("!users",), "no"),
        ("posts", ("!users",), "yes"),
        ("app_old", ("app_*", "!app_old"), "no"),
        ("app_new", ("app_*", "!app_old"), "yes"),
    ],
)
def test_patterns(name: str, patterns: tuple[str, ...], expected: str) -> None:
    assert matches(name, patterns) is (expected == "yes")


def test_without_schema_filter_the_default_decides() -> None:
    filters = Filters()
    assert filters.manages_table(Name("public", "users"), every=False)
    assert not filters.manages_table(Name("app", "users"), every=False)
    assert filters.manages_table(Name("app", "users"), every=True)


def test_both_filters_must_let_a_table_through() -> None:
    filters = Filters(schemas=("app",), tables=("u*",))
    assert filters.manages_table(Name("app", "users"), every=False)
    assert not filters.manages_table(Name("app", "posts"), every=False)
    assert not filters.manages_table(Name("public", "users"), every=True)
