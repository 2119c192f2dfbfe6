"""What the settings say of where a project is deployed from: refs and publishes."""

import itertools
from collections.abc import Callable, Iterable, Mapping

from schemadiff.errors import SchemadiffError
from schemadiff.git.comparison import INDEX, WORK_TREE, Revision
from schemadiff.git.pushes import is_judged
from schemadiff.git.repository import Repository, short

TYPE_CHECKING = False  # the quiet path does without the module typing
if TYPE_CHECKING:
    from schemadiff.settings import Settings

PUBLISHED = "published"


def settings_at(repository: Repository, commit: str) -> "Settings | None":
    """Return the settings of a commit; None, at next to no cost, if it has none."""
    if repository.objects.read(f"{commit}:schemadiff.toml") is None:
        return None
    from schemadiff.git.trees import TreeFiles  # noqa: PLC0415 - rarely there
    from schemadiff.settings import read_settings  # noqa: PLC0415

    return read_settings(TreeFiles(repository, commit, short(commit)))


def judged_refs(
    repository: Repository, heads: Mapping[str, str]
) -> Callable[[str], bool]:
    """Return which refs of a push are judged: every branch, and tags that are listed.

    `heads` are what is pushed by the remote's ref. A tag is listed by `protect` in the
    settings of what it marks.
    """

    def judged(ref: str) -> bool:
        if is_judged(ref):
            return True
        commit = repository.resolve(heads[ref]) if ref in heads else None
        if commit is None or not ref.startswith("refs/tags/"):
            return False
        settings = settings_at(repository, commit)
        return settings is not None and settings.protects([ref])

    return judged


def unfetched_blocks(repository: Repository, heads: Iterable[str]) -> bool:
    """Tell whether a remote's tip that is not in this repository blocks the push.

    It does unless every pushed revision says otherwise.
    """
    for head in heads:
        commit = repository.resolve(head)
        settings = settings_at(repository, commit) if commit else None
        if settings is None or settings.missing_base == "error":
            return True
    return False


def published_base(repository: Repository, head: str | None) -> Revision:
    """Return what production was published from, as far as `head` tells.

    That is the last publish before `head` whose own step from the publish before it
    is clean or allowed: one that is not was stopped on its way to production. Raise
    SchemadiffError if there is no publish, or Git has something of that name too.
    """
    from schemadiff.judgement import step_blocks  # noqa: PLC0415 - rarely asked for
    from schemadiff.settings import Settings  # noqa: PLC0415

    if repository.resolve(PUBLISHED) is not None:
        raise SchemadiffError(
            f"{PUBLISHED} is what --base calls the last publish, and a ref here too",
            f"give the ref another name, or write --base heads/{PUBLISHED}",
        )
    uncommitted = head in (WORK_TREE, INDEX)
    name = "HEAD" if head is None or uncommitted else head
    commit = repository.commit(name)
    settings = settings_at(repository, commit) or Settings()
    publishes = _publishes(repository, commit, settings, with_head=uncommitted)
    if not publishes:
        what = f"commit titled {settings.published!r}"
        if settings.published_tag:
            what = f"tag {settings.published_tag!r}"
        raise SchemadiffError(
            f"there is no {what} before {name}",
            "published or published-tag in schemadiff.toml says what to look for",
        )
    for newer, older in itertools.pairwise(publishes):
        if not step_blocks(repository, older, newer):
            return newer
    return publishes[-1]


def _publishes(
    repository: Repository, commit: str, settings: "Settings", *, with_head: bool
) -> list[Revision]:
    """Return the publishes before a commit, newest first, as reports call them."""
    from schemadiff.git.history import published, tagged  # noqa: PLC0415 - rarely asked for

    tag, subject = settings.published_tag, settings.published
    if tag:
        return list(tagged(repository, commit, tag, with_head=with_head))
    found = published(repository, commit, subject, with_head=with_head)
    return [each._replace(label=f"{PUBLISHED} {each.label}") for each in found]
