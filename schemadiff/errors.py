"""Expected trouble: what schemadiff raises when it cannot judge.

What a user's *schema* does is never an exception; it becomes a finding.
"""


class SchemadiffError(Exception):
    """schemadiff could not judge, and the person can do something about it.

    `message` says what is wrong and where; `remedy` is the line to run or the
    thing to change, or None when the message already says it. The command line
    prints both and exits with 2.
    """

    def __init__(self, message: str, remedy: str | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.remedy = remedy
