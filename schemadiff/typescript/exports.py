"""What a module exports, in the order in which drizzle-kit sees it.

Own exports come first, sorted by UTF-16 code units, then those of `export *`
modules in statement order; a local export beats a star's, the first star beats
the later ones, and no star hands on a default export. (Seen with drizzle-kit
0.31, which loads modules as CommonJS.)
"""

from collections.abc import Callable
from typing import TYPE_CHECKING

from schemadiff.record import record, replace
from schemadiff.source import Span
from schemadiff.typescript.getters import read
from schemadiff.typescript.outline import Imported
from schemadiff.typescript.roots import root_of_expression, root_of_name
from schemadiff.typescript.syntax import Node
from schemadiff.typescript.values import (
    Function,
    Object,
    Property,
    Symbol,
    Unknown,
    Value,
)

if TYPE_CHECKING:
    from schemadiff.typescript.module import Module


REST = "..."
"""How the name of an export begins that stands for any number of unknown ones."""


@record(eq=False)
class Export:
    """One export of a module.

    `path` is the module in which it is declared and `span` where. `root` is the
    package symbol at the root of its initializer's calls, such as `pgTable`,
    found by syntax alone; None if it is not clear. `local` is its name in there.
    """

    name: str
    path: str
    place: Callable[[], Span]
    evaluate: Callable[[], Value]
    root: Callable[[], Symbol | None]
    local: str | None = None

    @property
    def span(self) -> Span:
        """Where it is declared."""
        return self.place()


def all_exports(module: "Module", seen: frozenset[str]) -> dict[str, Export]:
    """Return the exports of `module` by name, in order."""
    if module.path in seen or module.is_json:
        return {}
    seen |= {module.path}
    own = _own_exports(module)
    found = {name: own[name] for name in sorted(own, key=_units)}
    for specifier in module.outline.stars:
        target = module.target(specifier)
        if target is None or isinstance(target, str):
            continue
        for name, export in all_exports(target, seen).items():
            if name != "default":
                found.setdefault(name, export)
    return found


def _units(name: str) -> bytes:
    return name.encode("utf-16-be", "surrogatepass")


def _own_exports(module: "Module") -> dict[str, Export]:
    found: dict[str, Export] = {}
    for name, what in module.outline.exports.items():
        if name != "=":
            export = _own(module, name, what, frozenset())
            if export is not None:
                found[name] = export
    if "=" in module.outline.exports:
        value = module.namespace()
        found.update(_members(module, value))
    if module.outline.is_common_js:
        found.update(_members(module, module.common_exports()))
    return found


def _members(module: "Module", value: Value) -> dict[str, Export]:
    """Return what `module.exports` or `export =` holds as exports."""
    if isinstance(value, Unknown):
        each = Export(REST, module.path, _at(value.span), _constant(value), _no_root)
        return {REST: each}
    if not isinstance(value, Object | Function):
        return {}
    found = {
        name: Export(name, module.path, _at(each.span), _reading(value, each), _no_root)
        for name, each in value.properties.items()
    }
    for index, hole in enumerate(value.holes if isinstance(value, Object) else ()):
        name = f"{REST}{index or ''}"
        found[name] = Export(
            name, module.path, _at(hole.span), _constant(hole), _no_root
        )
    return found


def find_export(module: "Module", name: str, seen: frozenset[str]) -> Export | None:
    """Return the export called `name`; None if there is none."""
    if module.path in seen or module.is_json:
        return None
    what = module.outline.exports.get(name)
    if what is not None:
        return _own(module, name, what, seen)
    if module.outline.is_common_js or "=" in module.outline.exports:
        for each in module.exports():
            if each.name == name:
                return each
    if name == "default":
        return None
    seen |= {module.path}
    for specifier in module.outline.stars:
        target = module.target(specifier)
        if isinstance(target, str):
            continue
        export = find_export(target, name, seen) if target is not None else None
        if export is not None:
            return export
    return _from_packages(module, name)


def _from_packages(module: "Module", name: str) -> Export | None:
    """Return what `export * from "package"` may export as `name`."""
    packages = [module.target(specifier) for specifier in module.outline.stars]
    known = [each for each in packages if isinstance(each, str)]
    if name == "default" or not known:
        return None
    symbol = Symbol(known[0], name)
    node = module.specifier_node(known[0])
    span = _place(module, node)
    if len(known) == 1:
        return Export(name, module.path, span, lambda: symbol, lambda: symbol)
    reason = f"imports {name}, which one of several packages exports"
    unknown = module.program.run.unknown(reason, node, module.scope)
    return Export(name, module.path, span, lambda: unknown, _no_root)


def _own(
    module: "Module", name: str, what: "str | Imported | Node", seen: frozenset[str]
) -> Export | None:
    if isinstance(what, Imported):
        return _passed_on(module, name, what, seen)
    if not isinstance(what, str):
        return _expression(module, name, what)
    declared = module.outline.declared.get(what)
    if declared is not None:
        return Export(
            name,
            module.path,
            _place(module, declared.node),
            lambda: _certain(module, what, name),
            lambda: root_of_name(module, what, []),
            what,
        )
    imported = module.outline.imported.get(what)
    if imported is not None:
        return _passed_on(module, name, imported, seen)
    if what not in module.outline.lost:
        return None  # a type, or nothing that exists when the code runs
    node = module.outline.lost[what]
    return Export(
        name,
        module.path,
        _place(module, node),
        lambda: _certain(module, what),
        _no_root,
    )


def _certain(module: "Module", name: str, exported: str = "") -> Value:
    value = module.value_of(name)
    if exported == "default":
        value = module.made("export default") or value
    if value is None:
        reason = f"exports {name}, which is not declared"
        return module.program.run.unknown(reason, module.source.root, module.scope)
    return value


def _passed_on(
    module: "Module", name: str, imported: Imported, seen: frozenset[str]
) -> Export | None:
    target = module.target(imported.specifier)
    if isinstance(target, str):
        root = _constant_root(Symbol(target, imported.name))
    elif target is None or imported.name in ("*", "="):
        root = _no_root
    else:
        found = find_export(target, imported.name, seen | {module.path})
        if found is not None:
            return replace(found, name=name)
        root = _no_root
        if not target.problems and not target.outline.lost and _is_code(target):
            return None  # a type that is passed on without saying so
    return Export(
        name,
        module.path,
        _place(module, module.specifier_node(imported.specifier)),
        lambda: module.imported_value(imported),
        root,
    )


def _is_code(module: "Module") -> bool:
    return module.is_text and not module.is_json and not module.outline.is_common_js


def _expression(module: "Module", name: str, node: Node) -> Export:
    """Return the export of an expression, such as `export default f()`."""

    def evaluate() -> Value:
        module.program.begin()
        return module.expression_value(node)

    return Export(
        name,
        module.path,
        _place(module, node),
        evaluate,
        lambda: root_of_expression(module, node),
    )


def namespace_object(module: "Module") -> Object:
    """Return the object that `import * as name` gives."""
    made = Object({}, Span(module.path, 1, 1, 0, 0))
    for export in sorted(module.exports(), key=lambda each: _units(each.name)):
        made.properties[export.name] = Property(export.evaluate(), export.span)
    for specifier in module.outline.stars:
        target = module.target(specifier)
        if target is None or isinstance(target, str):
            node = module.specifier_node(specifier)
            reason = f"exports everything of {specifier}"
            made.holes.append(module.program.run.unknown(reason, node, module.scope))
    return made


def namespace_member(module: "Module", name: str, property_: str) -> Value | None:
    """Return one property of an imported namespace without making the others.

    None if `name` is no namespace of a project module.
    """
    imported = module.outline.imported.get(name)
    if imported is None or imported.name != "*" or name in module.outline.declared:
        return None
    target = module.target(imported.specifier)
    if target is None or isinstance(target, str) or target.is_json:
        return None
    export = target.find_export(property_)
    return None if export is None else export.evaluate()


def _reading(owner: Object | Function, each: Property) -> Callable[[], Value]:
    return lambda: read(owner, each)


def _constant(value: Value) -> Callable[[], Value]:
    return lambda: value


def _at(span: Span) -> Callable[[], Span]:
    return lambda: span


def _place(module: "Module", node: Node) -> Callable[[], Span]:
    return lambda: module.source.span(node)


def _constant_root(symbol: Symbol) -> Callable[[], Symbol | None]:
    return lambda: symbol


def _no_root() -> Symbol | None:
    return None
