"""The diagnosis for programs: `docs/doctor.schema.json` describes it.

Keys are only ever added. Texts are ASCII with escapes, so no log can garble them.
"""

import json

from schemadiff.doctor.diagnosis import Diagnosis

FORMAT = 1


def render(diagnosis: Diagnosis) -> str:
    """Return the diagnosis as one JSON document, with a line break at its end."""
    found = _plain(diagnosis)
    return (
        json.dumps({"format": FORMAT, "ok": not diagnosis.lacks} | found, indent=2)
        + "\n"
    )


def _plain(record: object) -> dict[str, object]:
    names: tuple[str, ...] = getattr(record, "__match_args__", ())
    return {_NAMES.get(name, name): _value(getattr(record, name)) for name in names}


def _value(value: object) -> object:
    if isinstance(value, tuple):
        return [_value(each) for each in value]
    return _plain(value) if hasattr(value, "__match_args__") else value


_NAMES = {"lacks": "missing"}
