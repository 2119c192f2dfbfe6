"""What a module declares, imports, exports and changes, read from its syntax alone."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from schemadiff.typescript.syntax import Node, Source, children

_WORD = re.compile(rb"[A-Za-z_$][\w$]*")
_TYPES_ONLY = {
    "type_alias_declaration",
    "interface_declaration",
    "ambient_declaration",
    "function_signature",
    "comment",
    "empty_statement",
    "hash_bang_line",
}
_DECLARATIONS = {
    "lexical_declaration",
    "variable_declaration",
    "function_declaration",
    "generator_function_declaration",
    "class_declaration",
    "abstract_class_declaration",
    "enum_declaration",
    "internal_module",
    "module",
}


@dataclass(frozen=True, slots=True, eq=False)
class Declared:
    """A name that a top-level statement declares.

    `node` is the declarator, function, class, enum or namespace.
    """

    name: str
    node: Node
    statement: Node


@dataclass(frozen=True, slots=True)
class Imported:
    """A name that another module exports as `name`; `*` is its whole namespace."""

    specifier: str
    name: str


@dataclass(frozen=True, slots=True)
class Star:
    """`export * from specifier`."""

    specifier: str


@dataclass(slots=True)
class Scan:
    """The outline of one module.

    `exports` maps a name to a local name, to an import, or to the node of an
    exported expression. `effects` are the top-level statements that only do
    something, in order.
    """

    declared: dict[str, Declared] = field(default_factory=dict)
    imported: dict[str, Imported] = field(default_factory=dict)
    exports: dict[str, "str | Imported | Node"] = field(default_factory=dict)
    stars: list[Star] = field(default_factory=list)
    effects: list[Node] = field(default_factory=list)
    specifiers: list[tuple[str, Node]] = field(default_factory=list)
    broken: list[Node] = field(default_factory=list)
    assigned_exports: list[Node] = field(default_factory=list)
    stopped_at: int | None = None


def scan(source: Source) -> Scan:
    """Return the outline of a module."""
    found = Scan()
    for statement in source.root.children:
        _statement(statement, source, found)
    return found


def is_type_only(statement: Node) -> bool:
    """Tell whether a top-level statement declares types and nothing else."""
    if statement.type in _TYPES_ONLY:
        return True
    if statement.type in ("import_statement", "export_statement"):
        if any(each.type == "type" for each in statement.children):
            return True
        inner = statement.child_by_field_name("declaration")
        return inner is not None and inner.type in _TYPES_ONLY
    return False


def words(source: Source, node: Node) -> set[bytes]:
    """Return every identifier-like word in the text of `node`."""
    return set(_WORD.findall(source.data[node.start_byte : node.end_byte]))


def string(source: Source, node: Node) -> str:
    """Return the text of a string literal of a specifier."""
    return source.text(node)[1:-1]


def _statement(statement: Node, source: Source, found: Scan) -> None:
    if is_type_only(statement):
        return
    if statement.has_error:
        found.broken.append(statement)
        return
    match statement.type:
        case "import_statement":
            _import(statement, source, found)
        case "export_statement":
            _export(statement, source, found)
        case kind if kind in _DECLARATIONS:
            _declaration(statement, statement, source, found)
        case "expression_statement":
            _expression(statement, source, found)
        case "throw_statement":
            if found.stopped_at is None:
                found.stopped_at = statement.start_byte
        case _:
            found.effects.append(statement)
            _specifiers_within(statement, source, found)


def _expression(statement: Node, source: Source, found: Scan) -> None:
    inner = children(statement)
    if inner and inner[0].type == "internal_module":
        _declaration(inner[0], statement, source, found)
        return
    if inner and inner[0].type == "assignment_expression":
        left = source.text(inner[0].child_by_field_name("left") or inner[0])
        if left.startswith(("module.exports", "exports.")):
            found.assigned_exports.append(inner[0])
            _specifiers_within(statement, source, found)
            return
    if inner and inner[0].type == "string":
        return
    found.effects.append(statement)
    _specifiers_within(statement, source, found)


def _import(statement: Node, source: Source, found: Scan) -> None:
    clause = next(
        (each for each in statement.children if each.type == "import_clause"), None
    )
    required = next(
        (e for e in statement.children if e.type == "import_require_clause"), None
    )
    origin = (required or statement).child_by_field_name("source")
    if origin is None:
        return
    specifier = string(source, origin)
    found.specifiers.append((specifier, origin))
    if required is not None:
        name = source.text(children(required)[0])
        found.imported[name] = Imported(specifier, "=")
        return
    for part in clause.named_children if clause else ():
        match part.type:
            case "identifier":
                found.imported[source.text(part)] = Imported(specifier, "default")
            case "namespace_import":
                name = source.text(children(part)[0])
                found.imported[name] = Imported(specifier, "*")
            case "named_imports":
                for local, name in _specifiers(part, source):
                    found.imported[local] = Imported(specifier, name)


def _specifiers(clause: Node, source: Source) -> Iterator[tuple[str, str]]:
    """Yield (alias or name, name) for each specifier that is not a type."""
    for each in children(clause):
        if any(token.type == "type" for token in each.children):
            continue
        name_node = each.child_by_field_name("name")
        if name_node is None:
            continue
        alias = each.child_by_field_name("alias")
        name = _module_name(name_node, source)
        yield (_module_name(alias, source) if alias else name), name


def _module_name(node: Node, source: Source) -> str:
    return string(source, node) if node.type == "string" else source.text(node)


def _export(statement: Node, source: Source, found: Scan) -> None:
    declaration = statement.child_by_field_name("declaration")
    origin = statement.child_by_field_name("source")
    value = statement.child_by_field_name("value")
    is_default = any(each.type == "default" for each in statement.children)
    if origin is not None:
        _reexport(statement, string(source, origin), source, found)
        found.specifiers.append((string(source, origin), origin))
    elif declaration is not None:
        before = set(found.declared)
        _declaration(declaration, statement, source, found)
        names = [name for name in found.declared if name not in before]
        if is_default:
            found.exports["default"] = names[0] if names else declaration
        else:
            found.exports.update({name: name for name in names})
            _specifiers_within(declaration, source, found)
    elif value is not None:
        name = "default" if is_default else "="
        plain = value.type == "identifier"
        found.exports[name] = source.text(value) if plain else value
        _specifiers_within(value, source, found)
    else:
        for clause in statement.named_children:
            if clause.type == "export_clause":
                for alias, name in _specifiers(clause, source):
                    found.exports[alias] = name
            elif clause.type == "identifier":
                found.exports["="] = source.text(clause)


def _reexport(statement: Node, specifier: str, source: Source, found: Scan) -> None:
    for each in statement.named_children:
        match each.type:
            case "namespace_export":
                name = _module_name(children(each)[0], source)
                found.exports[name] = Imported(specifier, "*")
                return
            case "export_clause":
                for alias, name in _specifiers(each, source):
                    found.exports[alias] = Imported(specifier, name)
                return
    found.stars.append(Star(specifier))


def _declaration(node: Node, statement: Node, source: Source, found: Scan) -> None:
    match node.type:
        case "lexical_declaration" | "variable_declaration":
            for declarator in children(node):
                pattern = declarator.child_by_field_name("name")
                if pattern is not None:
                    for name in pattern_names(pattern, source):
                        found.declared[name] = Declared(name, declarator, statement)
            if statement.type != "export_statement":
                _specifiers_within(node, source, found)
        case "ambient_declaration":
            pass
        case _:
            name_node = node.child_by_field_name("name")
            if name_node is not None:
                name = source.text(name_node)
                found.declared[name] = Declared(name, node, statement)


def pattern_names(pattern: Node, source: Source) -> Iterator[str]:
    """Yield the names that a binding pattern declares."""
    match pattern.type:
        case "identifier" | "shorthand_property_identifier_pattern":
            yield source.text(pattern)
        case "pair_pattern":
            value = pattern.child_by_field_name("value")
            if value is not None:
                yield from pattern_names(value, source)
        case "assignment_pattern" | "object_assignment_pattern":
            left = pattern.child_by_field_name("left")
            if left is not None:
                yield from pattern_names(left, source)
        case "object_pattern" | "array_pattern" | "rest_pattern":
            for each in children(pattern):
                yield from pattern_names(each, source)


def _specifiers_within(node: Node, source: Source, found: Scan) -> None:
    """Note the specifiers of `require("…")` calls inside `node`."""
    text = source.data[node.start_byte : node.end_byte]
    if b"require" not in text:
        return
    for match in re.finditer(rb"require\(\s*['\"]([^'\"]+)['\"]\s*\)", text):
        found.specifiers.append((match[1].decode("utf-8", "replace"), node))
