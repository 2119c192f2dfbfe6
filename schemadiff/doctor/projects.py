"""What would be judged: every config, with what is taken from it and why."""

from collections.abc import Iterator

from schemadiff.deploy.way import deploy_of
from schemadiff.doctor.diagnosis import Lack, SeenPart, SeenProject
from schemadiff.model import Unreadable
from schemadiff.project import KIT, Declared, Side
from schemadiff.settings import PATH, Settings


def seen_projects(side: Side) -> tuple[SeenProject, ...]:
    """Return the projects of one revision, each read whole."""
    return tuple(_seen(each, side.settings) for each in side.projects.values())


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


def _seen(declared: Declared, settings: Settings) -> SeenProject:
    config = declared.config
    if config.dialect is not None and not config.is_postgres:
        return SeenProject(config.path, config.dialect)
    found = declared.side.versions.of(KIT, declared.folder)
    kit = settings.kit or (found.version if found else None)
    source = PATH if settings.kit else found.source if found else None
    deploy = deploy_of(
        declared.side.files,
        kit=kit,
        directory=declared.folder,
        settled=settings.ways,
        migrations_are_current=lambda: declared.migrations_are_current,
    )
    schema = declared.schema
    return SeenProject(
        config.path,
        config.dialect,
        declared.files.paths,
        len(schema.tables),
        kit,
        source,
        tuple(map(str, deploy.ways)),
        deploy.evidence,
        tuple(map(_part, schema.unreadable)),
    )


def _part(unreadable: Unreadable) -> SeenPart:
    span = unreadable.span
    place = f"{span.path}:{span.line}" if span else None
    return SeenPart(str(unreadable.subject), unreadable.reason, place)
