"""Data flows one way: each layer imports only from those before it."""

import ast
import graphlib
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

PACKAGE = Path(__file__).parents[1] / "schemadiff"
LAYERS = """\
__init__ errors regex record
source
subject
relevance
git
npm
typescript
model
drizzle
migrations
diff
deploy
rules
settings
overrides outcome
project
pairing
verdict
check
commits
report
judgement understood
deployed
published
install
doctor
arguments
cli
__main__
"""
"""What stands in one line may know each other; settings name rules and ways."""
RANKS = {
    name: rank for rank, line in enumerate(LAYERS.splitlines()) for name in line.split()
}
LIBRARIES = {
    "git": "git",
    "tree_sitter": "typescript",
    "tree_sitter_typescript": "typescript",
    "pglast": "migrations",
    "wcmatch": "",
    "yaml": "install",
}
"""Where a library may be imported; an empty place is anywhere."""


class Import(NamedTuple):
    """`schemadiff.{importer}` imports `name`, perhaps only when it is run."""

    importer: str
    line: int
    name: str
    runs_at_import: bool

    @property
    def layer(self) -> str:
        return self.importer.split(".")[0]


def module_name(path: Path) -> str:
    parts = path.relative_to(PACKAGE).with_suffix("").parts
    return ".".join(parts[:-1] if parts[1:] and parts[-1] == "__init__" else parts)


def all_imports() -> list[Import]:
    return [each for path in sorted(PACKAGE.rglob("*.py")) for each in imports_of(path)]


def imports_of(path: Path) -> Iterator[Import]:
    importer = module_name(path)
    tree = ast.parse(path.read_text(encoding="utf-8"))
    at_top = {id(node) for node in tree.body}
    for node in ast.walk(tree):
        runs = id(node) in at_top
        match node:
            case ast.Import(names=names):
                for each in names:
                    yield Import(importer, node.lineno, each.name, runs)
            case ast.ImportFrom(module=str(module), names=names, level=0):
                for each in names:
                    yield Import(importer, node.lineno, f"{module}.{each.name}", runs)
            case ast.ImportFrom():
                raise AssertionError(f"{path}:{node.lineno}: a relative import")


IMPORTS = all_imports()
MODULES = {module_name(path) for path in PACKAGE.rglob("*.py")}


def inside(name: str) -> str | None:
    """Return the module of ours that `name` is or is in: `schemadiff.model.Table`."""
    if name.split(".", maxsplit=1)[0] != "schemadiff":
        return None
    parts = name.split(".")[1:]
    while parts and ".".join(parts) not in MODULES:
        parts.pop()
    return ".".join(parts) or "__init__"


def test_every_module_has_a_layer() -> None:
    assert {each.split(".")[0] for each in MODULES} == set(RANKS)


@pytest.mark.parametrize("layer", RANKS)
def test_a_layer_imports_only_from_those_before_it(layer: str) -> None:
    wrong = [
        f"schemadiff.{each.importer}:{each.line} imports {each.name}"
        for each in IMPORTS
        if each.layer == layer
        and (ours := inside(each.name)) is not None
        and (known := ours.split(".")[0]) != layer
        and RANKS[known] > RANKS[layer]
    ]
    assert wrong == []


def test_a_library_stays_where_it_is_used() -> None:
    foreign = {
        (each.name.split(".")[0], each.layer)
        for each in IMPORTS
        if inside(each.name) is None
        and each.name.split(".")[0] not in sys.stdlib_module_names
    }
    assert {name for name, _ in foreign} == set(LIBRARIES)
    assert [
        (name, layer) for name, layer in foreign if LIBRARIES[name] not in ("", layer)
    ] == []


def test_modules_do_not_import_each_other_in_a_circle() -> None:
    graph: dict[str, set[str]] = {}
    for each in IMPORTS:
        ours = inside(each.name)
        if ours is not None and each.runs_at_import and ours != each.importer:
            graph.setdefault(each.importer, set()).add(ours)
    graphlib.TopologicalSorter(graph).prepare()


def test_nothing_catches_everything_but_the_command_line() -> None:
    found = [
        module_name(path)
        for path in PACKAGE.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.ExceptHandler)
        and (
            node.type is None
            or any(
                isinstance(each, ast.Name) and each.id in ("Exception", "BaseException")
                for each in ast.walk(node.type)
            )
        )
    ]
    assert found == ["cli"]
