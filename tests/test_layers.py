"""Data flows one way: nothing upstream knows what is downstream."""

import ast
from collections.abc import Iterator
from graphlib import TopologicalSorter
from pathlib import Path

PACKAGE = Path(__file__).parents[1] / "schemadiff"
ROOT = "schemadiff"

LAYERS = (
    ("__init__",),
    ("record",),
    ("errors",),
    ("source",),
    ("subject",),
    ("relevance",),
    ("git",),
    ("npm",),
    ("typescript",),
    ("model",),
    ("drizzle",),
    ("migrations",),
    ("diff",),
    ("deploy",),
    ("rules",),
    ("settings",),
    ("overrides", "outcome"),
    ("project",),
    ("verdict",),
    ("check",),
    ("commits",),
    ("report",),
    ("judgement", "understood"),
    ("cli",),
    ("__main__",),
)
"""Each imports only from those above it; names in one line are one layer."""

ONLY_IN = {
    "git": "git",
    "gitdb": "git",
    "tree_sitter": "typescript",
    "tree_sitter_typescript": "typescript",
}
"""Foreign packages that one folder hides from all others."""


def modules() -> dict[str, Path]:
    """Every module of the package by its dotted name."""
    found = {}
    for path in sorted(PACKAGE.rglob("*.py")):
        parts = path.relative_to(PACKAGE.parent).with_suffix("").parts
        found[".".join(parts).removesuffix(".__init__")] = path
    return found


def is_for_types(node: ast.AST) -> bool:
    return isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING"


def imports(node: ast.AST, *, with_types: bool) -> Iterator[str]:
    """Yield the dotted names that a module imports, anywhere in it."""
    for child in ast.iter_child_nodes(node):
        if is_for_types(child) and not with_types:
            continue
        if isinstance(child, ast.Import):
            yield from (each.name for each in child.names)
        elif isinstance(child, ast.ImportFrom):
            assert child.level == 0, "imports are absolute"
            yield from (f"{child.module}.{each.name}" for each in child.names)
        else:
            yield from imports(child, with_types=with_types)


def imported(path: Path, known: dict[str, Path], *, with_types: bool) -> set[str]:
    """Return the modules of the package that a module imports."""
    found = set()
    tree = ast.parse(path.read_bytes())
    for name in imports(tree, with_types=with_types):
        module = name if name in known else name.rpartition(".")[0]
        if module in known:
            found.add(module)
    return found


def layer(module: str) -> str:
    return module.split(".")[1] if "." in module else "__init__"


def test_every_module_stands_in_one_layer() -> None:
    listed = [name for group in LAYERS for name in group]
    assert len(listed) == len(set(listed))
    assert {layer(each) for each in modules()} == set(listed)


def test_a_layer_imports_only_what_stands_above_it() -> None:
    place = {name: index for index, group in enumerate(LAYERS) for name in group}
    known = modules()
    wrong = [
        f"{module} imports {other}"
        for module, path in known.items()
        for other in imported(path, known, with_types=True)
        if place[layer(other)] > place[layer(module)]
    ]
    assert wrong == []


def test_no_import_leads_back_to_where_it_came_from() -> None:
    known = modules()
    graph = {
        module: imported(path, known, with_types=False) - {module}
        for module, path in known.items()
    }
    TopologicalSorter(graph).prepare()


def test_foreign_packages_stay_where_they_belong() -> None:
    wrong = [
        f"{module} imports {name}"
        for module, path in modules().items()
        for name in imports(ast.parse(path.read_bytes()), with_types=True)
        if layer(module) != ONLY_IN.get(name.split(".")[0], layer(module))
    ]
    assert wrong == []


def test_the_program_imports_neither_tests_nor_tools() -> None:
    wrong = [
        f"{module} imports {name}"
        for module, path in modules().items()
        for name in imports(ast.parse(path.read_bytes()), with_types=True)
        if name.split(".")[0] in {"tests", "pytest", "hypothesis", "pre_commit"}
    ]
    assert wrong == []
