"""Which paths can matter at all; imports nothing that takes time."""

from collections.abc import Iterable

# Sets of words, not regular expressions: every push would pay for compiling them.
_ENDINGS = {"json", "jsonc", "sql", "lock", "lockb"} | {
    f"{system}{language}s{x}"
    for system in ("", "c", "m")
    for language in "jt"
    for x in ("", "x")
}
_NAMES = {
    "pnpm-lock.yaml",
    "pnpm-workspace.yaml",
    ".replit",
    "schemadiff.toml",
    ".gitmodules",
}
_PLAIN_FILES = {
    "license", "licence", "readme", "changelog", "codeowners", "authors", "notice",
    "makefile", "dockerfile", "procfile", "gemfile", "rakefile", "brewfile",
    "jenkinsfile", "vagrantfile",
}  # fmt: skip


def relevant(paths: Iterable[str]) -> list[str]:
    """Return the paths that a schema may depend on, in one way or another.

    Sources, JSON, lockfiles, migrations, settings; and names without an ending,
    which may be links or submodules.
    """
    return [path for path in paths if _is_relevant(path.rpartition("/")[2].lower())]


def _is_relevant(name: str) -> bool:
    _, dot, ending = name.rpartition(".")
    if not dot:
        return name not in _PLAIN_FILES
    return ending in _ENDINGS or name in _NAMES
