"""What to compare on a build machine, as its environment says.

For GitHub that is also in the event file, the payload of a webhook.
"""

import json
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from shlex import quote
from typing import NamedTuple

from schemadiff.errors import SchemadiffError
from schemadiff.git.comparison import Comparison, Revision
from schemadiff.git.machines import ANY, EVENT, GITHUB, Machine, Source, machine_of
from schemadiff.git.objects import is_oid, is_zeros
from schemadiff.git.pushed import NO_EARLIER
from schemadiff.git.repository import Repository, short

FIRST_PARENT = (
    "nothing here names what was deployed before; compared with the commit before"
    " (--base REVISION names another)"
)
_HEADS = "refs/heads/"
_PULL_REQUEST = "actions/checkout with ref: ${{ github.event.pull_request.head.sha }}"


class _Build(NamedTuple):
    """What is built, and what is known of it; `commit` is the one of `head`."""

    repository: Repository
    head: Revision
    commit: str
    environ: Mapping[str, str]
    machine: Machine
    event: object

    def compared(self, base: Revision | None, note: str | None = None) -> Comparison:
        """Return a comparison for the branch that is built, or merged into."""
        ref, into = _ref(self.environ, self.machine, self.event)
        remote = ""
        if ref.startswith(_HEADS) and not into and not self.repository.is_shallow():
            remote = next(iter(self.repository.remotes()), "")
        return Comparison(base, self.head, note, remote, ref)

    def unchanged(self, note: str) -> Comparison:
        """Say why there is nothing to compare; raise where history is cut off."""
        if self.repository.is_shallow():
            raise self.cut_off("what was there before")
        return self.compared(None, note)

    def cut_off(self, what: str) -> SchemadiffError:
        """Return the error for history that ends before it shows `what`."""
        fetch = "git fetch --unshallow" if self.repository.remotes() else ""
        return SchemadiffError(
            f"this clone is shallow, so it does not show {what}",
            self.remedy(fetch),
        )

    def remedy(self, fetch: str) -> str:
        """Return the line that fetches, and where to write that all is fetched."""
        deepen = self.machine.deepen if self.repository.is_shallow() else ""
        if not fetch or not deepen:
            return fetch or deepen
        return f"{fetch}   (or {deepen})"


def on_build_machine(
    repository: Repository,
    head: Revision,
    commit: str,
    environ: Mapping[str, str],
    judged: Callable[[str], bool] | None,
) -> Comparison:
    """Return what a build machine has `head`, which is at `commit`, compared with.

    The base is None for a ref that is not `judged`, and where there was nothing
    before; `judged` is None where a person named the head. Raise SchemadiffError,
    with the line that fetches it, for what is named but not in this checkout, and
    where a shallow clone hides what was before.
    """
    machine = machine_of(environ)
    event = _event(environ)
    build = _Build(repository, head, commit, environ, machine, event)
    if judged is not None:
        ref, _ = _ref(environ, machine, event)
        if isinstance(event, dict) and event.get("deleted") is True:
            return Comparison(None, head, f"{ref} was deleted: nothing to judge")
        if ref and not judged(ref):
            note = f"{ref} is not judged; --base names what to compare with"
            return Comparison(None, head, note, ref=ref)
    return _merged(build) or _named(build) or _unnamed(build)


def built_ref(environ: Mapping[str, str]) -> str:
    """Return the full name of the branch or tag that is built; empty if unknown.

    For a pull request it is the branch to merge into.
    """
    return _ref(environ, machine_of(environ), None)[0]


def _ref(
    environ: Mapping[str, str], machine: Machine, event: object
) -> tuple[str, bool]:
    """Return the ref that is built, and whether it is only to be merged into."""
    group = _at(event, "merge_group", "base_ref")
    if group:
        return group, True
    for source in machine.sources:
        if source.tip and not source.name.startswith(EVENT):
            value = source.value(environ)
            if value and not is_oid(value) and not source.name.endswith("_COMMIT"):
                return _HEADS + value, True
    if machine in (GITHUB, ANY):
        ref = environ.get("GITHUB_REF", "")
        return ("", False) if ref.startswith("refs/pull/") else (ref, False)
    tag = environ.get(machine.tag, "")
    if tag:
        return f"refs/tags/{tag}", False
    branch = environ.get(machine.branch, "")
    is_full = not branch or branch.startswith("refs/")
    return (branch if is_full else _HEADS + branch), False


def _event(environ: Mapping[str, str]) -> object:
    """Return GitHub's event; None where there is none."""
    path = environ.get("GITHUB_EVENT_PATH", "")
    if environ.get("GITHUB_ACTIONS") != "true" or not path:
        return None
    try:
        event: object = json.loads(Path(path).read_text(encoding="utf-8"))
    except FileNotFoundError:
        return None
    except (OSError, ValueError) as failure:
        raise SchemadiffError(
            f"{path}, which GITHUB_EVENT_PATH names, is no JSON file: {failure}"
        ) from failure
    return event


def _at(data: object, *keys: str) -> str:
    for key in keys:
        data = data.get(key) if isinstance(data, dict) else None
    return data if isinstance(data, str) else ""


def _merged(build: _Build) -> Comparison | None:
    """Compare the merge that GitHub checks out with its side of the base branch."""
    pushed = _at(build.event, "pull_request", "head", "sha")
    parents = build.repository.parents(build.commit)
    if not pushed or pushed not in parents[1:]:
        return None
    found = build.repository.resolve(parents[0])
    if found is None:
        merge = "the merge that GitHub checked out"
        raise _missing(build, Source(merge, merge), parents[0])
    return build.compared(_revision(build, parents[0]))


def _revision(build: _Build, commit: str) -> Revision:
    """Return a commit with the name of the remote's branch that is there, if any."""
    for name in build.repository.remotes():
        label = build.repository.remote(name).label(commit)
        if label is not None:
            return Revision(commit, label)
    return Revision(commit, short(commit))


def _sources(build: _Build) -> Iterator[tuple[Source, str]]:
    """Yield what names a base in this build, and the revision that it names."""
    for source in build.machine.sources:
        if source.name.startswith(EVENT):
            keys = source.name.removeprefix(EVENT).split(".")
            # A pull request's event has a `before` of its own, its last head.
            is_push = not _at(build.event, "pull_request", "base", "sha")
            value = _at(build.event, *keys) if is_push or len(keys) > 1 else ""
            value = value.removeprefix(_HEADS)
        else:
            value = source.value(build.environ)
        if value and not is_zeros(value):
            yield source, value


def _named(build: _Build) -> Comparison | None:
    """Compare with the first of what is named that is here; None if nothing is."""
    sources = list(_sources(build))
    same, hidden = "", False
    for source, value in sources:
        found = _found(build.repository, value)
        if found is None:
            continue
        if not source.tip:
            if found.commit == build.commit:
                note = (
                    f"{build.head.label} is what {source.name} names: nothing changed"
                )
                return build.compared(None, note)
            return build.compared(found)
        base = build.repository.common_ancestor(found.commit, build.commit)
        if base is None and build.repository.is_shallow():
            hidden = True
        elif base == build.commit:
            same = same or found.label
        else:
            is_tip = base in (None, found.commit)
            return build.compared(found if is_tip else _revision(build, base or ""))
    if same:
        return _nothing_new(build, same)
    if hidden:
        raise build.cut_off(f"where {build.head.label} and {sources[0][1]} parted")
    if sources:
        raise _missing(build, *sources[0])
    return None


def _nothing_new(build: _Build, there: str) -> Comparison:
    """Say that head is contained in what it is to be merged into."""
    pushed = _at(build.event, "pull_request", "head", "sha")
    if pushed and pushed != build.commit:
        raise SchemadiffError(
            f"{build.head.label} is on {there}; what the pull request would merge,"
            f" {short(pushed)}, was not checked out",
            _PULL_REQUEST,
        )
    return build.unchanged(f"{build.head.label} has nothing that {there} lacks")


def _found(repository: Repository, revision: str) -> Revision | None:
    """Return a commit by id or abbreviation, or a branch as the remote has it."""
    if is_oid(revision):
        commit = repository.resolve(revision)
        return Revision(commit, short(commit)) if commit else None
    for name in repository.remotes():
        tip = repository.remote(name).branches.get(revision)
        if tip is not None:
            return Revision(tip, f"{name}/{revision}")
    commit = repository.resolve(revision)
    return Revision(commit, revision) if commit else None


def _missing(build: _Build, source: Source, value: str) -> SchemadiffError:
    # Trees are all that is compared: for a base one commit is enough, for a tip it
    # takes the history. In a whole clone a depth would cut history off.
    depth = ""
    if build.repository.is_shallow():
        depth = "--unshallow " if source.tip else "--depth=1 "
    remote = next(iter(build.repository.remotes()), "")
    what = value if is_oid(value) else f"{value}:refs/remotes/{remote}/{value}"
    fetch = f"git fetch {depth}{quote(remote)} {quote(what)}" if remote else ""
    remedy = build.remedy(fetch)
    if isinstance(build.event, dict) and build.event.get("forced") is True:
        remedy = fetch  # no branch has that commit any more, whatever the depth
    return SchemadiffError(
        f"{value}, named by {source.name}, is not in this checkout,"
        " so nothing can be compared with it",
        remedy or "schemadiff check --base REVISION names another",
    )


def _unnamed(build: _Build) -> Comparison:
    """Compare with where head left the trunk, or with the commit before on it.

    On a build machine a branch's own remote-tracking ref is the very commit built.
    """
    repository = build.repository
    trunk = build.environ.get(build.machine.trunk, "") or _at(
        build.event, "repository", "default_branch"
    )
    for name in repository.remotes():
        remote = repository.remote(name)
        called = trunk or remote.trunk or ""
        tip = remote.branches.get(called)
        if tip is None:
            continue
        base = repository.common_ancestor(tip, build.commit)
        if base is None and repository.is_shallow():
            raise build.cut_off(f"where {build.head.label} and {name}/{called} parted")
        if base == build.commit:
            return _on_trunk(build, f"{name}/{called}")
        if base is not None:
            return build.compared(_revision(build, base))
    if trunk and repository.remotes():
        where = build.machine.trunk or f"{EVENT}repository.default_branch"
        raise _missing(build, Source("", where, tip=True), trunk)
    return _first_parent(build)


def _on_trunk(build: _Build, trunk: str) -> Comparison:
    """Compare a commit that the trunk has with the one before, if that may be it."""
    ref = _ref(build.environ, build.machine, build.event)[0]
    if ref.startswith(_HEADS) and ref.removeprefix(_HEADS) != trunk.partition("/")[2]:
        return build.unchanged(f"{build.head.label} has nothing that {trunk} lacks")
    if build.machine.knows_pushes:
        return build.unchanged(f"{NO_EARLIER}; --base REVISION names one")
    return _first_parent(build)


def _first_parent(build: _Build) -> Comparison:
    parents = build.repository.parents(build.commit)
    if not parents:
        return build.unchanged(NO_EARLIER)
    if build.repository.resolve(parents[0]) is None:
        raise build.cut_off("what was there before")
    label = f"{build.head.label}^1" if build.head.commit == build.commit else ""
    base = Revision(parents[0], label or short(parents[0]))
    return build.compared(base, FIRST_PARENT)
