"""A demonstration: three invented authorities, their families, census files and annual reports, in a browser.

Nobody in it is real. It is made once and kept under the data folder.
"""

from __future__ import annotations

import json
import sys
from argparse import ArgumentParser, Namespace
from pathlib import Path

from waypost.cli.options import add_data_dir, one_of, port, seed
from waypost.domain.errors import WrongUse

SIZES = ("small", "borough", "tri-borough")


def add_options(parser: ArgumentParser) -> None:
    parser.add_argument("--size", type=one_of("--size", SIZES), default="small", metavar="small", help="small only")
    parser.add_argument("--seed", type=seed, default=1, metavar="N", help="another number invents other children")
    parser.add_argument("--port", type=port, default=8000, metavar="N", help="where to show it (8000 if left out)")
    parser.add_argument("--no-serve", action="store_true", help="make it and do not show it")
    parser.add_argument("--credentials", action="store_true", help="print who can sign in, as JSON, and end")
    add_data_dir(parser)


def run(options: Namespace) -> int:
    if options.credentials:
        return _credentials()
    if options.size != "small":
        raise WrongUse(f"The size {options.size} is not in this version of Waypost; leave out --size.")
    from waypost.cli.service import free, opened
    from waypost.demo.showing import prepare

    address = None if options.no_serve else free("127.0.0.1", options.port)
    pages = prepare(options.data_dir, seed=options.seed, say=_say)
    _fill(pages.parent)
    if address is None:
        print(pages / "index.html")
        return 0
    print(f"Open http://127.0.0.1:{options.port}/ in a browser; press Ctrl-C here to end.", flush=True)
    print("To sign in, choose someone from: waypost demo --credentials", flush=True)
    return opened("127.0.0.1", options.port)


def _credentials() -> int:
    from waypost.demo.service.cast import credentials

    print(json.dumps(credentials(), indent=1, ensure_ascii=False))
    return 0


def _fill(home: Path) -> None:
    """The service of the demonstration, beside its reports, with its cast and families."""
    from waypost.cli.service import made_ready

    made_ready(home, is_training=True)
    from waypost.demo.service.fill import fill, is_filled

    if not is_filled():
        _say("Opening the record of the three authorities.")
        fill()


def _say(sentence: str) -> None:
    print(sentence, file=sys.stderr, flush=True)
