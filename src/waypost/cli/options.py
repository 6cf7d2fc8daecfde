"""What the options of the commands mean. Each reader gives a value, or raises `WrongUse` with the sentence to print."""

from __future__ import annotations

import os
import re
from argparse import ArgumentParser
from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import date
from pathlib import Path

from waypost.domain.errors import WrongUse
from waypost.domain.periods import FinancialYear

PROGRAM_DIR = Path(__file__).parents[3]


def add_data_dir(parser: ArgumentParser) -> None:
    parser.add_argument(
        "--data-dir",
        type=Path,
        metavar="DIR",
        default=default_data_dir(),
        help="where Waypost keeps what it makes; var beside the program, or WAYPOST_DATA_DIR, if left out",
    )


def default_data_dir() -> Path:
    return Path(os.environ.get("WAYPOST_DATA_DIR") or PROGRAM_DIR / "var")


def data_dir(arguments: Sequence[str]) -> Path:
    """The data folder of a command line that may not have been understood."""
    for place, argument in enumerate(arguments):
        if argument == "--data-dir" and place + 1 < len(arguments):
            return Path(arguments[place + 1])
        if argument.startswith("--data-dir="):
            return Path(argument.partition("=")[2])
    return default_data_dir()


def year(text: str) -> FinancialYear:
    return FinancialYear.parse(text)


def day(text: str) -> date:
    if re.fullmatch(r"\d{4}-\d{2}-\d{2}", text.strip(), re.ASCII):
        with suppress(ValueError):
            return date.fromisoformat(text.strip())
    raise WrongUse(f"{text!r} is not a real date; write it as 2025-03-31.")


def years(text: str) -> tuple[FinancialYear, FinancialYear]:
    """The first and the last year of "2020-21:2024-25", or of one year alone."""
    first, colon, last = text.partition(":")
    return year(first), year(last if colon else first)


def one_of(what: str, known: Sequence[str]) -> Callable[[str], str]:
    """A reader of one word from a few."""

    def read(text: str) -> str:
        if text not in known:
            raise WrongUse(f"{what} cannot be {text!r}; it is {' or '.join(known)}.")
        return text

    return read


def names(text: str) -> tuple[str, ...]:
    """A list with commas between, each name once, in the order given."""
    found = tuple(dict.fromkeys(name.strip() for name in text.split(",") if name.strip()))
    if not found:
        raise WrongUse("A list with commas between its names is needed, and it was empty.")
    return found


def authority(text: str) -> str:
    """The three-digit code of an authority named by that code or by its nine-character ONS code."""
    code = text.strip().upper()
    if re.fullmatch(r"\d{3}", code):
        return code
    if re.fullmatch(r"[EW]\d{8}", code):
        from waypost.datasets.published import find_authority

        found = find_authority(code)
        if found is not None:
            return found.la_code
    raise WrongUse(f"{text!r} is not an authority; give its three-digit DfE code or its nine-character ONS code.")


def authorities(text: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(authority(name) for name in names(text)))


def population(text: str) -> int:
    number = _whole(text)
    if number is None or number < 1:
        raise WrongUse(f"--population is {text!r}; it must be a whole number of children above nought.")
    return number


def seed(text: str) -> int:
    number = _whole(text)
    if number is None:
        raise WrongUse(f"--seed is {text!r}; it must be a whole number.")
    return number


def port(text: str) -> int:
    number = _whole(text)
    if number is None or not 1 <= number <= 65535:
        raise WrongUse(f"--port is {text!r}; it must be a whole number from 1 to 65535.")
    return number


def whole_number(name: str, least: int, most: int) -> Callable[[str], int]:
    """A reader of a whole number between two."""

    def read(text: str) -> int:
        number = _whole(text)
        if number is None or not least <= number <= most:
            raise WrongUse(f"{name} is {text!r}; it must be a whole number from {least} to {most}.")
        return number

    return read


def _whole(text: str) -> int | None:
    return int(text) if re.fullmatch(r"[0-9]{1,12}", text.strip()) else None
