"""Looking at a repository as a push from it would be judged; nothing is changed."""

import platform
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TypeVar

from schemadiff import __version__
from schemadiff.deploy.way import NOTHING_SAYS
from schemadiff.deployed import checked
from schemadiff.doctor.diagnosis import (
    Diagnosis,
    Lack,
    SeenCommit,
    SeenHook,
    SeenProject,
    SeenRepository,
    SeenTool,
    SeenVersions,
)
from schemadiff.doctor.hooks import missing_hooks
from schemadiff.doctor.projects import missing_in, seen_projects
from schemadiff.errors import SchemadiffError
from schemadiff.git.comparison import WORK_TREE, Comparison
from schemadiff.git.environment import is_ci
from schemadiff.git.pushed import NO_EARLIER
from schemadiff.git.repository import Repository
from schemadiff.git.trees import TreeFiles
from schemadiff.git.unpushed import WorktreeFiles, dirty_paths
from schemadiff.install.hooks import Hooks, found_hooks
from schemadiff.install.replit import State, replit_state
from schemadiff.install.sentences import shown
from schemadiff.judgement import ALLOW
from schemadiff.project import Side
from schemadiff.published import since_published
from schemadiff.settings import PATH, Settings, read_settings
from schemadiff.source import Files
from schemadiff.typescript.syntax import Trees

_CI = re.compile(
    r"(?:\.github/workflows|\.circleci|\.buildkite)/[^/]+\.ya?ml\Z"
    r"|(?:\.gitlab-ci|bitbucket-pipelines|azure-pipelines|cloudbuild)\.ya?ml\Z"
    r"|(?:Jenkinsfile|vercel\.json|netlify\.toml)\Z"
)
_UNDER_WAY = {
    "rebase-merge": "a rebase is going on",
    "rebase-apply": "a rebase is going on",
    "MERGE_HEAD": "a merge is going on",
    "CHERRY_PICK_HEAD": "a cherry-pick is going on",
    "REVERT_HEAD": "a revert is going on",
    "BISECT_LOG": "a bisection is going on",
}
_UNJUDGED_PUBLISH = (
    "a publish is not a push, and not judged: `schemadiff install --replit` puts the"
    " check before its build"
)
_FEW = 4

Found = TypeVar("Found")


def examine(repository: Repository, environ: Mapping[str, str]) -> Diagnosis:
    """Return what there is here, and what is missing, hooks first."""
    lacks: list[Lack] = []
    notes: list[str] = []
    head, hooks = repository.head(), found_hooks(repository)
    files = _files(repository, head, notes)
    lacks += _missing(repository, hooks, environ, notes)
    settings = _tried(lambda: read_settings(files), lacks) if files else None
    side = Side(files, Trees(), settings or Settings()) if files else None
    compared = _tried(lambda: _compared(repository, environ), lacks)
    projects = _projects(side, _before(repository, compared, side), lacks)
    lacks += _cut_off(repository, compared)
    published = _published(repository, files, notes) if head else None
    notes += _not_committed(repository, files, projects)
    is_judged = _is_publish_judged(repository)
    if published is not None and is_judged is False:
        notes.append(_UNJUDGED_PUBLISH)
    return Diagnosis(
        _versions(repository),
        _place(repository, head, files),
        PATH if files and files.entry(PATH) else None,
        _hooks(hooks, repository.work_tree),
        tuple(_tools(hooks)),
        tuple(_ci(files)),
        projects,
        _commit(repository, compared),
        compared.note if compared else None,
        published,
        is_judged,
        (*notes, *_assumed(projects)),
        tuple({each.what: each for each in lacks}.values()),
        2 if files and settings is None else 1 if lacks else 0,
    )


def _projects(
    side: Side | None, before: Side | None, lacks: list[Lack]
) -> tuple[SeenProject, ...]:
    if side is None:
        return ()
    projects = _tried(lambda: seen_projects(side, before), lacks)
    if projects is not None:
        lacks += missing_in(projects)
    return projects or ()


def _tried(look: Callable[[], Found], lacks: list[Lack]) -> Found | None:
    """Return what looking finds; what hinders it is missing, and None is found."""
    try:
        return look()
    except SchemadiffError as error:
        lacks.append(Lack(error.message, (error.remedy,) if error.remedy else ()))
        return None


def _files(repository: Repository, head: str | None, notes: list[str]) -> Files | None:
    """Return the files of the work tree, where it has any that can be told."""
    if repository.work_tree is not None:
        files = WorktreeFiles(repository)
        try:
            files.entry("")
        except SchemadiffError as error:  # a merge is not resolved yet
            notes.append(f"{error.message}: the files of HEAD were looked at instead")
        else:
            return files
    return TreeFiles(repository, head, "HEAD") if head else None


def _compared(repository: Repository, environ: Mapping[str, str]) -> Comparison:
    outside = {k: v for k, v in environ.items() if not k.startswith("PRE_COMMIT")}
    return checked(repository, None, None, outside)[0]


def _before(
    repository: Repository, compared: Comparison | None, side: Side | None
) -> Side | None:
    """Return what a push would be compared with; its migrations may tell the way."""
    base = compared.base if compared else None
    if base is None or side is None:
        return None
    return Side(TreeFiles(repository, *base), Trees(), side.settings)


def _cut_off(repository: Repository, compared: Comparison | None) -> Iterator[Lack]:
    if compared is None or compared.base is not None or not repository.is_shallow():
        return
    if (compared.note or "").startswith(NO_EARLIER):
        what = "this clone is shallow and ends at HEAD: nothing can be compared with it"
        yield Lack(what, ("git fetch --unshallow",))


def _not_committed(
    repository: Repository, files: Files | None, projects: Sequence[SeenProject]
) -> Iterator[str]:
    """Yield which files were read here that a push would take otherwise, or not."""
    if not isinstance(files, WorktreeFiles) or repository.head() is None:
        return
    paths = {PATH, *(path for each in projects for path in (each.config, *each.files))}
    committed = TreeFiles(repository, repository.head() or "", "HEAD")
    changed = set(dirty_paths(repository, sorted(paths)))
    changed |= {each for each in paths if _is_new(each, files, committed)}
    if changed:
        yield f"a push does not take what is not committed: {_few(sorted(changed))}"


def _is_new(path: str, files: Files, committed: Files) -> bool:
    return files.entry(path) is not None and committed.entry(path) is None


def _few(names: Sequence[str]) -> str:
    more = len(names) - _FEW
    return ", ".join(names[:_FEW]) + (f" and {more} more" if more > 0 else "")


def _commit(repository: Repository, compared: Comparison | None) -> SeenCommit | None:
    base = compared.base if compared else None
    if base is None:
        return None
    return SeenCommit(base.label, base.commit, _date(repository, base.commit))


def _date(repository: Repository, commit: str) -> str:
    """Return the day on which a commit was made."""
    asked = ("rev-list", "--max-count=1", "--format=%cs", commit, "--")
    return repository.commands.run(*asked).text.split("\n")[1]


def _published(
    repository: Repository, files: Files | None, notes: list[str]
) -> SeenCommit | None:
    """Return what production was published from; a note says why that is not known."""
    try:
        base = since_published(repository, WORK_TREE).base
    except SchemadiffError as error:
        if files is not None and files.entry(".replit") is not None:
            notes.append(error.message)
        return None
    if base is None:
        return None
    return SeenCommit(base.label, base.commit, _date(repository, base.commit))


def _missing(
    repository: Repository,
    hooks: Hooks,
    environ: Mapping[str, str],
    notes: list[str],
) -> Iterator[Lack]:
    for scope, value in repository.config_values(ALLOW):
        if scope != "command":
            what = f"{ALLOW}={value} is set in Git's {scope} configuration, so that"
            line = f"git config --{scope} --unset-all {ALLOW}"
            yield Lack(f"{what} every push is refused", (line,))
    if is_ci(environ):
        notes.append("on a build machine no push hook runs: schemadiff check judges")
    elif repository.work_tree is None:
        notes.append("a bare repository is pushed to; a hook is for those who push")
    else:
        yield from missing_hooks(hooks, repository.work_tree)


def _hooks(hooks: Hooks, root: Path | None) -> tuple[SeenHook, ...]:
    return tuple(
        SeenHook(shown(each.path, root), each.owner.value, each.judges)
        for each in hooks.running
    )


def _tools(hooks: Hooks) -> Iterator[SeenTool]:
    for each in hooks.tools:
        if each.in_use:
            judges = each.at_push and each.problem is None
            yield SeenTool(each.path, each.owner.value, judges)


def _is_publish_judged(repository: Repository) -> bool | None:
    if repository.work_tree is None:
        return None
    state = replit_state(repository.work_tree)
    return None if state is State.ABSENT else state is State.JUDGED


def _ci(files: Files | None) -> Iterator[str]:
    if files is None:
        return
    for path in files.paths():
        if _CI.match(path) and _names_us(files, path):
            yield path


def _names_us(files: Files, path: str) -> bool:
    try:
        return b"schemadiff" in (files.read(path) or b"")
    except SchemadiffError:  # a partial clone need not hold it
        return False


def _assumed(projects: tuple[SeenProject, ...]) -> Iterator[str]:
    for each in projects:
        if each.evidence == NOTHING_SAYS:
            yield (
                f"{each.config}: push is assumed, the worse way; deploy ="
                f' "migrations" in {PATH} says otherwise'
            )


def _versions(repository: Repository) -> SeenVersions:
    git = repository.commands.run("version").text.removeprefix("git version").split()
    return SeenVersions(__version__, platform.python_version(), git[0] if git else "")


def _place(
    repository: Repository, head: str | None, files: Files | None
) -> SeenRepository:
    asked = ("rev-parse", "--absolute-git-dir", "--git-common-dir",
             "--show-superproject-working-tree")  # fmt: skip
    own, common, *outer = repository.commands.run(*asked).text.split("\n")
    directory, root = Path(own), repository.work_tree
    named = ("symbolic-ref", "--quiet", "HEAD")
    branch = repository.commands.run(*named, accept=(0, 1)).text.strip()
    states = ["a bare repository"] if root is None else []
    if (repository.directory / common).resolve() != directory.resolve():
        states.append("a linked work tree")
    states += ["a submodule"] if any(outer) else []
    states += ["a shallow clone"] if repository.is_shallow() else []
    states += [] if branch else ["HEAD is detached"]
    states += dict.fromkeys(
        said for name, said in _UNDER_WAY.items() if (directory / name).exists()
    )
    return SeenRepository(
        str(root or directory),
        branch.removeprefix("refs/heads/") or None,
        head,
        files.label if files else None,
        tuple(states),
    )
