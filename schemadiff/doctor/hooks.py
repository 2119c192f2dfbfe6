"""What is missing for pushes from a clone to be judged."""

import os
import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from shlex import quote

from schemadiff.doctor.called import called_by, named
from schemadiff.doctor.diagnosis import Lack
from schemadiff.install.advice import advice
from schemadiff.install.hook import Hook, hook_at
from schemadiff.install.hooks import Hooks, Reach
from schemadiff.install.installing import no_folder, shared
from schemadiff.install.sentences import shown
from schemadiff.install.tools import Tool
from schemadiff.install.words import Owner

_CHAINING = (Owner.PRE_COMMIT, Owner.PREK)
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
    yield from _not_found(hooks, root)
    if hooks.judging is not None:
        return
    off = [each for each in (hooks.push, hooks.legacy) if each.judges]
    if off and not off[0].runs:
        yield _not_executable(off[0], root)
        return
    chaining = next((each for each in hooks.tools if _is_entry(each)), None)
    told = advice(hooks, root)
    if chaining is not None and (told is None or hooks.push.owner in _CHAINING):
        yield from _through_pre_commit(hooks, chaining, root)
    else:
        yield from _others(hooks, root)


def _others(hooks: Hooks, root: Path | None) -> Iterator[Lack]:
    """Yield what is to be done where no hook judges, as `install` would say it."""
    told = advice(hooks, root)
    if told is not None:
        if told.code:
            yield _said(told.text)
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


def _not_found(hooks: Hooks, root: Path | None) -> Iterator[Lack]:
    """Yield the commands that hooks start which are neither at a place nor on PATH."""
    for hook in hooks.running:
        if hook.owner in _CHAINING:
            yield from _tool_not_found(hook, root)
    for each in called_by(hooks, root):
        if not each.is_found:
            what = f"{each.where} calls {each.command}, which is not found"
            lines = _NATIVE if each.is_ours else _INSTALL
            yield Lack(f"{what}: every push fails", lines)


def _tool_not_found(hook: Hook, root: Path | None) -> Iterator[Lack]:
    program, tool = named(_STARTED_BY, _text(hook.path)), hook.owner.value
    if program and not _runs(program) and shutil.which(tool) is None:
        where = shown(hook.path, root)
        what = f"{where} runs {program}, which is not there, and {tool}"
        lines = (f"pip install {tool}", f"{tool} install -t pre-push")
        yield Lack(f"{what} is not on PATH: every push fails", lines)


def _runs(program: str) -> bool:
    if os.sep not in program:
        return shutil.which(program) is not None
    return Path(program).is_file() and os.access(program, os.X_OK)


def _text(path: Path) -> str:
    try:
        return path.read_bytes().decode("utf-8", "replace")
    except OSError:
        return ""
