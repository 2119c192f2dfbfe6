"""Whose a hook is, and whether a command line runs the judgement."""

import re
from enum import Enum

_JUDGING = re.compile(r"""\bschemadiff(?:\.exe)?["']?\s+["']?(?:pre-push|check)\b""")
_COMMENT = re.compile(r"^\s*#.*$", re.MULTILINE)


class Owner(Enum):
    """Who wrote a hook and looks after it; the values are names that people know."""

    ABSENT = "nobody"
    SCHEMADIFF = "schemadiff"
    PRE_COMMIT = "pre-commit"
    PREK = "prek"
    HUSKY = "husky"
    LEFTHOOK = "lefthook"
    SIMPLE_GIT_HOOKS = "simple-git-hooks"
    OTHER = "somebody else"


def calls_schemadiff(text: str) -> bool:
    """Tell whether lines of a shell script judge a push; comments are left out."""
    return _JUDGING.search(_COMMENT.sub("", text)) is not None
