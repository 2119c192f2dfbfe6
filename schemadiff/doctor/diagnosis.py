"""What the doctor found, as data for its two renderers."""

from schemadiff.record import record


@record
class Lack:
    """Something missing, or unreadable, and the lines that remedy it."""

    what: str
    remedy: tuple[str, ...] = ()


@record
class SeenHook:
    """A hook that a push from here would run; `owner` is whose it is."""

    path: str
    owner: str
    judges: bool


@record
class SeenTool:
    """A configuration of a hook tool; `at_push` says whether it judges pushes."""

    path: str
    owner: str
    at_push: bool


@record
class SeenPart:
    """A part of a schema that cannot be read; `place` is `path:line`, if known."""

    subject: str
    reason: str
    place: str | None


@record
class SeenProject:
    """One Drizzle config, or what stands for one, as a push would be judged by it.

    `dialect` is None where the config does not say it readably. `kit` is the version
    of drizzle-kit, which `kit_source` says; both are None where nothing does. `source`
    says what the config is known by, `files_source` what its `files` are.
    """

    config: str
    dialect: str | None
    files: tuple[str, ...] = ()
    tables: int = 0
    kit: str | None = None
    kit_source: str | None = None
    ways: tuple[str, ...] = ()
    evidence: str = ""
    unreadable: tuple[SeenPart, ...] = ()
    source: str | None = None
    files_source: str | None = None


@record
class SeenCommit:
    """A commit that something is compared with, as reports call it."""

    label: str
    commit: str
    date: str


@record
class SeenRepository:
    """Where the doctor looked.

    `root` is the work tree's, or the Git directory of a bare repository. `head` is the
    branch, or None where HEAD is detached, and `commit` None before the first commit.
    `files` says where the files were read: `work tree` or `HEAD`, None without any.
    `states` are what is unusual about it, such as `a shallow clone`.
    """

    root: str
    head: str | None
    commit: str | None
    files: str | None
    states: tuple[str, ...] = ()


@record
class SeenVersions:
    """What is installed."""

    schemadiff: str
    python: str
    git: str


@record
class Diagnosis:
    """What is there, what a push from here would be judged by, and what is missing.

    `base` is what a push of HEAD would be compared with, as far as this clone knows,
    and `base_note` what there is to say of it. `published` is what production was
    published from, `is_publish_judged` whether `.replit` has a check before its build,
    None without one. `ci` are the files that run schemadiff on a build machine.
    `code` is the exit code: 2 where the settings mean nothing, 1 where anything lacks.
    """

    versions: SeenVersions
    repository: SeenRepository
    settings: str | None
    hooks: tuple[SeenHook, ...]
    tools: tuple[SeenTool, ...]
    ci: tuple[str, ...]
    projects: tuple[SeenProject, ...]
    base: SeenCommit | None
    base_note: str | None
    published: SeenCommit | None
    is_publish_judged: bool | None
    notes: tuple[str, ...]
    lacks: tuple[Lack, ...]
    code: int = 0
