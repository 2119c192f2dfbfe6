"""What the settings say of where a project is deployed from: which refs."""

from collections.abc import Callable, Iterable, Mapping

from schemadiff.git.new_refs import Deployed
from schemadiff.git.pushes import is_judged
from schemadiff.git.repository import Repository, short

TYPE_CHECKING = False  # the quiet path does without the module typing
if TYPE_CHECKING:
    from schemadiff.git.comparison import Comparison
    from schemadiff.settings import Settings


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


def deployed_refs(repository: Repository) -> Deployed:
    """Return how a push finds out which refs are deployed: the ones in `protect`.

    The settings are those of the commit that is pushed.
    """

    def named(ref: str, commit: str) -> Callable[[str], bool] | None:
        settings = settings_at(repository, commit)
        if settings is None or settings.protect is None or not settings.protects([ref]):
            return None
        return lambda other: settings.protects([other])

    return named


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


def checked(
    repository: Repository,
    base: str | None,
    head: str | None,
    environ: Mapping[str, str],
) -> "list[Comparison]":
    """Return what a check compares, by what a person named and what settings say.

    As `comparisons` in `schemadiff.git.inputs`, which says more.
    """
    # A push that Git itself tells of needs none of these, and Git begins to work
    # while they are imported.
    from schemadiff.git.environment import is_ci  # noqa: PLC0415
    from schemadiff.git.inputs import comparisons  # noqa: PLC0415

    repository.opened()
    pushed = environ.get("PRE_COMMIT_REMOTE_BRANCH", "")
    heads = {pushed: environ.get("PRE_COMMIT_TO_REF", "HEAD")}
    if is_ci(environ):
        from schemadiff.git.ci import built_ref  # noqa: PLC0415

        heads = {built_ref(environ): "HEAD"} | heads
    judged, deployed = judged_refs(repository, heads), deployed_refs(repository)
    return comparisons(repository, base, head, environ, judged, deployed)
