"""The commands, their options, and the one plain sentence that wrong use gets."""

from __future__ import annotations

import re
from argparse import ArgumentParser, Namespace
from collections.abc import Sequence
from typing import NoReturn

from waypost import __version__
from waypost.cli import (
    audit,
    backup,
    bench,
    benchmark,
    demo,
    freeze,
    indicators,
    load,
    move,
    report,
    restore,
    returning,
    serve,
    validate,
    worker,
)
from waypost.domain.errors import WrongUse

COMMANDS = {
    "demo": demo,
    "indicators": indicators,
    "report": report,
    "benchmark": benchmark,
    "freeze": freeze,
    "validate": validate,
    "load": load,
    "return": returning,
    "serve": serve,
    "worker": worker,
    "backup": backup,
    "restore": restore,
    "move": move,
    "audit": audit,
    "bench": bench,
}
NAMES = f"{', '.join(['test', *list(COMMANDS)[:-1]])} and {list(COMMANDS)[-1]}"


class Parser(ArgumentParser):
    """A parser that gives its complaint as one sentence, and leaves it to `main` to print it."""

    def error(self, message: str) -> NoReturn:
        sentence = re.sub(r"^argument (\S+): ", r"\1: ", message)
        raise WrongUse(f"{sentence[:1].upper()}{sentence[1:]}; {self.prog} --help says how it is used.")


def parse(arguments: Sequence[str]) -> Namespace:
    """What was asked for. `run` holds the function that does it.

    Raises:
        WrongUse: what was asked for is unknown or incomplete.
    """
    _check_command(arguments)
    return _parser().parse_args(arguments)


def _check_command(arguments: Sequence[str]) -> None:
    command = next((argument for argument in arguments if not argument.startswith("-")), None)
    if not arguments:
        raise WrongUse(f"Name a command ({NAMES}); waypost --help says what each does.")
    if command == "test":
        raise WrongUse("The tests are run by the waypost file at the top of the folder: ./waypost test.")
    if command is not None and command not in COMMANDS:
        raise WrongUse(f"There is no command {command!r}; Waypost has {NAMES}.")


def _parser() -> Parser:
    parser = Parser(prog="waypost", description="A figure can be trusted, traced and made again.", allow_abbrev=False)
    parser.add_argument("--version", action="version", version=f"waypost {__version__}")
    commands = parser.add_subparsers(title="commands", metavar="COMMAND", required=True)
    commands.add_parser("test", help="run the tests", add_help=False)
    for name, command in COMMANDS.items():
        about = command.__doc__.partition("\n")[0] if command.__doc__ else ""
        added = commands.add_parser(name, help=about, description=command.__doc__, allow_abbrev=False)
        command.add_options(added)
        added.set_defaults(run=command.run)
    return parser
