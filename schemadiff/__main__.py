"""`python -m schemadiff` is the command `schemadiff`."""

import sys

# Python looks in the present folder first, which is the project's: what lies there
# under the name of a module would be run instead of that.
if not sys.flags.safe_path:
    sys.path.pop(0)

from schemadiff.cli import main

sys.exit(main())
