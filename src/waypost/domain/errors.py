"""What goes wrong in a way that the person using Waypost can put right.

Each carries one plain sentence: what is wrong, where, and what to do. The page, the interface and the command
line repeat that sentence and add nothing to it.
"""


class PlainError(Exception):
    """One plain sentence for the person using Waypost. Anything else that is raised is a fault of ours."""


class CannotRead(PlainError):
    """An input is not what it says it is, or is not there."""


class WrongUse(PlainError):
    """What was asked for is unknown, or does not go together."""
