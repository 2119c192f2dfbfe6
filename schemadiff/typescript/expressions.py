"""Every kind of expression that is read, by its name in the grammar."""

from collections.abc import Mapping

from schemadiff.typescript.access import ACCESS
from schemadiff.typescript.calls import CALLS
from schemadiff.typescript.classes import CLASSES
from schemadiff.typescript.declarations import DECLARATIONS
from schemadiff.typescript.evaluator import Expression
from schemadiff.typescript.functions import FUNCTIONS
from schemadiff.typescript.objects import OBJECTS
from schemadiff.typescript.operators import OPERATIONS
from schemadiff.typescript.templates import TEMPLATES

EXPRESSIONS: Mapping[str, Expression] = {
    **TEMPLATES,
    **ACCESS,
    **OBJECTS,
    **CALLS,
    **OPERATIONS,
    **FUNCTIONS,
    **CLASSES,
    **DECLARATIONS,
    "nested_identifier": ACCESS["member_expression"],
}
