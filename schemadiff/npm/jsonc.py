"""JSON with comments and trailing commas, as TypeScript's configs are written."""

import json
import re
from typing import Any

from schemadiff.regex import regex

_NOISE = regex(
    r'("(?:[^"\\]|\\.)*")|/\*.*?\*/|//[^\n]*|,(?=\s*(?:(?:/\*.*?\*/|//[^\n]*)\s*)*[}\]])',
    re.DOTALL,
)


def read_object(text: str) -> dict[str, Any]:
    """Return the object that `text` holds; an empty one if it holds none."""
    try:
        found = json.loads(_NOISE.sub(lambda match: match[1] or "", text) or "{}")
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}
