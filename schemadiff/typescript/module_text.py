"""One file of the project as text: its tree, its outline and its imports."""

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from schemadiff.npm.resolver import External, ProjectFile
from schemadiff.regex import regex
from schemadiff.typescript.outline import Outline, outline
from schemadiff.typescript.syntax import Node, Source

if TYPE_CHECKING:
    from schemadiff.typescript.module import Module
    from schemadiff.typescript.program import Program

WORD = regex(rb"[A-Za-z_$][\w$]*")
"""Anything that may be a name of ASCII letters."""


CODE = (".ts", ".tsx", ".mts", ".cts", ".js", ".jsx", ".mjs", ".cjs", ".json")
"""The endings of files that can be imported as code or data."""


class ModuleText:
    """What is known of a file before anything in it is evaluated."""

    def __init__(
        self, program: "Program", path: str, identity: str, data: bytes
    ) -> None:
        self.program = program
        self.path = path
        self.identity = identity
        self.data = data
        self._source: Source | None = None
        self._outline: Outline | None = None
        self._targets: dict[str, Module | str | None] = {}
        self._mentions: dict[int, frozenset[str]] = {}

    @property
    def source(self) -> Source:
        """The text and its syntax tree."""
        if self._source is None:
            data = self.data if self.is_text else b""
            trees = self.program.trees
            self._source = trees.source(self.path, self.identity, data)
        return self._source

    @property
    def outline(self) -> Outline:
        """What is declared, imported, exported and done."""
        if self._outline is None:
            self._outline = Outline() if self.is_json else self.source.once(outline)
        return self._outline

    @property
    def is_json(self) -> bool:
        """Tell whether this is a JSON file."""
        return self.path.endswith(".json")

    @property
    def is_text(self) -> bool:
        """Tell whether this is code that can be read as text."""
        if b"\0" in self.data or not self.path.endswith(CODE):
            return False
        try:
            self.data.decode()
        except UnicodeDecodeError:
            return False
        return True

    @property
    def is_common_js(self) -> bool:
        """Tell whether the file assigns `module.exports` or `exports.name`."""
        return not self.is_json and self.outline.is_common_js

    @property
    def stars(self) -> Sequence[str]:
        """The specifiers of `export * from`, in order."""
        return self.outline.stars

    def imports(self) -> "tuple[tuple[str, Module | str | None], ...]":
        """Return every specifier with the module or package that it leads to."""
        if self.is_json:
            return ()
        return tuple((name, self.target(name)) for name, _ in self.outline.specifiers)

    def target(self, specifier: str) -> "Module | str | None":
        """Return the module or the package's specifier; None when it is missing."""
        if specifier not in self._targets:
            found = self.program.resolver.resolve(self.path, specifier)
            target: Module | str | None = None
            if isinstance(found, ProjectFile):
                target = self.program.module(found.path)
            elif isinstance(found, External):
                target = specifier
            self._targets[specifier] = target
        return self._targets[specifier]

    def keeps(self, specifier: str) -> bool:
        """Tell whether an import is kept: of unused names TypeScript keeps none."""
        names = [
            name
            for name, imported in self.outline.imported.items()
            if imported.specifier == specifier
        ]
        return not names or any(
            len(re.findall(rb"(?<![\w$])%b(?![\w$])" % re.escape(each.encode()), text))
            > 1
            for text in [self.source.data]
            for each in names
        )

    def packages(self) -> set[str]:
        """Return the packages that this very file imports."""
        return {target for _, target in self.imports() if isinstance(target, str)}

    def mentions(self, node: Node) -> frozenset[str]:
        """Return the file's own names in the text of a top-level statement."""
        found = self._mentions.get(node.start_byte)
        if found is None:
            text = self.source.data[node.start_byte : node.end_byte]
            found = frozenset(self.mentioned(text))
            self._mentions[node.start_byte] = found
        return found

    def mentioned(self, text: bytes) -> set[str]:
        """Return the names that the file declares or imports and `text` may mention.

        Any word counts, also one in a comment or a string. Which signs belong to a
        name that is not ASCII only tables of Unicode tell: it counts wherever it is.
        """
        words = {word.decode() for word in WORD.findall(text)}
        found = {word for word in words if self.is_local(word)}
        if not text.isascii():
            local = (*self.outline.declared, *self.outline.imported)
            others = (each for each in local if not each.isascii())
            found.update(each for each in others if each.encode() in text)
        return found

    def is_local(self, name: str) -> bool:
        """Tell whether the file itself declares or imports `name`."""
        return name in self.outline.declared or name in self.outline.imported

    def specifier_node(self, specifier: str) -> Node:
        """Return where a specifier is written."""
        for name, node in self.outline.specifiers:
            if name == specifier:
                return node
        return self.source.root
