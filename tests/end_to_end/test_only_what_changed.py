"""Reading only what changed gives the verdict that reading everything gives."""

import pytest

from schemadiff import verdict
from schemadiff.check import check
from schemadiff.outcome import Report
from schemadiff.settings import Settings
from schemadiff.typescript import unchanged
from tests.end_to_end.edited_projects import edited, project, spelled, texts
from tests.memory_files import MemoryFiles

_PROJECTS = 12
_EDITS = 12


def reports(seed: int, edit: int) -> tuple[Report, Report]:
    """Return what is said of an edit, with and without leaving equal parts out."""
    base = project(seed)
    before = spelled(texts(base), seed)
    after = spelled(texts(edited(base, edit)), seed)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(unchanged, "_FEW", edit % 3)
        fast = check(MemoryFiles(before), MemoryFiles(after), Settings(), ())
        patch.setattr(verdict, "common_exports", lambda *_: None)
        full = check(MemoryFiles(before), MemoryFiles(after), Settings(), ())
    return fast, full


@pytest.mark.parametrize("seed", range(_PROJECTS))
def test_an_edit_is_judged_the_same(seed: int) -> None:
    for edit in range(_EDITS):
        fast, full = reports(seed, seed * 1000 + edit)
        assert fast == full, f"project {seed}, edit {seed * 1000 + edit}"
