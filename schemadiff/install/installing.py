"""`schemadiff install`: our hook among those that Git runs before a push."""

from pathlib import Path
from shlex import quote

from schemadiff.errors import SchemadiffError
from schemadiff.git.repository import Repository
from schemadiff.install.advice import advice
from schemadiff.install.done import Done
from schemadiff.install.hook import Hook, hook_at
from schemadiff.install.hooks import Hooks, Reach, found_hooks
from schemadiff.install.placing import keep, put, remove
from schemadiff.install.sentences import indented, shell_lines, shown
from schemadiff.install.shim import shim
from schemadiff.install.words import Owner

_CHAINING = (Owner.PRE_COMMIT, Owner.PREK)


def install(repository: Repository, *, force: bool = False) -> Done:
    """Have pushes from this repository judged, keeping every hook that is there.

    Where another tool looks after the hooks, nothing is written and the lines to give
    it are returned. So it is with a folder that the project or other repositories
    share, unless `force` says to write there. Doing it again changes nothing. Raise
    SchemadiffError where the hook cannot be written.
    """
    hooks = found_hooks(repository)
    root = repository.work_tree
    if hooks.directory.exists() and not hooks.directory.is_dir():
        raise no_folder(hooks)
    judging = hooks.judging
    if judging is not None and not _is_ours_to_write(judging, hooks, force=force):
        where = shown(judging.path, root)
        return Done(0, f"schemadiff: {where} judges pushes already: nothing to do\n")
    told = advice(hooks, root)
    if told is not None:
        return Done(*told)
    if hooks.reach is not Reach.OWN and not force:
        return Done(1, shared(hooks, root))
    return _placed(repository, hooks)


def _is_ours_to_write(hook: Hook, hooks: Hooks, *, force: bool) -> bool:
    return hook.owner is Owner.SCHEMADIFF and (hooks.reach is Reach.OWN or force)


def no_folder(hooks: Hooks) -> SchemadiffError:
    """Return the error for a place of hooks where there can be none."""
    return SchemadiffError(
        f"core.hooksPath is {hooks.written} ({hooks.scope}), which is no folder:"
        " Git runs no hooks here",
        f"git config --local core.hooksPath {quote(str(hooks.own))}",
    )


def shared(hooks: Hooks, root: Path | None) -> str:
    """Say what to do about a folder of hooks that is not this clone's alone."""
    folder = shown(hooks.directory, root)
    whose = "the project keeps among its files"
    if hooks.reach is Reach.OUTSIDE:
        whose = "other repositories may use too"
    lines = [
        f"schemadiff: not installed: Git takes hooks from {folder}, which {whose}",
        f"  (core.hooksPath, set in Git's {hooks.scope} configuration).",
        *shell_lines(hooks.push.path, root, executable=True),
        "Or let schemadiff write its hook there, keeping the one that is there:",
        *indented("schemadiff install --force"),
    ]
    if hooks.reach is Reach.OUTSIDE:
        lines += [
            "Or give this repository hooks of its own; those in that folder then do",
            "not run for it:",
            *indented(f"git config --local core.hooksPath {quote(str(hooks.own))}"),
        ]
    return "\n".join(lines) + "\n"


def _placed(repository: Repository, hooks: Hooks) -> Done:
    chained = hooks.push.owner in _CHAINING
    place = hooks.legacy if chained else hooks.push
    verb = _written(place, hooks.kept)
    now = found_hooks(repository)
    root = repository.work_tree
    where = shown(place.path, root)
    if now.judging is None:
        not_run = next(each for each in (now.push, place) if not each.runs)
        text = (
            f"schemadiff: {verb} {where}, but Git does not run"
            f" {shown(not_run.path, root)}: it is not executable\n"
            f"  chmod +x {quote(str(not_run.path))}\n"
        )
        return Done(1, text)
    lines = [f"schemadiff: {verb} {where}"]
    if chained:
        name = hooks.push.owner.value
        lines.append(f"{name}'s hook runs it first, and tells it every ref of a push.")
        lines.append(f"An entry for it in {name}'s own configuration then stands back.")
    if now.kept.owner is not Owner.ABSENT:
        lines += _of_kept(now.kept, root)
    return Done(0, "\n  ".join(lines) + "\n")


def _of_kept(kept: Hook, root: Path | None) -> list[str]:
    lines = [f"The hook that was there before is {shown(kept.path, root)};"]
    if kept.runs:
        return [*lines, "it runs after this one, when nothing blocks."]
    return [*lines, "it was not executable, so Git did not run it, and that stays so."]


def _written(place: Hook, kept: Hook) -> str:
    content = shim()
    if place.owner is Owner.SCHEMADIFF:
        # A link of somebody's to the shipped hook is as good as a copy.
        if place.runs and (place.path.is_symlink() or _holds(place.path, content)):
            return "already installed as"
        put(place.path, content)
        return "brought up to date:"
    if place.owner is Owner.ABSENT:
        put(place.path, content)
    else:
        _chain(place.path, kept.path, content)
    return "installed as"


def _chain(path: Path, kept: Path, content: bytes) -> None:
    try:
        is_new = keep(path, kept)
    except SchemadiffError:
        # Another `schemadiff install` may have been faster.
        if hook_at(path).owner is Owner.SCHEMADIFF:
            return
        raise
    try:
        put(path, content)
    except SchemadiffError:
        if is_new:
            remove(kept)
        raise


def _holds(path: Path, content: bytes) -> bool:
    try:
        return path.read_bytes() == content
    except OSError:
        return False
