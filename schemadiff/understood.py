"""The schema as it was understood: `schemadiff schema`."""

import json

from schemadiff.drizzle.snapshot import snapshot
from schemadiff.errors import SchemadiffError
from schemadiff.git.comparison import INDEX, WORK_TREE
from schemadiff.git.repository import Repository
from schemadiff.git.trees import TreeFiles
from schemadiff.git.unpushed import IndexFiles, WorktreeFiles
from schemadiff.project import Declared, Side
from schemadiff.report.escape import visible
from schemadiff.report.schema_text import schema_text
from schemadiff.settings import read_settings
from schemadiff.source import Files
from schemadiff.typescript.syntax import Trees


def shown_schema(revision: str, config: str | None, form: str) -> tuple[int, str]:
    """Return what a revision declares, after 1 if something was unreadable, else 0.

    Raises `SchemadiffError` for an unknown revision or config, and when there are
    several configs but the format holds one schema only.
    """
    repository = Repository.open()
    try:
        declared = _declared(_files(repository, revision), config)
        text = _texts(declared) if form == "text" else _json(declared, form)
        return (1 if any(each.schema.unreadable for each in declared) else 0), text
    finally:
        repository.close()


def _files(repository: Repository, revision: str) -> Files:
    if revision == WORK_TREE:
        return WorktreeFiles(repository)
    if revision == INDEX:
        return IndexFiles(repository)
    return TreeFiles(repository, repository.commit(revision), revision)


def _declared(files: Files, config: str | None) -> list[Declared]:
    side = Side(files, Trees(), read_settings(files), named=(config,) if config else ())
    found = [each for each in side.projects.values() if each.config.is_postgres]
    if config is not None:
        found = [each for each in found if each.config.path == config]
        if not found:
            raise SchemadiffError(
                f"{config} is not a Postgres config of {files.label}",
                f"there are: {', '.join(side.projects) or 'none'}",
            )
    if not found:
        raise SchemadiffError(
            f"{files.label} has no Drizzle config and no file that imports"
            " drizzle-orm/pg-core",
            "name the schema files in schemadiff.toml",
        )
    return found


def _texts(declared: list[Declared]) -> str:
    several = len(declared) > 1
    texts = [
        (f"# {visible(each.config.path)}\n\n" if several else "")
        + visible(schema_text(each.schema), newlines=True)
        for each in declared
    ]
    return "\n".join(texts)


def _json(declared: list[Declared], form: str) -> str:
    if form == "drizzle" and len(declared) > 1:
        names = ", ".join(each.config.path for each in declared)
        raise SchemadiffError(
            f"there are several Drizzle configs: {names}", "name one with --config"
        )
    data: object = {each.config.path: snapshot(each.schema) for each in declared}
    if form == "drizzle":
        data = snapshot(declared[0].schema)
    return json.dumps(data, indent=2) + "\n"
