"""What the texts of statements mention, and which of them differ."""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence

from schemadiff.regex import regex
from schemadiff.typescript.module import Module
from schemadiff.typescript.module_text import WORD
from schemadiff.typescript.outline import Imported, Outline, outline
from schemadiff.typescript.syntax import Node, Source

_HARMLESS = regex(
    rb"\.\.\.([A-Za-z_$][\w$]*)(?![\w$\x80-\xff.(\[])"
    rb"|(?<![\w$\x80-\xff.])([A-Za-z_$][\w$]*)\s*\("
    rb"|=>\s*\(?\s*([A-Za-z_$][\w$]*)(?![\w$\x80-\xff])"
)
"""Uses that share nothing: a value is spread, called, or asked for later."""

_DECLARES = regex(rb"\b(?:const|let|var)\s+([A-Za-z_$][\w$]*)(?![\w$\x80-\xff])")

Origin = tuple[str, str]
"""The path of a file, and a name that it declares or exports."""


def text_of(module: Module, node: Node) -> bytes:
    """Return the text of a statement."""
    return module.source.data[node.start_byte : node.end_byte]


def _texts(source: Source) -> dict[str, list[bytes]]:
    """Return the statements' texts by what they declare, `` for those that do not."""
    found: dict[str, list[bytes]] = {}
    outlined, data = source.once(outline), source.data
    for statement in outlined.statements:
        text = data[statement.node.start_byte : statement.node.end_byte]
        for name in keys(outlined, statement.names):
            found.setdefault(name, []).append(text)
    return found


def keys(outlined: Outline, names: tuple[str, ...]) -> tuple[str, ...]:
    """Return the names under which a statement is compared."""
    if names == ("export default",):
        default = outlined.exports.get("default")
        return (default,) if isinstance(default, str) else ("default",)
    return names or ("",)


def differing(base: Module, head: Module) -> list[tuple[bytes, bytes]]:
    """Return the texts of the statements that differ, at base and at head."""
    old, new = base.source.once(_texts), head.source.once(_texts)
    return [
        (b"\n".join(old.get(name, [])), b"\n".join(new.get(name, [])))
        for name in {**old, **new}
        if old.get(name) != new.get(name)
    ]


def differing_names(base: Module, head: Module) -> set[str]:
    """Return the names that the differing statements declare, or may change."""
    old, new = base.source.once(_texts), head.source.once(_texts)
    names = {name for name in {**old, **new} if old.get(name) != new.get(name)}
    if "" in names:
        names.discard("")
        for text in {*old.get("", []), *new.get("", [])}:
            names |= head.mentioned(text)
    return names


def same_imports(base: Module, head: Module) -> bool:
    """Tell whether a file imports the same, in the same order."""
    old, new = base.outline.specifiers, head.outline.specifiers
    return [name for name, _ in old] == [name for name, _ in new]


def same_order(base: Module, head: Module) -> bool:
    """Tell whether the statements that both revisions have are in the same order."""
    old, new = _names_in_order(base), _names_in_order(head)
    both = set(old) & set(new)
    return [e for e in old if e in both] == [e for e in new if e in both]


def _names_in_order(module: Module) -> list[str]:
    return [
        name
        for statement in module.outline.statements
        for name in keys(module.outline, statement.names)
        if name
    ]


def same_effects(
    base: Sequence[Module],
    head: Sequence[Module],
    same_package: Callable[[str], bool],
) -> bool:
    """Tell whether the files that change values, with what they import, are equal."""
    old, new = _changing(base), _changing(head)
    if {path: m.identity for path, m in old.items()} != {
        path: m.identity for path, m in new.items()
    }:
        return False
    return all(same_package(name) for m in new.values() for name in m.packages())


def _changing(modules: Sequence[Module]) -> dict[str, Module]:
    """Return the files that change values, and every file that those import."""
    return {
        inner.path: inner
        for module in modules
        if not module.is_json and module.is_ordered
        for inner in module.closure()
    }


def shared(module: Module, text: bytes, other: bytes) -> Iterable[Origin]:
    """Yield the project's values whose sharing a change of `text` may change.

    Not those that both texts of the statement use in the same, harmless ways.
    """
    head_is_same = bool(other) and text.split(b"{")[0] == other.split(b"{")[0]
    uses = Counter(WORD.findall(text))
    harmless, spread = _harmless(text)
    own = set(_DECLARES.findall(text))
    for name in module.mentioned(text):
        raw = name.encode()
        declared = module.outline.declared.get(name)
        if declared is not None and declared.node.type != "variable_declarator":
            continue
        imported = module.outline.imported.get(name)
        if declared is None and imported is None:
            continue
        declares = declared is not None and raw in own
        only_harmless = name.isascii() and harmless[raw] + declares >= uses[raw]
        if only_harmless and (head_is_same or (not other and raw not in spread)):
            continue
        if declared is not None:
            yield module.path, name
        elif imported is not None:
            found = origin(module, imported)
            if found is not None:
                yield found


def _harmless(text: bytes) -> tuple[Counter[bytes], set[bytes]]:
    """Return how often each name is used harmlessly, and which are spread."""
    counts: Counter[bytes] = Counter()
    spread = set()
    for match in _HARMLESS.finditer(text):
        counts[match[match.lastindex or 0]] += 1
        if match.lastindex == 1:
            spread.add(match[1])
    return counts, spread


def origin(module: Module, imported: Imported) -> Origin | None:
    """Return where an import comes from; None if that is not in the project."""
    target = module.target(imported.specifier)
    return (target.path, imported.name) if isinstance(target, Module) else None
