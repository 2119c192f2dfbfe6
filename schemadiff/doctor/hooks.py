"""What is missing for pushes from a clone to be judged."""

import os
import re
import shlex
import shutil
from collections.abc import Iterator
from pathlib import Path
from shlex import quote

from schemadiff.doctor.diagnosis import Lack
from schemadiff.install.advice import advice
from schemadiff.install.hook import Hook, hook_at
from schemadiff.install.hooks import Hooks, Reach
from schemadiff.install.installing import no_folder, shared
from schemadiff.install.sentences import shown
from schemadiff.install.tools import Tool
from schemadiff.install.words import Owner

_COMMAND = "schemadiff"
_CHAINING = (Owner.PRE_COMMIT, Owner.PREK)
_INSTALLED = re.compile(r"^installed=(.*)$", re.MULTILINE)
_STARTED_BY = re.compile(r"^(?:INSTALL_PYTHON|PREK)=(.*)$", re.MULTILINE)
_BLIND = (
    "{} hands over only the first ref of a push, and a remote's tip that is not here"
    " cannot be noticed: Git's own hook, which it then runs first, sees both"
)
_NATIVE = ("schemadiff install",)
_INSTALL = ("pip install drizzle-schemadiff",)


def missing_hooks(hooks: Hooks, root: Path | None) -> Iterator[Lack]:
    """Yield what keeps pushes from being judged, or lets some of them escape."""
    for tool in hooks.tools:
        # What other tools have wrong is part of what `install` says of them.
        if tool.owner in _CHAINING and tool.problem is not None:
            yield Lack(f"{tool.path}: {tool.problem}")
    for hook in hooks.running:
        yield from _not_found(hook, root)
    if hooks.judging is not None:
        return
    off = [each for each in (hooks.push, hooks.legacy) if each.judges]
    if off and not off[0].runs:
        yield _not_executable(off[0], root)
        return
    chaining = next((each for each in hooks.tools if _is_entry(each)), None)
    if chaining is not None:
        yield from _through_pre_commit(hooks, chaining, root)
        return
    yield from _others(hooks, root)


def _others(hooks: Hooks, root: Path | None) -> Iterator[Lack]:
    """Yield what is to be done where no hook judges, as `install` would say it."""
    told = advice(hooks, root)
    if told is not None and told.code:
        yield _said(told.text)
    elif told is not None and not _runs(_COMMAND):
        runs = told.text.strip().removeprefix("schemadiff: ")
        yield Lack(f"{runs}, but schemadiff is not on PATH: every push fails", _INSTALL)
    elif told is not None:
        return
    elif hooks.directory.exists() and not hooks.directory.is_dir():
        error = no_folder(hooks)
        yield Lack(error.message, (error.remedy or "",))
    elif hooks.reach is not Reach.OWN:
        yield _said(shared(hooks, root))
    else:
        yield Lack("no hook judges what is pushed from this clone", _NATIVE)


def _said(text: str) -> Lack:
    first, *rest = text.removeprefix("schemadiff: ").rstrip("\n").split("\n")
    return Lack(first.rstrip(".:"), tuple(rest))


def _not_executable(hook: Hook, root: Path | None) -> Lack:
    what = f"{shown(hook.path, root)} is not executable, so Git does not run it"
    return Lack(what, (f"chmod +x {quote(str(hook.path))}",))


def _is_entry(tool: Tool) -> bool:
    return tool.owner in _CHAINING and tool.has_schemadiff


def _through_pre_commit(hooks: Hooks, tool: Tool, root: Path | None) -> Iterator[Lack]:
    """Yield what an entry in the configuration of pre-commit or prek needs besides."""
    commit = hook_at(hooks.directory / "pre-commit")
    users = (hooks.push.owner, commit.owner, tool.owner)
    name = next(each for each in users if each in _CHAINING).value
    if not tool.at_push:
        stages = ", ".join(tool.stages)
        what = f"{tool.path} runs schemadiff at {stages or 'no stage'}, not at pre-push"
        yield Lack(what, ("add pre-push to its stages, or remove them",))
    elif hooks.push.owner not in _CHAINING:
        yield _not_installed(hooks, tool, name, is_half=commit.owner in _CHAINING)
        return
    elif not hooks.push.runs:
        yield _not_executable(hooks.push, root)
    yield Lack(_BLIND.format(name), _NATIVE)


def _not_installed(hooks: Hooks, tool: Tool, name: str, *, is_half: bool) -> Lack:
    start = f"{tool.path} has schemadiff, but {name}'s push hook is not installed"
    more = "; its commit hook is, and judges nothing" if is_half else ""
    command = f"{name} install"
    if "pre-push" not in tool.install_types:
        command += " -t pre-push"
    lines = [command]
    if hooks.written is not None:
        # pre-commit refuses to install where it is set; prek writes there.
        lines = [f"git config --{hooks.scope} --unset-all core.hooksPath", *lines]
    if "pre-push" not in tool.install_types and tool.path.endswith((".yaml", ".yml")):
        lines.append(
            "and so that everybody's clone gets it, at the top of that file:"
            " default_install_hook_types: [pre-commit, pre-push]"
        )
    return Lack(start + more, tuple(lines))


def _not_found(hook: Hook, root: Path | None) -> Iterator[Lack]:
    """Yield the command of a hook where it is neither at its place nor on PATH."""
    where = shown(hook.path, root)
    text = _text(hook.path)
    if hook.owner in _CHAINING:
        named = _named(_STARTED_BY, text)
        if named and not _runs(named) and shutil.which(hook.owner.value) is None:
            what = f"{where} runs {named}, which is not there, and {hook.owner.value}"
            lines = (
                f"pip install {hook.owner.value}",
                f"{hook.owner.value} install -t pre-push",
            )
            yield Lack(f"{what} is not on PATH: every push fails", lines)
    elif hook.judges:
        named = _named(_INSTALLED, text) or _COMMAND
        if not _runs(named) and shutil.which(_COMMAND) is None:
            what = f"{where} calls {named}, which is not found: every push fails"
            yield Lack(what, (*_INSTALL, *_NATIVE))


def _named(pattern: re.Pattern[str], text: str) -> str:
    """Return the program that a hook's own line names; empty if it names none."""
    found = pattern.search(text)
    try:
        words = shlex.split(found[1]) if found else []
    except ValueError:
        return ""
    return words[0] if words else ""


def _runs(program: str) -> bool:
    if os.sep not in program:
        return shutil.which(program) is not None
    return Path(program).is_file() and os.access(program, os.X_OK)


def _text(path: Path) -> str:
    try:
        return path.read_bytes().decode("utf-8", "replace")
    except OSError:
        return ""
