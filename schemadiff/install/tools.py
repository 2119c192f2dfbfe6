"""The hook tools that a project has configured, and whether they run schemadiff."""

import json
import tomllib
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from pathlib import Path
from typing import NamedTuple

import yaml

from schemadiff.install.words import Owner, calls_schemadiff

_ID = "schemadiff"
_PUSH = "pre-push"
_MANIFEST = ("pre-commit", "pre-push", "manual")
"""The stages that `.pre-commit-hooks.yaml` gives our hook."""
_OF_THE_MACHINE = (None, "system", "unsupported")
"""The languages of local hooks that find their command on PATH."""
_FORMER = {
    "commit": "pre-commit",
    "push": "pre-push",
    "merge-commit": "pre-merge-commit",
}
_PRE_COMMIT = (
    (".pre-commit-config.yaml", Owner.PRE_COMMIT),
    (".pre-commit-config.yml", Owner.PREK),  # pre-commit itself reads .yaml only
    ("prek.toml", Owner.PREK),
)
_LEFTHOOK = tuple(
    f"{folder}{name}{kind}"
    for name in ("lefthook", "lefthook-local")
    for folder in ("", ".", ".config/")
    for kind in (".yml", ".yaml", ".toml", ".json")
)
# husky 4 and older; newer ones have scripts only.
_HUSKY_4 = (
    ".huskyrc",
    *(f".huskyrc.{kind}" for kind in ("json", "js", "cjs", "yaml", "yml")),
    "husky.config.js",
)
_SIMPLE = tuple(
    f"{dot}simple-git-hooks{kind}"
    for dot in (".", "")
    for kind in (".cjs", ".js", ".mjs", ".json")
)
PACKAGE = "package.json"
# A date that is none is a ValueError of PyYAML, deep nesting a RecursionError.
_UNREADABLE = (OSError, ValueError, yaml.YAMLError, RecursionError)


class Tool(NamedTuple):
    """One configuration of a hook tool in the work tree.

    `path` is from the work tree's root. `has_schemadiff` says whether it names our
    hook, `at_push` whether it runs it when the tool's push hook runs. `stages` are
    those of our hook under pre-commit and prek, `install_types` what `pre-commit
    install` installs without `-t`. `problem` says what is wrong with it, or why it
    could not be read; then the rest is what is known all the same. `in_use` is false
    for what seems left over: a `.husky` folder that no package.json knows of. `lines`
    are the lines of a shell, or the whole script, by which it runs it itself.
    """

    owner: Owner
    path: str
    has_schemadiff: bool = False
    at_push: bool = False
    stages: tuple[str, ...] = ()
    install_types: tuple[str, ...] = ()
    problem: str | None = None
    in_use: bool = True
    lines: tuple[str, ...] = ()


def configured_tools(root: Path, hooks: Path) -> tuple[Tool, ...]:
    """Return the hook tools that a work tree configures; none of them is run.

    `hooks` is the folder that Git takes hooks from.
    """
    return tuple(_tools(root, hooks))


def _tools(root: Path, hooks: Path) -> Iterator[Tool]:
    for name, owner in _PRE_COMMIT:
        if (root / name).is_file():
            yield _read(root, name, owner, partial(_pre_commit, owner, name))
    yield from _husky(root, hooks)
    for name in _LEFTHOOK:
        if (root / name).is_file():
            yield _read(root, name, Owner.LEFTHOOK, partial(_lefthook, name))
    yield from _simple_git_hooks(root)


def _read(
    root: Path, name: str, owner: Owner, made: Callable[[Mapping[str, object]], Tool]
) -> Tool:
    try:
        content = _parsed(name, _text(root / name))
    except _UNREADABLE as failure:
        return _unreadable(owner, name, failure)
    return made(_mapping(content))


def _unreadable(owner: Owner, name: str, failure: Exception) -> Tool:
    reason = " ".join(str(failure).split()) or type(failure).__name__
    return Tool(owner, name, problem=f"it could not be read: {reason}")


def _parsed(name: str, text: str) -> object:
    if name.endswith(".toml"):
        return tomllib.loads(text)
    if name.endswith(".json"):
        return json.loads(text)
    return yaml.safe_load(text)


def _pre_commit(owner: Owner, name: str, config: Mapping[str, object]) -> Tool:
    types = _texts(config.get("default_install_hook_types")) or ("pre-commit",)
    usual = _texts(config.get("default_stages"))
    stages: list[str] = []
    lines: list[str] = []
    found = False
    for repo in _mappings(config.get("repos")):
        for hook in _mappings(repo.get("hooks")):
            words = (*_texts(hook.get("entry")), *_texts(hook.get("args")))
            is_local = repo.get("repo") == "local"
            if is_local and not calls_schemadiff(" ".join(words)):
                continue
            if not is_local and hook.get("id") != _ID:
                continue
            found = True
            if is_local and hook.get("language") in _OF_THE_MACHINE:
                lines.append(" ".join(words))
            # Without stages a local hook runs in all of them.
            default = ("pre-commit", _PUSH, "manual") if is_local else _MANIFEST
            own = _texts(hook.get("stages"))
            stages += own or (usual if is_local else ()) or default
    named = tuple(dict.fromkeys(_FORMER.get(each, each) for each in stages))
    at_push = _PUSH in named
    return Tool(owner, name, found, at_push, named, types, lines=tuple(lines))


def husky_folder(directory: Path) -> Path | None:
    """Return husky's folder when Git takes hooks from it, `.husky` as a rule.

    husky 9 points Git at its folder `_`, which runs the scripts beside it; 5 to 8
    point it at the folder itself.
    """
    if directory.name == "_" and any(
        (directory / name).is_file() for name in ("h", "husky.sh")
    ):
        return directory.parent
    if (directory / "_" / "husky.sh").is_file() or directory.name == ".husky":
        return directory
    return None


def _husky(root: Path, hooks: Path) -> Iterator[Tool]:
    package = _package(root)
    folder = husky_folder(hooks)
    in_use = folder is not None and folder.is_relative_to(root)
    if folder is None or not in_use:
        folder = root / ".husky"
        named = (package.get(key) for key in ("dependencies", "devDependencies"))
        in_use = any(Owner.HUSKY.value in _mapping(each) for each in named)
    if folder.is_dir():
        name = (folder / _PUSH).relative_to(root).as_posix()
        yield _by_text(Owner.HUSKY, root, name)._replace(in_use=in_use)
    config = _mapping(package.get(Owner.HUSKY.value)).get("hooks")
    if isinstance(config, dict):
        yield _named(Owner.HUSKY, PACKAGE, config)
    for name in _HUSKY_4:
        if (root / name).is_file():
            yield _by_text(Owner.HUSKY, root, name)


def _lefthook(name: str, config: Mapping[str, object]) -> Tool:
    lines = [
        (run, each.get("use_stdin") is True)
        for each in _inside(config.get(_PUSH), set())
        if isinstance(run := each.get("run"), str) and calls_schemadiff(run)
    ]
    blind = any("check" not in run and not stdin for run, stdin in lines)
    problem = (
        "without `use_stdin: true` schemadiff does not learn what is pushed"
        if blind
        else None
    )
    runs = tuple(run for run, _ in lines)
    owner = Owner.LEFTHOOK
    return Tool(owner, name, bool(runs), bool(runs), problem=problem, lines=runs)


def _inside(value: object, seen: set[int]) -> Iterator[Mapping[str, object]]:
    """Yield every mapping in a value; YAML's aliases may lead back into it."""
    if id(value) in seen or not isinstance(value, dict | list):
        return
    seen.add(id(value))
    if isinstance(value, dict):
        yield value
    for each in value.values() if isinstance(value, dict) else value:
        yield from _inside(each, seen)


def _simple_git_hooks(root: Path) -> Iterator[Tool]:
    """Yield what simple-git-hooks reads: package.json, else the first of its files."""
    config = _package(root).get(Owner.SIMPLE_GIT_HOOKS.value)
    if isinstance(config, dict):
        yield _named(Owner.SIMPLE_GIT_HOOKS, PACKAGE, config)
        return
    if isinstance(config, str) and (root / config).is_file():
        yield _simple_file(root, config)
        return
    for name in _SIMPLE:
        if (root / name).is_file():
            yield _simple_file(root, name)
            return


def _simple_file(root: Path, name: str) -> Tool:
    owner = Owner.SIMPLE_GIT_HOOKS
    if name.endswith(".json"):
        return _read(root, name, owner, partial(_named, owner, name))
    return _by_text(owner, root, name)


def _by_text(owner: Owner, root: Path, name: str) -> Tool:
    """Look for the command in a file that only its tool can read in full."""
    try:
        text = _text(root / name)
    except FileNotFoundError:
        text = ""
    except _UNREADABLE as failure:
        return _unreadable(owner, name, failure)
    return _by_line(owner, name, text)


def _named(owner: Owner, name: str, config: Mapping[str, object]) -> Tool:
    line = config.get(_PUSH)
    return _by_line(owner, name, line if isinstance(line, str) else "")


def _by_line(owner: Owner, name: str, line: str) -> Tool:
    calls = calls_schemadiff(line)
    return Tool(owner, name, calls, calls, lines=(line,) if calls else ())


def _package(root: Path) -> Mapping[str, object]:
    """Return package.json; one that npm itself stops at configures no tool."""
    try:
        return _mapping(_parsed(PACKAGE, _text(root / PACKAGE)))
    except _UNREADABLE:
        return {}


def _text(path: Path) -> str:
    return path.read_text(encoding="utf-8-sig")


def _mapping(value: object) -> Mapping[str, object]:
    return value if isinstance(value, dict) else {}


def _mappings(value: object) -> list[Mapping[str, object]]:
    items = value if isinstance(value, list) else []
    return [each for each in items if isinstance(each, dict)]


def _texts(value: object) -> tuple[str, ...]:
    found = value if isinstance(value, list) else [value]
    return tuple(each for each in found if isinstance(each, str))
