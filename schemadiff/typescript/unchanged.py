"""Which exports are certainly the same in two revisions, found by text alone.

An export is the same when the statement that declares it has the same text and
everything that the statement mentions is the same: other statements of the file,
what is imported from project files, and the packages. Any word counts as a
mention, also one in a comment or a string, so that nothing can be overlooked.

One thing is not in the text: a column builder that two tables share is named by
the table that is made first. Where a statement that changed mentions a value of
the project, everything else that mentions it counts as changed too, unless the
value is only spread, called or asked for later (`=>`) as before.
"""

import re
from bisect import bisect_right
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache
from typing import NamedTuple

from schemadiff.typescript.mentions import (
    Origin,
    differing,
    differing_names,
    keys,
    origin,
    same_effects,
    same_imports,
    same_order,
    shared,
    text_of,
)
from schemadiff.typescript.module import Module
from schemadiff.typescript.module_text import WORD
from schemadiff.typescript.outline import Imported
from schemadiff.typescript.syntax import Node


def unchanged_exports(
    base: Module, head: Module, same_package: Callable[[str], bool]
) -> frozenset[str]:
    """Return the names of the exports of `head` that mean the same at `base`.

    `same_package` tells whether both revisions use the same version of the package
    that a specifier names. Nothing is evaluated.
    """
    comparison = _Comparison(base, head, same_package)
    if not comparison.runs_alike([base.path], [head.path]):
        return frozenset()
    comparison.settle()
    return comparison.same(head.path)


class Settled(NamedTuple):
    """Exports that are the same apart from what they ask for later, and that.

    `names` are the exports of each file. `=> users.id` is asked for when the schema
    is written down; `later` holds the properties (`id`) that are so asked of values
    that changed.
    """

    names: Mapping[str, frozenset[str]]
    later: frozenset[str]


def settled_exports(
    base: Mapping[str, Module],
    head: Mapping[str, Module],
    same_package: Callable[[str], bool],
) -> Settled:
    """Return what is the same in the files that both revisions have, by path.

    Only a changed property of `later` could still change it.
    """
    paths = [path for path in head if path in base]
    if not paths:
        return Settled({}, frozenset())
    later: set[str] = set()
    first = paths[0]
    comparison = _Comparison(base[first], head[first], cache(same_package), later)
    if not comparison.runs_alike(list(base), list(head)):
        return Settled({}, frozenset())
    comparison.settle()
    names = {path: comparison.same(path) for path in paths}
    return Settled(names, frozenset(later))


_FEW = 20  # names that are looked for in the text before an index pays


class _Pair:
    """One file at both revisions, and which of its top-level names differ."""

    def __init__(self, base: Module, head: Module) -> None:
        self.base = base
        self.head = head
        self.changed: set[str] = set()
        self.is_same_text = base.identity == head.identity
        statements = head.outline.statements
        self.statements = statements
        self.starts = [each.node.start_byte for each in statements]
        self.index: dict[bytes, set[int]] = {}
        self.asked = 0
        self.pending: set[str] = set()

    @property
    def is_whole(self) -> bool:
        """Tell whether the file can only be compared as a whole."""
        return any(
            module.is_json
            or module.is_ordered
            or module.problems
            or module.outline.broken
            for module in (self.base, self.head)
        )

    def change(self, names: Iterable[str]) -> None:
        new = set(names) - self.changed
        self.changed |= new
        self.pending |= new

    def statements_with(self, name: str) -> frozenset[int]:
        """Return the indices of head's statements whose text mentions `name`."""
        self.asked += 1
        if self.asked <= _FEW or not name.isascii():
            return self._found_with(name.encode())
        if not self.index:
            for number, statement in enumerate(self.statements):
                for word in set(WORD.findall(text_of(self.head, statement.node))):
                    self.index.setdefault(word, set()).add(number)
        return frozenset(self.index.get(name.encode(), ()))

    def _found_with(self, name: bytes) -> frozenset[int]:
        """Return the same for one name, without an index of all."""
        found = set()
        for match in re.finditer(re.escape(name), self.head.source.data):
            index = bisect_right(self.starts, match.start()) - 1
            if index >= 0 and match.end() <= self.statements[index].node.end_byte:
                found.add(index)
        return frozenset(
            each
            for each in found
            if not name.isascii()
            or name in WORD.findall(text_of(self.head, self.statements[each].node))
        )

    def later_uses(self, index: int, name: str) -> set[str] | None:
        """Return the properties that a statement asks of `name` later on.

        None where it uses the name in any other way too, or perhaps does.
        """
        text = text_of(self.head, self.statements[index].node)
        if not text.isascii():
            return None
        word = re.escape(name.encode())
        uses = len(re.findall(rb"(?<![\w$])%b(?![\w$])" % word, text))
        later = re.findall(rb"=>\s*\(?\s*%b\s*\.\s*([\w$]+)" % word, text)
        return {each.decode() for each in later} if len(later) == uses else None

    def names_of(self, index: int) -> set[str]:
        """Return the names that head's statement declares, or may change."""
        statement = self.head.outline.statements[index]
        if statement.names:
            return set(statement.names)
        return self.head.mentioned(text_of(self.head, statement.node))


class _Comparison:
    """Every file that two modules import, at both revisions."""

    def __init__(
        self,
        base: Module,
        head: Module,
        same_package: Callable[[str], bool],
        later: set[str] | None = None,
    ) -> None:
        self.same_package = same_package
        self.later = later
        self.pairs: dict[str, _Pair] = {}
        self.programs = base.program, head.program
        bases = {each.path: each for each in _around(base)}
        heads = {each.path: each for each in _around(head)}
        self.sides = list(bases.values()), list(heads.values())
        for path, module in heads.items():
            other = bases.get(path)
            if other is not None:
                self.pairs[path] = _Pair(other, module)
        self.lonely = [
            *(each for path, each in heads.items() if path not in bases),
            *(each for path, each in bases.items() if path not in heads),
        ]

    def runs_alike(self, base: Sequence[str], head: Sequence[str]) -> bool:
        """Tell whether what files do to each other's values is the same.

        It is where the files that change values, and all that those import, are
        the same; and where the others run in the same order, since a builder that
        tables share is named by the first of them.
        """
        if not same_effects(*self.sides, self.same_package):
            return False
        both = set(self.pairs)
        same_entries = _within(base, both) == _within(head, both)
        if same_entries and all(
            pair.is_same_text or same_imports(pair.base, pair.head)
            for pair in self.pairs.values()
        ):
            return True
        before, after = self.programs
        old, new = before.order(base), after.order(head)
        return _within(sorted(old, key=old.__getitem__), both) == _within(
            sorted(new, key=new.__getitem__), both
        )

    def settle(self) -> None:
        """Find what differs, until nothing more follows from it."""
        touched: set[Origin] = set()
        for pair in self.pairs.values():
            self._seed(pair, touched)
        for module in self.lonely:
            for statement in module.outline.statements:
                text = text_of(module, statement.node)
                touched |= set(shared(module, text, b""))
        for path, name in touched:
            for pair in self.pairs.values():
                self._touch(pair, path, name)
        again = True
        while again:
            again = False
            for pair in self.pairs.values():
                pair.change(self._changed_imports(pair))
                again = _spread_within(pair, self.later) or again

    def _seed(self, pair: _Pair, touched: set[Origin]) -> None:
        """Note what differs in the text of one file itself."""
        if pair.is_same_text:
            return
        if pair.is_whole or not same_order(pair.base, pair.head):
            pair.change(_everything(pair))
            for module in (pair.base, pair.head):
                touched |= set(shared(module, module.source.data, b""))
            return
        for old, new in differing(pair.base, pair.head):
            for module, text, other in (
                (pair.base, old, new),
                (pair.head, new, old),
            ):
                touched |= set(shared(module, text, other))
        pair.change(differing_names(pair.base, pair.head))

    def _touch(self, pair: _Pair, path: str, name: str) -> None:
        """Mark what else mentions a value that a changed statement mentions."""
        local = name if path == pair.head.path else None
        if local is None:
            for each, imported in pair.head.outline.imported.items():
                if origin(pair.head, imported) == (path, name):
                    local = each
                    break
        if local is None:
            return
        for index in pair.statements_with(local):
            names = pair.names_of(index)
            if local not in names:
                pair.change(names)

    def _changed_imports(self, pair: _Pair) -> set[str]:
        base, head = pair.base, pair.head
        found = set()
        for name, imported in head.outline.imported.items():
            if name not in pair.changed and not self._is_same_import(
                pair, base.outline.imported.get(name), imported
            ):
                found.add(name)
        return found

    def _is_same_import(self, pair: _Pair, old: Imported | None, new: Imported) -> bool:
        if old is None or old.name != new.name:
            return False
        before = pair.base.target(old.specifier)
        after = pair.head.target(new.specifier)
        if isinstance(after, str):
            return before == after and self.same_package(after)
        if not isinstance(before, Module) or after is None:
            return False
        return before.path == after.path and self._is_same_export(after, new.name)

    def _is_same_export(self, target: Module, name: str) -> bool:
        pair = self.pairs.get(target.path)
        if pair is None:
            return False
        if pair.is_whole or name in ("*", "="):
            return pair.is_same_text and not pair.changed
        return name in self.same(target.path)

    def same(self, path: str) -> frozenset[str]:
        """Return the exports of one file that are the same."""
        pair = self.pairs[path]
        if pair.is_whole:
            if pair.changed or not pair.is_same_text:
                return frozenset()
            return frozenset(each.name for each in pair.head.exports())
        found = {
            name
            for name, what in pair.head.outline.exports.items()
            if self._is_same_own(pair, name, what)
        }
        base_stars, head_stars = pair.base.stars, pair.head.stars
        if list(base_stars) == list(head_stars):
            for specifier in head_stars:
                target = pair.head.target(specifier)
                if isinstance(target, Module) and target.path != path:
                    found |= self._same_of_star(pair, target, specifier)
        return frozenset(found)

    def _same_of_star(self, pair: _Pair, target: Module, specifier: str) -> set[str]:
        before = pair.base.target(specifier)
        if not isinstance(before, Module) or before.path != target.path:
            return set()
        if target.path not in self.pairs or target.path in self._open:
            return set()
        self._open.add(target.path)
        own = {*pair.head.outline.exports, *pair.base.outline.exports, "default"}
        found = set(self.same(target.path)) - own
        self._open.discard(target.path)
        return found

    _open: set[str] = set()  # noqa: RUF012 - emptied by who fills it

    def _is_same_own(
        self, pair: _Pair, name: str, what: "str | Imported | Node"
    ) -> bool:
        old = pair.base.outline.exports.get(name)
        if isinstance(what, str):
            return old == what and what not in pair.changed
        if isinstance(what, Imported):
            return isinstance(old, Imported) and self._is_same_import(pair, old, what)
        return old is not None and name not in pair.changed


def _within(paths: Iterable[str], both: set[str]) -> list[str]:
    return [path for path in paths if path in both]


def _around(module: Module) -> list[Module]:
    """Return every file that the program knows of, the imports of `module` too."""
    known = {each.path: each for each in module.closure()}
    for each in module.program.known():
        known.setdefault(each.path, each)
    return list(known.values())


def _everything(pair: _Pair) -> set[str]:
    outline = pair.head.outline
    return {*outline.declared, *outline.imported, "default"}


def _spread_within(pair: _Pair, later: set[str] | None) -> bool:
    """Mark what mentions a changed name as changed; tell whether there was any.

    What only asks for properties later is left alone where `later` collects them.
    """
    if not pair.pending:
        return False
    if pair.is_whole:
        pair.change(_everything(pair))
        pair.pending.clear()
        return True
    while pair.pending:
        name = pair.pending.pop()
        for index in pair.statements_with(name):
            asked = pair.later_uses(index, name) if later is not None else None
            if later is not None and asked is not None:
                later |= asked
            else:
                pair.change(_keys_of(pair, index))
    return True


def _keys_of(pair: _Pair, index: int) -> set[str]:
    statement = pair.head.outline.statements[index]
    if statement.names:
        return set(keys(pair.head.outline, statement.names))
    return pair.names_of(index)
