"""Whether a push was judged already by our hook that pre-commit or prek ran first."""

from collections.abc import Mapping
from pathlib import Path

from schemadiff.git.hooks import hooks_place
from schemadiff.git.repository import Repository
from schemadiff.install.hook import LEGACY, PUSH, hook_at
from schemadiff.install.words import Owner

_OF_A_PUSH = ("GIT_EXEC_PATH", "PRE_COMMIT_REMOTE_NAME")
"""Git sets the first for hooks, pre-commit and prek the second when Git called them."""


def judged_earlier(repository: Repository, environ: Mapping[str, str]) -> Path | None:
    """Return our native hook that has judged the push that is going on, if one has.

    pre-commit (commands/hook_impl.py) and prek run an executable `pre-push.legacy`
    before their own hooks, tell it every ref, and fail the push when it fails,
    whatever their hooks answer. It has run if Git itself takes the push hook from
    them, in the folder where ours is the legacy one.
    """
    if environ.get("PRE_COMMIT") != "1" or not all(map(environ.get, _OF_A_PUSH)):
        return None
    directory = hooks_place(repository).directory
    theirs, ours = hook_at(directory / PUSH), hook_at(directory / LEGACY)
    if theirs.owner not in (Owner.PRE_COMMIT, Owner.PREK) or not theirs.runs:
        return None
    return ours.path if ours.owner is Owner.SCHEMADIFF and ours.runs else None
