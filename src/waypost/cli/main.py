"""From the words on the command line to an exit code, and what is said when something goes wrong.

Exit codes: 0 done, 1 the work found something, 2 wrong use or an input that cannot be read, 70 a fault of Waypost's
own, 130 stopped by the keyboard (docs/adr/0010-exit-codes-for-unexpected-faults.md).
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from contextlib import suppress

from waypost.cli.faults import keep_fault
from waypost.cli.options import data_dir
from waypost.cli.parser import parse
from waypost.domain.errors import PlainError

DONE, WRONG, FAULT, STOPPED = 0, 2, 70, 130


def main(arguments: Sequence[str]) -> int:
    """Runs one command and gives its exit code. Nothing is raised but what `--help` raises to end."""
    _speak_utf8()
    try:
        options = parse(arguments)
        code: int = options.run(options)
        sys.stdout.flush()
        return code
    except PlainError as reason:
        return _say(str(reason), WRONG)
    except KeyboardInterrupt:
        return STOPPED
    except BrokenPipeError:
        return _reader_left()
    except OSError as fault:
        return _say(_about_a_file(fault), WRONG)
    except Exception as fault:
        return _own_fault(fault, arguments)


def _say(sentence: str, code: int) -> int:
    with suppress(BrokenPipeError):
        print(" ".join(sentence.split()), file=sys.stderr)
    return code


def _about_a_file(fault: OSError) -> str:
    place = f" ({fault.filename})" if fault.filename else ""
    return f"Waypost could not use a file or folder: {fault.strerror or fault}{place}."


def _own_fault(fault: Exception, arguments: Sequence[str]) -> int:
    kept = keep_fault(fault, data_dir(arguments))
    where = f"where it happened is kept in {kept}" if kept else "and where it happened could not be kept"
    return _say(f"Waypost met a fault of its own and stopped; {where}.", FAULT)


def _reader_left() -> int:
    """What reads our output has had enough, as `head` has. Python must not try to write the rest when it ends."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return DONE


def _speak_utf8() -> None:
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure:
            reconfigure(encoding="utf-8", errors="backslashreplace")
