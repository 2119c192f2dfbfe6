"""How much work reading one project may cost before it is given up as unreadable."""

from typing import Final

STEPS: Final = 20_000_000
"""Expressions and statements per revision. 10,000 tables take about 2 million."""

DEPTH: Final = 1500
"""Calls and expressions inside each other."""

PASSES: Final = 100_000
"""Rounds of one loop."""

FRAMES: Final = 20_000
"""Python frames that `DEPTH` levels may need, about ten each at worst."""
