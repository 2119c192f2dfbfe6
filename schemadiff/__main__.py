"""`python -m schemadiff` is the command `schemadiff`."""

import sys

from schemadiff.cli import main

sys.exit(main())
