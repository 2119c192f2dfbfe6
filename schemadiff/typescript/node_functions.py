"""Functions of Node about paths, modules and files; most files call none."""

from collections.abc import Sequence

from schemadiff.npm.resolver import ProjectFile
from schemadiff.typescript.evaluator import Evaluator
from schemadiff.typescript.listing import listed, listing_function
from schemadiff.typescript.paths import call_path_function, module_url, path_function
from schemadiff.typescript.scope import Scope
from schemadiff.typescript.syntax import Node
from schemadiff.typescript.values import UNDEFINED, Member, Symbol, Value

_REQUIRE = Symbol("", "require")
_MODULES = ("module", "node:module")


def call_node_function(
    callee: Value, arguments: Sequence[Value], node: Node, scope: Scope
) -> Value | None:
    """Return what a function of Node, or one like it, gives; None if not known.

    What `createRequire` makes is taken for the file's own `require`.
    """
    found = path_function(callee)
    if found is not None:
        return call_path_function(found, arguments, scope.module.path)
    if isinstance(callee, Member | Symbol) and callee.name == "createRequire":
        owner = callee.target if isinstance(callee, Member) else callee
        if isinstance(owner, Symbol) and owner.package in _MODULES:
            return _REQUIRE
    listing = scope.module.program.listing
    name = None if listing is None else listing_function(callee)
    if listing is None or name is None:
        return None
    return listed(name, arguments, listing, scope.module.source.span(node))


def resolve(
    run: Evaluator, callee: Member, arguments: Sequence[Value], node: Node, scope: Scope
) -> Value:
    """Return the path of `require.resolve`, or the URL of `import.meta.resolve`."""
    specifier = arguments[0] if arguments else UNDEFINED
    if not isinstance(specifier, str):
        return run.because(specifier, node, scope)
    found = scope.module.program.resolver.resolve(scope.module.path, specifier)
    if not isinstance(found, ProjectFile):
        reason = f"resolves {specifier}, which is no file of this project"
        return run.unknown(reason, node, scope)
    return found.path if callee.target == _REQUIRE else module_url(found.path)
