"""Which paths can matter at all; imports nothing that takes time."""

import re
from collections.abc import Iterable

_SUFFIXES = re.compile(
    r"\.(?:[cm]?[jt]sx?|jsonc?|sql|lockb?)\Z|(?:\A|/)(?:"
    r"pnpm-lock\.yaml|pnpm-workspace\.yaml|\.replit|schemadiff\.toml|\.gitmodules)\Z",
    re.IGNORECASE,
)
_BARE = re.compile(r"(?:\A|/)[^/.]+\Z")
_PLAIN_FILES = re.compile(
    r"(?:\A|/)(?:LICEN[CS]E|README|CHANGELOG|CODEOWNERS|AUTHORS|NOTICE|Makefile"
    r"|Dockerfile|Procfile|Gemfile|Rakefile|Brewfile|Jenkinsfile|Vagrantfile)\Z",
    re.IGNORECASE,
)


def relevant(paths: Iterable[str]) -> list[str]:
    """Return the paths that a schema may depend on, in one way or another.

    Sources, JSON, lockfiles, migrations, settings; and names without an ending,
    which may be links or submodules.
    """
    return [
        path
        for path in paths
        if _SUFFIXES.search(path)
        or (_BARE.search(path) and not _PLAIN_FILES.search(path))
    ]
