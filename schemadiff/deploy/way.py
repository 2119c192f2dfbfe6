"""How a project deploys its schema, by what its own files say."""

import json
import posixpath
import re
from collections.abc import Callable, Iterator
from typing import Any

from schemadiff.deploy.assumption import Deploy, Way
from schemadiff.deploy.commands import Commands, files_named, imports_migrator
from schemadiff.errors import SchemadiffError
from schemadiff.regex import regex
from schemadiff.source import Files

NOTHING_SAYS = "nothing in the project says how it deploys"
_RUN_ON_DEPLOY = (
    "build",
    "start",
    "prestart",
    "postinstall",
    "release",
    "vercel-build",
    "heroku-postbuild",
    "gcp-build",
)
"""The npm scripts that platforms run by themselves."""

_RUNS_THE_APPLICATION = ("dev", "start", "serve", "preview")

_DEPLOY_FILES = regex(
    r"""(?:.*/)?(?:
        Dockerfile(?:\.[\w.-]+)? | [\w.-]+\.Dockerfile | Procfile
      | fly(?:\.[\w-]+)?\.toml
      | vercel\.json | netlify\.toml | render\.ya?ml | railway\.(?:json|toml)
      | nixpacks\.toml | app\.json | amplify\.yml | buildspec\.ya?ml
      | heroku\.yml | (?:docker-)?compose(?:\.[\w-]+)?\.ya?ml
      | \.gitlab-ci\.ya?ml | bitbucket-pipelines\.ya?ml | azure-pipelines\.ya?ml
      | cloudbuild\.ya?ml | Jenkinsfile
    )\Z""",
    re.VERBOSE,
)
_CI_FILES = regex(r"(?:\.github/workflows|\.circleci|\.buildkite)/[^/]+\.ya?ml\Z")
_NPM = "package.json"
_CONFIG = regex(r"(?:\A|/)drizzle[\w.-]*\.config\.[cm]?[jt]s\Z")
_SOURCES = regex(r"\.[cm]?[jt]sx?\Z")
_NO_SOURCES = regex(r"(?:\A|/)(?:node_modules|dist|build|\.next|coverage)/|\.d\.ts\Z")
_TESTS = regex(
    r"(?:\A|/)(?:tests?|__tests__|__mocks__|e2e|specs?|fixtures|cypress|playwright)/"
    r"|[._-](?:test|spec|e2e)\.[cm]?[jt]sx?\Z|(?:\A|/)(?:vitest|jest)[^/]*\Z"
)


def deploy_of(
    files: Files,
    *,
    kit: str | None,
    directory: str = "",
    settled: tuple[Way, ...] = (),
    migrations_are_current: Callable[[], bool | None] = lambda: None,
) -> Deploy:
    """Return the version and the ways that are assumed for the project in `directory`.

    Evidence counts in this order: `settled` (what schemadiff.toml says); what is
    run on deploy; the migrations folder: `migrations_are_current` tells whether
    the newest snapshot committed at base equals the schema at base, None where
    there is no snapshot. Without any, push is assumed.
    """
    if settled:
        return Deploy(kit, settled, "schemadiff.toml says so")
    found: dict[Way, str] = {}
    for way, evidence in _evidence(files, directory):
        found.setdefault(way, evidence)
    if found:
        ways = tuple(way for way in Way if way in found)
        return Deploy(kit, ways, " and ".join(found[way] for way in ways))
    current = migrations_are_current()
    if current:
        return Deploy(
            kit, (Way.MIGRATIONS,), "the newest migration snapshot equals the schema"
        )
    if current is None:
        return Deploy(kit, (Way.PUSH,), NOTHING_SAYS)
    return Deploy(
        kit, (Way.PUSH,), "the newest migration snapshot is behind the schema"
    )


def _evidence(files: Files, directory: str) -> Iterator[tuple[Way, str]]:
    scripts = _scripts(files, directory)
    for path, text in _deploy_texts(files, directory):
        for way in Commands(files, scripts, directory).ways(text):
            yield way, f"{path} runs {_named(way)}"
    for name in _RUN_ON_DEPLOY:
        if name in scripts:
            for way in Commands(files, scripts, directory).script(name):
                yield way, f'the script "{name}" runs {_named(way)}'
    yield from _neighbours(files, directory, scripts)
    yield from _migrators(files, directory, scripts)


def _neighbours(
    files: Files, directory: str, scripts: dict[str, str]
) -> Iterator[tuple[Way, str]]:
    """Yield what other packages of the repository run, which call this one's scripts.

    A package with a Drizzle config of its own has a database of its own.
    """
    own = set(_upwards(directory))
    paths = [path for path in files.paths() if "drizzle" in path or path.endswith(_NPM)]
    apart = {posixpath.dirname(path) for path in paths if _CONFIG.search(path)}
    for path in paths:
        folder, name = posixpath.split(path)
        if name != _NPM or folder in own or folder in apart:
            continue
        if _NO_SOURCES.search(path):
            continue
        theirs = _package_scripts(files, path)
        for each in _RUN_ON_DEPLOY:
            if each in theirs:
                commands = Commands(files, scripts | theirs, folder)
                for way in commands.script(each):
                    yield way, f'the script "{each}" of {path} runs {_named(way)}'


def _named(way: Way) -> str:
    return "drizzle-kit push" if way is Way.PUSH else "the migrations"


def _deploy_texts(files: Files, directory: str) -> Iterator[tuple[str, str]]:
    folders = set(_upwards(directory))
    for path in files.paths():
        folder, name = posixpath.split(path)
        if name == ".replit" and folder in folders:
            yield path, "\n".join(_deployment(_text(files, path)))
        elif _CI_FILES.match(path) or (
            _DEPLOY_FILES.match(path) and not _NO_SOURCES.search(path)
        ):
            yield path, _text(files, path)


def _deployment(text: str) -> Iterator[str]:
    """Yield the commands of `[deployment]` in a `.replit`."""
    import tomllib  # noqa: PLC0415 - only where there is a file

    try:
        document = tomllib.loads(text)
    except tomllib.TOMLDecodeError:
        return
    yield from _commands(document.get("deployment"))


def _commands(value: object) -> Iterator[str]:
    """Yield texts, and lists as one line; tables such as `[deployment.build]` too."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, list):
        yield " ".join(str(each) for each in value)
    elif isinstance(value, dict):
        for each in value.values():
            yield from _commands(each)


def _scripts(files: Files, directory: str) -> dict[str, str]:
    scripts: dict[str, str] = {}
    for folder in reversed(list(_upwards(directory))):
        scripts |= _package_scripts(files, posixpath.join(folder, _NPM))
    return scripts


def _package_scripts(files: Files, path: str) -> dict[str, str]:
    try:
        document: Any = json.loads(_text(files, path) or "{}")
    except ValueError:
        return {}
    scripts = document.get("scripts") if isinstance(document, dict) else None
    if not isinstance(scripts, dict):
        return {}
    return {name: text for name, text in scripts.items() if isinstance(text, str)}


def _migrators(
    files: Files, directory: str, scripts: dict[str, str]
) -> Iterator[tuple[Way, str]]:
    """Yield source files that migrate when the application starts.

    A file that only a script of another name runs is no evidence.
    """
    by_hand = {
        posixpath.normpath(posixpath.join(directory, path))
        for name, text in scripts.items()
        if name not in _RUN_ON_DEPLOY and not name.startswith(_RUNS_THE_APPLICATION)
        for path in files_named(text)
    }
    prefix = directory + "/" if directory else ""
    try:
        candidates = files.containing(b"/migrator")
    except SchemadiffError:  # a partial clone need not hold what is no schema file
        return
    for path in candidates:
        if not path.startswith(prefix) or not _SOURCES.search(path):
            continue
        if _NO_SOURCES.search(path) or _TESTS.search(path) or path in by_hand:
            continue
        if imports_migrator(files.read(path) or b""):
            yield Way.MIGRATIONS, f"{path} runs the migrations"
            return


def _upwards(directory: str) -> Iterator[str]:
    """Yield a folder and those around it, up to the root."""
    while directory:
        yield directory
        directory = posixpath.dirname(directory)
    yield ""


def _text(files: Files, path: str) -> str:
    return (files.read(path) or b"").decode("utf-8", "replace")
