"""What would be judged: every config, with what is taken from it and why."""

from collections.abc import Iterator

from schemadiff.doctor.diagnosis import Lack, SeenPart, SeenProject
from schemadiff.drizzle.discovery import Found, find_configs
from schemadiff.errors import SchemadiffError
from schemadiff.model import Unreadable
from schemadiff.pairing import pairs
from schemadiff.project import KIT, NO_CONFIG, Declared, Side
from schemadiff.settings import PATH, Settings
from schemadiff.verdict import assumed_deploy


def seen_projects(side: Side, base: Side | None) -> tuple[SeenProject, ...]:
    """Return the projects of one revision, each read whole.

    `base` is what a push would be compared with.
    """
    settings = side.settings
    before = _before(base, side)
    found = find_configs(side.files, settings.configs, settings.exclude)
    known = {each.path: each for each in found}
    return tuple(
        _seen(each, before.get(path), known.get(path))
        for path, each in side.projects.items()
    )


def _before(base: Side | None, side: Side) -> dict[str, Declared | None]:
    """Return what each config was at base; nothing where base cannot be read."""
    if base is None:
        return {}
    try:
        return {new.config.path: old for old, new in pairs(base, side) if new}
    except SchemadiffError:
        return {}


def missing_in(projects: tuple[SeenProject, ...]) -> Iterator[Lack]:
    """Yield what cannot be judged in them, and what is only assumed."""
    if not projects:
        what = "no Drizzle config and no file that imports drizzle-orm/pg-core is here"
        yield Lack(f"{what}: nothing is judged", (f'{PATH}: configs = ["path"]',))
    for each in projects:
        for part in each.unreadable:
            where = part.place or each.config
            lines = ["write it as a literal, or allow a change of it when it is meant"]
            if not part.subject or part.subject == each.config:
                lines = [f'{PATH}: schema = ["path/of/schema.ts"] names the files']
            yield Lack(f"{where}: {part.subject} {part.reason}", tuple(lines))
        if each.kit is None and each.dialect == "postgresql":
            what = f"{each.config}: no file says which drizzle-kit deploys it, so the"
            yield Lack(
                f"{what} worst of all versions is assumed",
                (f'{PATH}: drizzle-kit = "0.31.4"',),
            )


def _seen(
    declared: Declared, before: Declared | None, known: Found | None
) -> SeenProject:
    config, settings = declared.config, declared.side.settings
    source = _source(config.path, known, settings)
    if config.dialect is not None and not config.is_postgres:
        return SeenProject(config.path, config.dialect, source=source)
    found = declared.side.versions.of(KIT, declared.folder)
    kit = settings.kit or (found.version if found else None)
    kit_source = PATH if settings.kit else found.source if found else None
    deploy = assumed_deploy(before, declared, settings)
    schema = declared.schema
    return SeenProject(
        config.path,
        config.dialect,
        declared.files.paths,
        len(schema.tables),
        kit,
        kit_source,
        tuple(map(str, deploy.ways)),
        deploy.evidence,
        tuple(map(_part, schema.unreadable)),
        source,
        _files_source(declared),
    )


def _source(path: str, known: Found | None, settings: Settings) -> str | None:
    if path == NO_CONFIG:
        return None
    if path in settings.configs:
        return f"{PATH} names it"
    if known is not None and known.directory is not None:
        return "a script of a package.json names it"
    return "by its name"


def _files_source(declared: Declared) -> str:
    config = declared.config
    if declared.side.settings.schema:
        return f"{PATH} names {', '.join(declared.side.settings.schema)}"
    if config.path == NO_CONFIG:
        return "by their import of drizzle-orm/pg-core"
    return f"schema: {', '.join(config.schema or ('not known',))}"


def _part(unreadable: Unreadable) -> SeenPart:
    span = unreadable.span
    place = f"{span.path}:{span.line}" if span else None
    return SeenPart(str(unreadable.subject), unreadable.reason, place)
