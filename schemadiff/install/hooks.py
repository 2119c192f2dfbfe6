"""What Git would run before a push: whose hooks they are, and what they call."""

from enum import Enum
from pathlib import Path

from schemadiff.git.hooks import hooks_place, tracked_in
from schemadiff.git.repository import Repository
from schemadiff.install.hook import KEPT, LEGACY, PUSH, Hook, hook_at
from schemadiff.install.tools import Tool, configured_tools
from schemadiff.install.words import Owner
from schemadiff.record import record


class Reach(Enum):
    """Whose the folder is that Git takes hooks from."""

    OWN = "own"
    """It is in the repository's Git directory: this clone's alone."""
    WORK_TREE = "work tree"
    """It is among the project's files, and may be committed with them."""
    OUTSIDE = "outside"
    """It is elsewhere: other repositories may use it too."""


@record
class Hooks:
    """What Git would run before a push from a repository.

    `directory` is where Git looks and `own` the repository's own folder for hooks; the
    two differ where `core.hooksPath` is set, to `written` and in `scope`. `committed`
    says whether `directory` holds files that Git tracks. `push` is the hook that Git
    executes, `legacy` what pre-commit and prek execute before their own hooks, `kept`
    what our hook executes after judging; all three lie in `directory`. `tools` are
    configured in the work tree, whether or not their hooks are installed.
    """

    directory: Path
    own: Path
    scope: str | None
    written: str | None
    reach: Reach
    committed: bool
    push: Hook
    legacy: Hook
    kept: Hook
    tools: tuple[Tool, ...]

    @property
    def running(self) -> tuple[Hook, ...]:
        """The hooks that a push would run, in their order."""
        if not self.push.runs:
            return ()
        found = [self.push]
        # They run it first, and go on to their own hooks whatever it answers.
        if self.push.owner in (Owner.PRE_COMMIT, Owner.PREK) and self.legacy.runs:
            found = [self.legacy, self.push]
        if found[0].owner is Owner.SCHEMADIFF and self.kept.runs:
            found.insert(1, self.kept)  # ours runs it once nothing blocks
        return tuple(found)

    @property
    def judging(self) -> Hook | None:
        """The first native hook of a push that calls schemadiff itself."""
        return next((each for each in self.running if each.judges), None)


def found_hooks(repository: Repository) -> Hooks:
    """Return what Git would run before a push from this repository.

    Nothing is executed or changed. A file that cannot be read is somebody else's.
    """
    place = hooks_place(repository)
    root = repository.work_tree
    reach = _reach(place.directory, place.own.parent, root)
    return Hooks(
        place.directory,
        place.own,
        place.scope,
        place.written,
        reach,
        reach is Reach.WORK_TREE and tracked_in(repository, place.directory),
        hook_at(place.directory / PUSH),
        hook_at(place.directory / LEGACY),
        hook_at(place.directory / KEPT),
        configured_tools(root, place.directory) if root is not None else (),
    )


def _reach(directory: Path, git_directory: Path, root: Path | None) -> Reach:
    # The folder itself may be a link out of the Git directory.
    real = directory.resolve()
    if real.is_relative_to(git_directory.resolve()):
        return Reach.OWN
    if root is not None and real.is_relative_to(root.resolve()):
        return Reach.WORK_TREE
    return Reach.OUTSIDE
