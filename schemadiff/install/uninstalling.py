"""`schemadiff uninstall`: our hook taken away, and what was there before put back."""

import os
from collections.abc import Iterator
from pathlib import Path

from schemadiff.git.repository import Repository
from schemadiff.install.done import Done
from schemadiff.install.hook import KEPT, LEGACY, PUSH, hook_at
from schemadiff.install.hooks import Hooks, Reach, found_hooks
from schemadiff.install.placing import remove, remove_empty, restore
from schemadiff.install.replit import NAME, State, replit_state, uninstall_replit
from schemadiff.install.sentences import shown
from schemadiff.install.words import Owner

_NAMES = (PUSH, LEGACY, "pre-push.old")
"""Where our hook may be: as such, moved by pre-commit or prek, moved by lefthook."""


def uninstall(repository: Repository, *, force: bool = False) -> Done:
    """Take our hooks away, and put back what was there before each, as it was.

    The same for the check in `.replit`.

    What others own stays, and is named where it still calls schemadiff; so does our
    hook in a folder that the project or other repositories share, unless `force` says
    otherwise. Doing it again changes nothing. Raise SchemadiffError where a hook
    cannot be removed.
    """
    hooks = found_hooks(repository)
    root = repository.work_tree
    folders = [hooks.own]
    if hooks.directory != hooks.own and (hooks.reach is Reach.OWN or force):
        folders.insert(0, hooks.directory)
    done = [line for each in folders for line in _emptied(each, root)]
    if done:
        remove_empty(hooks.own)
    if root is not None:
        done += uninstall_replit(root)
    left = list(_left(found_hooks(repository), root))
    if not done and not left:
        done = ["schemadiff: there is no hook of schemadiff here: nothing to do"]
    return Done(1 if left else 0, "\n".join([*done, *left]) + "\n")


def _emptied(folder: Path, root: Path | None) -> Iterator[str]:
    """Take our hooks out of a folder, and say what was done."""
    kept = folder / KEPT
    for name in _NAMES:
        path = folder / name
        if hook_at(path).owner is not Owner.SCHEMADIFF:
            continue
        if os.path.lexists(kept):
            restore(kept, path)
            yield f"schemadiff: {shown(path, root)} is what it was before"
        else:
            remove(path)
            yield f"schemadiff: removed {shown(path, root)}"
    # Somebody removed ours by hand, and with it the way to the one that is kept.
    if os.path.lexists(kept) and not os.path.lexists(folder / PUSH):
        restore(kept, folder / PUSH)
        yield f"schemadiff: {shown(folder / PUSH, root)} is what it was before"


def _left(hooks: Hooks, root: Path | None) -> Iterator[str]:
    """Say what still judges pushes, or lies about, and is not ours to remove."""
    for hook in (hooks.push, hooks.legacy):
        if hook.owner is Owner.SCHEMADIFF:
            yield (
                f"schemadiff: {shown(hook.path, root)} stays: other repositories or the"
                " project use it\n"
                f"  (core.hooksPath, set in Git's {hooks.scope} configuration)."
                " `schemadiff uninstall --force` removes it"
            )
        elif hook.judges:
            yield _line(hook.path, root)
    for tool in hooks.tools:
        path = (root or Path()) / tool.path
        if tool.has_schemadiff and path != hooks.push.path:
            yield _line(path, root)
    if root is not None and replit_state(root) is State.JUDGED:
        yield _line(root / NAME, root)
    if hooks.kept.owner is not Owner.ABSENT and not _chains(hooks):
        yield (
            f"schemadiff: {shown(hooks.kept.path, root)} is the hook that was there"
            " before schemadiff's;\n"
            f"  {shown(hooks.push.path, root)} has taken its place since. Keep the one"
            " that you want"
        )


def _chains(hooks: Hooks) -> bool:
    ours = (each.owner is Owner.SCHEMADIFF for each in (hooks.push, hooks.legacy))
    return any(ours)


def _line(path: Path, root: Path | None) -> str:
    return f"schemadiff: {shown(path, root)} still calls schemadiff: take it out there"
