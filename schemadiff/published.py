"""What production was published from, where each publish leaves a commit or a tag."""

from collections.abc import Iterator
from itertools import chain, islice, pairwise

from schemadiff.deployed import settings_at
from schemadiff.errors import SchemadiffError
from schemadiff.git.comparison import INDEX, WORK_TREE, Comparison, Revision
from schemadiff.git.history import published, tagged
from schemadiff.git.inputs import named_head
from schemadiff.git.repository import Repository
from schemadiff.judgement import step_blocks
from schemadiff.settings import Settings

PUBLISHED = "published"
_FAR = 50  # publishes that are looked at; a step costs a comparison


def since_published(repository: Repository, head: str | None) -> Comparison:
    """Compare `head` with what production was published from, as far as commits tell.

    That is the last publish before `head` whose own step from the publish before it
    is clean or allowed: one that is not was stopped on its way to production. Raise
    SchemadiffError if there is no publish, if Git has something of that name too, and
    where a shallow clone hides what was published before.
    """
    if repository.resolve(PUBLISHED) is not None:
        raise SchemadiffError(
            f"{PUBLISHED} is what --base calls the last publish, and a ref here too",
            f"give the ref another name, or write --base heads/{PUBLISHED}",
        )
    judged = named_head(repository, head)
    is_committed = judged.commit not in (WORK_TREE, INDEX)
    commit = judged.commit if is_committed else repository.commit("HEAD")
    settings = settings_at(repository, commit) or Settings()
    before = _publishes(repository, commit, settings, with_head=not is_committed)
    newest = next(before, None)
    if newest is not None:
        return Comparison(_deployed(repository, newest, before), judged)
    if repository.is_shallow():
        raise _cut_off(repository, judged.label)
    if is_committed and _is_publish(repository, commit, settings):
        note = f"{judged.label} is the first publish: nothing was deployed before"
        return Comparison(None, judged, note)
    what = f"commit titled {settings.published!r}"
    if settings.published_tag:
        what = f"tag {settings.published_tag!r}"
    raise SchemadiffError(
        f"there is no {what} before {judged.label}",
        "published or published-tag in schemadiff.toml says what to look for; before"
        " the first publish there is nothing to lose, and nothing to compare with",
    )


def _publishes(
    repository: Repository, commit: str, settings: Settings, *, with_head: bool
) -> Iterator[Revision]:
    """Yield the publishes before a commit, newest first, as reports call them."""
    if settings.published_tag:
        yield from tagged(
            repository, commit, settings.published_tag, with_head=with_head
        )
        return
    for each in published(repository, commit, settings.published, with_head=with_head):
        yield each._replace(label=f"{PUBLISHED} {each.label}")


def _is_publish(repository: Repository, commit: str, settings: Settings) -> bool:
    first = next(_publishes(repository, commit, settings, with_head=True), None)
    return first is not None and first.commit == commit


def _deployed(
    repository: Repository, newest: Revision, older: Iterator[Revision]
) -> Revision:
    """Return the newest publish that reached production.

    Where the publish before one ran the check itself and was stopped by it, its
    loss is still to come: to publish the same once more must not count as clean.
    """
    publishes = list(islice(chain([newest], older), _FAR))
    found = publishes[-1]
    steps: list[tuple[Revision, Revision, bool]] = []
    for newer, before in pairwise(publishes):
        is_stopped = _is_stopped(repository, before, newer)
        if not is_stopped and not _runs_the_check(repository, before):
            found = newer
            break
        steps.append((before, newer, is_stopped))
    else:
        if len(publishes) < _FAR and repository.is_shallow():
            raise _cut_off(repository, found.label)
    for before, newer, is_stopped in reversed(steps):
        if is_stopped:
            continue
        still_there = found != before and _runs_the_check(repository, before)
        if not (still_there and _is_stopped(repository, found, newer)):
            found = newer
    return found


def _is_stopped(repository: Repository, before: Revision, publish: Revision) -> bool:
    """Tell whether going from one publish to another would have been blocked."""
    try:
        settings_at(repository, publish.commit)
    except SchemadiffError:
        return True  # nothing could be judged with such settings
    return step_blocks(repository, before, publish)


def _runs_the_check(repository: Repository, publish: Revision) -> bool:
    """Tell whether the platform was told to run this check before that publish."""
    stored = repository.objects.read(f"{publish.commit}:.replit")
    return stored is not None and b"schemadiff" in stored.data


def _cut_off(repository: Repository, label: str) -> SchemadiffError:
    fetch = "git fetch --unshallow   (GitHub: actions/checkout with fetch-depth: 0)"
    return SchemadiffError(
        f"this clone is shallow, so it does not show what was published before {label}",
        fetch if repository.remotes() else None,
    )
