"""How another tool's hooks come to call schemadiff, where a tool looks after them."""

from collections.abc import Sequence
from pathlib import Path
from shlex import quote
from typing import NamedTuple

from schemadiff.install.hooks import Hooks
from schemadiff.install.sentences import indented, shell_lines
from schemadiff.install.tools import PACKAGE, Tool, husky_folder
from schemadiff.install.words import Owner
from schemadiff.report.escape import visible

_LEFTHOOK_YAML = """\
pre-push:
  commands:
    schemadiff:
      run: schemadiff pre-push {0}
      use_stdin: true"""
_LEFTHOOK_TOML = """\
[pre-push.commands.schemadiff]
run = "schemadiff pre-push {0}"
use_stdin = true"""
_LEFTHOOK_JSON = """\
"pre-push": {
  "commands": {
    "schemadiff": { "run": "schemadiff pre-push {0}", "use_stdin": true }
  }
}"""
_SIMPLE_IN_PACKAGE = r""""simple-git-hooks": {
  "pre-push": "schemadiff pre-push \"$@\""
}"""
_SIMPLE = r'"pre-push": "schemadiff pre-push \"$@\""'
_SIMPLE_IN_JAVASCRIPT = """'pre-push': 'schemadiff pre-push "$@"',"""
# husky 4 hands over what Git said in two variables.
_HUSKY_4 = r""""husky": {
  "hooks": {
    "pre-push": "echo \"$HUSKY_GIT_STDIN\" | schemadiff pre-push $HUSKY_GIT_PARAMS"
  }
}"""
# The tools that write over a hook that is not theirs, or make Git look elsewhere.
_COMMANDS = {
    Owner.HUSKY: "npx husky",
    Owner.LEFTHOOK: "lefthook install",
    Owner.SIMPLE_GIT_HOOKS: "npx simple-git-hooks",
}


class Advice(NamedTuple):
    """What to tell the person; `code` is 0 if the tool judges pushes already."""

    code: int
    text: str


def advice(hooks: Hooks, root: Path | None) -> Advice | None:
    """Return what to do about the tool that looks after a repository's hooks.

    None where there is none, or one that keeps the hooks of others, as pre-commit
    and prek do.
    """
    owner = _in_charge(hooks)
    if owner is None:
        return None
    tool = _configuration(hooks, owner)
    command = _command(owner, hooks)
    if tool.at_push and tool.problem is None:
        if not command:
            return Advice(0, f"schemadiff: {owner.value} runs it ({tool.path})\n")
        where = f"schemadiff: {tool.path} names it, but {owner.value}'s hook does not"
        return _left([f"{where} run it. Run:", *indented(command)])
    more = ("and run:", *indented(command)) if command else ()
    if tool.at_push:
        first = f"schemadiff: {tool.path} names it, but {tool.problem}."
        return _left([first, "It should say:", *indented(_lines(tool)), *more])
    first = f"schemadiff: not installed: {owner.value} looks after the hooks here."
    unread = [f"{tool.path}: {visible(tool.problem)}"] if tool.problem else []
    return _left([first, *unread, *_how(tool, hooks, root), *more])


def _command(owner: Owner, hooks: Hooks) -> str:
    """Return the command that puts a tool's hook in place; empty where it is."""
    push = hooks.push
    if owner is Owner.HUSKY and husky_folder(hooks.directory) == hooks.directory:
        # Git executes the script of the person itself, once there is one.
        off = push.owner is not Owner.ABSENT and not push.runs
        return f"chmod +x {quote(str(push.path))}" if off else ""
    # The hook of simple-git-hooks holds the command itself, and did not name us.
    if push.owner is owner and push.runs and owner is not Owner.SIMPLE_GIT_HOOKS:
        return ""
    return _COMMANDS[owner]


def _left(lines: Sequence[str]) -> Advice:
    return Advice(1, "\n".join(lines).replace("\n\n\n", "\n\n").rstrip("\n") + "\n")


def _in_charge(hooks: Hooks) -> Owner | None:
    configured = {each.owner for each in hooks.tools if each.in_use}
    # A hook whose tool is configured no longer is one like any other.
    order = (hooks.push.owner, *_COMMANDS)
    return next(
        (each for each in order if each in configured and each in _COMMANDS), None
    )


def _configuration(hooks: Hooks, owner: Owner) -> Tool:
    """Return the file to change: the one that names schemadiff, else the first."""
    found = [each for each in hooks.tools if each.owner is owner and each.in_use]
    return next((each for each in found if each.at_push), found[0])


def _how(tool: Tool, hooks: Hooks, root: Path | None) -> list[str]:
    if tool.owner is Owner.HUSKY and tool.path.endswith("/pre-push"):
        path = (root or Path()) / tool.path
        # husky 9 reads the script, 5 to 8 let Git execute it.
        return shell_lines(path, root, executable=path.parent == hooks.directory)
    return [f"Add this to {tool.path}:", *indented(_lines(tool))]


def _lines(tool: Tool) -> str:
    if tool.owner is Owner.HUSKY:
        return _HUSKY_4
    kind = tool.path.rpartition(".")[2]
    if tool.owner is Owner.LEFTHOOK:
        return {"toml": _LEFTHOOK_TOML, "json": _LEFTHOOK_JSON}.get(
            kind, _LEFTHOOK_YAML
        )
    if tool.path == PACKAGE:
        return _SIMPLE_IN_PACKAGE
    return _SIMPLE if kind == "json" else _SIMPLE_IN_JAVASCRIPT
