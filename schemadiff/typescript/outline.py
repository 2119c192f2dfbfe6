"""What a module declares, imports, exports and does, read from its syntax alone."""

from collections.abc import Iterator
from dataclasses import field

from schemadiff.record import record
from schemadiff.regex import regex
from schemadiff.typescript.declared_names import pattern_names
from schemadiff.typescript.syntax import Node, Source, children, part

_TYPES_ONLY = {
    "type_alias_declaration",
    "interface_declaration",
    "ambient_declaration",
    "function_signature",
    "comment",
    "empty_statement",
    "hash_bang_line",
    "debugger_statement",
}
_TYPE_WORDS = regex(
    rb"\s*(?:export\s+)?(?:default\s+)?(?:declare\b|interface\b|type\s+(?!=)[\w$*{]|"
    rb"import\s+type\s+(?!from\b)|export\s+type\b)"
)
NAME = rb"[A-Za-z_$\x80-\xff][\w$\x80-\xff]*"
"""What may be a name, in UTF-8, where letters are not told from other signs."""

_EXPORTED = regex(
    rb"\bexport\s+(?:default\s+)?(?:async\s+)?(?:abstract\s+)?"
    rb"(?:const\s+enum|const|let|var|function\*?|class|enum|namespace)\s+(%b)" % NAME
)
_DECLARED = regex(
    rb"(?:^|[;{}\n])\s*(?:export\s+)?(?:const|let|var|function|class|enum)"
    rb"\s+(%b)" % NAME
)
_REQUIRED = regex(rb"\brequire\(\s*['\"]([^'\"\n]+)['\"]\s*\)")
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
    "import_alias",
}


@record(eq=False)
class Declared:
    """A name that a top-level statement declares.

    `node` is the declarator, function, class, enum or namespace; `also` are the
    further declarations that TypeScript merges with it.
    """

    name: str
    node: Node
    statement: Node
    also: list[Node] = field(default_factory=list)

    @property
    def is_constant(self) -> bool:
        """Tell whether it is declared with `const`."""
        return self._keyword() == "const"

    @property
    def is_variable(self) -> bool:
        """Tell whether it is declared with `var`."""
        return self._keyword() == "var"

    def _keyword(self) -> str:
        inner = self.statement.child_by_field_name("declaration") or self.statement
        return inner.children[0].type if inner.children else ""


@record
class Imported:
    """A name that another module exports as `name`; `*` is its whole namespace."""

    specifier: str
    name: str


@record(eq=False)
class Statement:
    """A top-level statement that runs, with the names that it declares."""

    node: Node
    names: tuple[str, ...] = ()


@record(frozen=False)
class Outline:
    """The outline of one module.

    `exports` maps a name to a local name, to an import, or to the node of an
    exported expression, where `=` is what `export =` gives; `stars` are the
    specifiers of `export *`. `effects` are the top-level statements that declare
    nothing, in order. `broken` are statements that could not be parsed, with the
    names that they seem to declare in `lost`.
    """

    declared: dict[str, Declared] = field(default_factory=dict)
    imported: dict[str, Imported] = field(default_factory=dict)
    exports: dict[str, "str | Imported | Node"] = field(default_factory=dict)
    stars: list[str] = field(default_factory=list)
    effects: list[Node] = field(default_factory=list)
    statements: list[Statement] = field(default_factory=list)
    specifiers: list[tuple[str, Node]] = field(default_factory=list)
    broken: list[Node] = field(default_factory=list)
    lost: dict[str, Node] = field(default_factory=dict)
    is_common_js: bool = False


def outline(source: Source) -> Outline:
    """Return the outline of a module."""
    found = Outline()
    whole = source.root.type == "ERROR"
    for statement in [source.root] if whole else source.root.children:
        _statement(statement, source, found)
    data = source.data
    if b"exports" in data:
        is_module = found.exports or found.stars or found.imported
        found.is_common_js = bool((_COMMON if is_module else _EXPORTS).search(data))
    return found


_COMMON = regex(
    rb"(?<![\w$.])(?:module\s*\.\s*exports|exports)\s*(?:[.\[][^;=\n]*)?=(?!=)"
)
_EXPORTS = regex(rb"(?<![\w$])exports\b")


def is_type_only(statement: Node, source: Source) -> bool:
    """Tell whether a top-level statement declares types and nothing else."""
    if statement.type in _TYPES_ONLY:
        return True
    if statement.type in ("import_statement", "export_statement"):
        if any(each.type == "type" for each in statement.children):
            return True
        inner = statement.child_by_field_name("declaration")
        if inner is not None and inner.type in _TYPES_ONLY:
            return True
    if not statement.has_error:
        return False
    text = source.data[statement.start_byte : statement.end_byte]
    return bool(_TYPE_WORDS.match(text)) and not _EXPORTED.search(text)


def exported_names(source: Source, node: Node) -> tuple[str, ...]:
    """Return the names that a broken statement seems to export."""
    text = source.data[node.start_byte : node.end_byte]
    names = (each.decode() for each in _EXPORTED.findall(text))
    return tuple(dict.fromkeys(names))


def string(source: Source, node: Node) -> str:
    """Return the text of a string literal of a specifier."""
    return source.text(node)[1:-1]


def _statement(statement: Node, source: Source, found: Outline) -> None:
    if is_type_only(statement, source):
        return
    if statement.has_error:
        found.broken.append(statement)
        text = source.data[statement.start_byte : statement.end_byte]
        for name in _DECLARED.findall(text):
            found.lost[name.decode()] = statement
        return
    kind = statement.type
    if kind == "import_statement":
        _import(statement, source, found)
    elif kind == "export_statement":
        _export(statement, source, found)
    elif kind in _DECLARATIONS:
        _declaration(statement, statement, source, found)
    elif kind == "expression_statement":
        _expression(statement, source, found)
    else:
        _effect(statement, source, found)


def _effect(statement: Node, source: Source, found: Outline) -> None:
    found.effects.append(statement)
    found.statements.append(Statement(statement))
    _specifiers_within(statement, source, found)


def _expression(statement: Node, source: Source, found: Outline) -> None:
    inner = children(statement)
    if inner and inner[0].type == "internal_module":
        _declaration(inner[0], statement, source, found)
    elif inner and inner[0].type != "string":
        _effect(statement, source, found)


def _import(statement: Node, source: Source, found: Outline) -> None:
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
    for each in clause.named_children if clause else ():
        match each.type:
            case "identifier":
                found.imported[source.text(each)] = Imported(specifier, "default")
            case "namespace_import":
                name = source.text(children(each)[0])
                found.imported[name] = Imported(specifier, "*")
            case "named_imports":
                for local, name in _specifiers(each, source):
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


def _export(statement: Node, source: Source, found: Outline) -> None:
    declaration = statement.child_by_field_name("declaration")
    origin = statement.child_by_field_name("source")
    value = statement.child_by_field_name("value")
    words = {each.type for each in statement.children if not each.is_named}
    if origin is not None:
        _reexport(statement, string(source, origin), source, found)
        found.specifiers.append((string(source, origin), origin))
    elif declaration is not None:
        names = _declaration(declaration, statement, source, found)
        if "default" in words:
            found.exports["default"] = names[0] if names else declaration
        else:
            found.exports.update({name: name for name in names})
    elif value is not None:
        is_name = value.type == "identifier"
        found.exports["default"] = source.text(value) if is_name else value
        found.statements.append(Statement(statement, ("export default",)))
        _specifiers_within(value, source, found)
    elif "=" in words:
        inner = children(statement)[-1]
        is_name = inner.type == "identifier"
        found.exports["="] = source.text(inner) if is_name else inner
    else:
        for clause in statement.named_children:
            if clause.type == "export_clause":
                for alias, name in _specifiers(clause, source):
                    found.exports[alias] = name


def _reexport(statement: Node, specifier: str, source: Source, found: Outline) -> None:
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
    found.stars.append(specifier)


def _declaration(
    node: Node, statement: Node, source: Source, found: Outline
) -> list[str]:
    """Note what a declaration declares, and return the names."""
    names: list[str] = []
    if node.type in ("lexical_declaration", "variable_declaration"):
        for declarator in children(node):
            for name in pattern_names(part(declarator, "name"), source):
                found.declared[name] = Declared(name, declarator, statement)
                names.append(name)
        _specifiers_within(node, source, found)
    else:
        name_node = node.child_by_field_name("name") or (
            children(node)[0] if node.type == "import_alias" else None
        )
        if name_node is not None:
            name = source.text(name_node).split(".")[0].strip()
            names.append(name)
            if name in found.declared:
                found.declared[name].also.append(node)
            else:
                found.declared[name] = Declared(name, node, statement)
    found.statements.append(Statement(statement, tuple(names)))
    return names


def _specifiers_within(node: Node, source: Source, found: Outline) -> None:
    """Note the specifiers of `require("…")` calls inside `node`."""
    text = source.data[node.start_byte : node.end_byte]
    if b"require(" not in text:
        return
    for match in _REQUIRED.finditer(text):
        found.specifiers.append((match[1].decode("utf-8", "replace"), node))
