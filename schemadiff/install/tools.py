"""The hook tools that a project has configured, and whether they run schemadiff."""

import json
import tomllib
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from pathlib import Path

import yaml

from schemadiff.install.words import Owner, calls_schemadiff
from schemadiff.record import record

_ID = "schemadiff"
_PUSH = "pre-push"
_MANIFEST = ("pre-commit", "pre-push", "manual")
"""The stages that `.pre-commit-hooks.yaml` gives our hook."""
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
_SIMPLE = tuple(
    f"{dot}simple-git-hooks{kind}"
    for dot in (".", "")
    for kind in (".cjs", ".js", ".mjs", ".json")
)
_PACKAGE = "package.json"
# A date that is none is a ValueError of PyYAML, deep nesting a RecursionError.
_UNREADABLE = (OSError, ValueError, yaml.YAMLError, RecursionError)


@record
class Tool:
    """One configuration of a hook tool in the work tree.

    `path` is from the work tree's root. `has_schemadiff` says whether it names our
    hook, `at_push` whether it runs it when the tool's push hook runs. `stages` are
    those of our hook under pre-commit and prek, `install_types` what `pre-commit
    install` installs without `-t`. `problem` says what is wrong with it, or why it
    could not be read; then the rest is what is known all the same.
    """

    owner: Owner
    path: str
    has_schemadiff: bool = False
    at_push: bool = False
    stages: tuple[str, ...] = ()
    install_types: tuple[str, ...] = ()
    problem: str | None = None


def configured_tools(root: Path) -> tuple[Tool, ...]:
    """Return the hook tools that a work tree configures; none of them is run."""
    return tuple(_tools(root))


def _tools(root: Path) -> Iterator[Tool]:
    for name, owner in _PRE_COMMIT:
        if (root / name).is_file():
            yield _read(root, name, owner, partial(_pre_commit, owner, name))
    if (root / ".husky").is_dir():
        yield _husky(root)
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
            # Without stages a local hook runs in all of them.
            default = ("pre-commit", _PUSH, "manual") if is_local else _MANIFEST
            own = _texts(hook.get("stages"))
            stages += own or (usual if is_local else ()) or default
    named = tuple(dict.fromkeys(_FORMER.get(each, each) for each in stages))
    return Tool(owner, name, found, _PUSH in named, named, types)


def _husky(root: Path) -> Tool:
    name = f".husky/{_PUSH}"
    try:
        text = (root / name).read_text(encoding="utf-8", errors="replace")
    except FileNotFoundError:
        return Tool(Owner.HUSKY, name)
    except OSError as failure:
        return _unreadable(Owner.HUSKY, name, failure)
    calls = calls_schemadiff(text)
    return Tool(Owner.HUSKY, name, calls, calls)


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
    return Tool(Owner.LEFTHOOK, name, bool(lines), bool(lines), problem=problem)


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
    owner = Owner.SIMPLE_GIT_HOOKS
    if (root / _PACKAGE).is_file():
        try:
            package = _mapping(_parsed(_PACKAGE, _text(root / _PACKAGE)))
        except _UNREADABLE:
            package = {}  # npm itself stops at it: no tool is configured by it
        config = package.get(owner.value)
        if isinstance(config, dict):
            yield _simple(_PACKAGE, config)
            return
        if isinstance(config, str) and (root / config).is_file():
            yield _simple_file(root, config)
            return
    for name in _SIMPLE:
        if (root / name).is_file():
            yield _simple_file(root, name)
            return


def _simple_file(root: Path, name: str) -> Tool:
    if name.endswith(".json"):
        return _read(root, name, Owner.SIMPLE_GIT_HOOKS, partial(_simple, name))
    try:
        calls = calls_schemadiff(_text(root / name))
    except _UNREADABLE as failure:
        return _unreadable(Owner.SIMPLE_GIT_HOOKS, name, failure)
    return Tool(Owner.SIMPLE_GIT_HOOKS, name, calls, calls)


def _simple(name: str, config: Mapping[str, object]) -> Tool:
    line = config.get(_PUSH)
    calls = isinstance(line, str) and calls_schemadiff(line)
    return Tool(Owner.SIMPLE_GIT_HOOKS, name, calls, calls)


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
