"""How much work reading one project may cost before a value counts as not known."""

from schemadiff.record import record


@record
class Limits:
    """Bounds of evaluation; all are counts, so that equal texts end equally.

    `steps` are expressions evaluated for one top-level statement, whatever it
    pulls in; `depth` is how many expressions may be open inside each other;
    `passes` the rounds of one loop; `modules` the files of one revision; `size`
    the length of a text or array that the code may build.
    """

    steps: int = 200_000
    depth: int = 1_000
    passes: int = 20_000
    modules: int = 20_000
    size: int = 100_000


DEFAULT = Limits()

FRAMES_PER_LEVEL = 12
"""Python frames that one level of `depth` needs at worst (measured: 9)."""
