"""Which schemas and tables drizzle-kit manages, by its config."""

import re
from collections.abc import Iterator, Sequence
from functools import cache

from schemadiff.model import PUBLIC, Name
from schemadiff.record import record
from schemadiff.regex import regex

ALL = ("*",)
"""The filter that lets everything through."""

_ANYTHING = "*"
_PLAIN = regex(r"[^\\\[\]{}()|!+@]*\Z")
_UNLIKE = "\N{REPLACEMENT CHARACTER}"


@record
class Filters:
    """`schemaFilter` and `tablesFilter` of one config; None where they are omitted."""

    schemas: tuple[str, ...] | None = None
    tables: tuple[str, ...] | None = None

    def manages_schema(self, schema: str, *, every: bool) -> bool:
        """Tell whether `schema` is managed; `every` is the default without a filter."""
        if self.schemas is None:
            return every or schema == PUBLIC
        return matches(schema, self.schemas)

    def manages_table(self, table: Name, *, every: bool) -> bool:
        """Tell whether a table, or a view, is managed."""
        return self.manages_schema(table.schema, every=every) and matches(
            table.name, self.tables or ()
        )


@record
class FiltersChanged:
    """`schemaFilter` or `tablesFilter` differ between the two configs."""

    base: Filters
    head: Filters


def matches(name: str, patterns: Sequence[str]) -> bool:
    """Tell whether drizzle-kit's filter lets `name` through (`pgPushIntrospect`).

    No pattern lets everything through. Otherwise one must say yes, and none of
    those that begin with `!` may say no.
    """
    if not patterns:
        return True
    from wcmatch import fnmatch  # noqa: PLC0415 - most projects have no filter

    flags = fnmatch.BRACE | fnmatch.EXTMATCH | fnmatch.CASE
    verdicts = []
    for pattern in patterns:
        if pattern.startswith("!"):
            verdicts.append(not fnmatch.fnmatch(name, pattern[1:], flags=flags))
        elif fnmatch.fnmatch(name, pattern, flags=flags):
            verdicts.append(True)
    return bool(verdicts) and all(verdicts)


def opened(base: Sequence[str], head: Sequence[str]) -> Iterator[str]:
    """Yield the patterns of what `head` lets through and `base` does not.

    Both are as for `matches`: where one begins with `!`, the others mean nothing. A
    pattern with more than `*` and `?` in it is compared by its text alone.
    """
    kept_out, still_out = _negated(base), _negated(head)
    if still_out or not head:
        if kept_out or not base:
            yield from (each for each in kept_out if not _is_within(each, still_out))
        elif not _is_within(_ANYTHING, base):
            yield _ANYTHING
        return
    for pattern in head:
        if kept_out or not base:
            is_new = any(_overlap(pattern, each) for each in kept_out)
        else:
            is_new = not _is_within(pattern, base)
        if is_new:
            yield pattern


def _negated(patterns: Sequence[str]) -> list[str]:
    return [each[1:] for each in patterns if each.startswith("!")]


def _is_within(pattern: str, others: Sequence[str]) -> bool:
    """Tell whether one of `others` matches whatever `pattern` matches.

    It does if it matches the pattern with each wildcard replaced by a character that
    occurs nowhere: only another wildcard matches that.
    """
    if pattern in others:
        return True
    if not _PLAIN.match(pattern):
        return False
    sample = re.sub(r"[*?]", _UNLIKE, pattern.replace("**", _ANYTHING))
    return any(_PLAIN.match(each) and matches(sample, (each,)) for each in others)


def _overlap(one: str, other: str) -> bool:
    """Tell whether some name matches both patterns."""
    if not (_PLAIN.match(one) and _PLAIN.match(other)):
        return True

    @cache
    def meet(i: int, j: int) -> bool:
        a, b = one[i : i + 1], other[j : j + 1]
        if a == _ANYTHING:
            return meet(i + 1, j) or (b != "" and meet(i, j + 1))
        if b == _ANYTHING:
            return meet(i, j + 1) or (a != "" and meet(i + 1, j))
        if not a or not b:
            return a == b
        return (a == b or "?" in (a, b)) and meet(i + 1, j + 1)

    return meet(0, 0)
