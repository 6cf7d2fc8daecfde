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

PORT = 8000
SHOWN_AT = "port"
"""A file in the demonstration's folder: where it was last shown, for whoever asks how to sign in."""
SHARE = 0.005
"""How much of the work of an authority the record holds. Its census files hold all of it."""
SIZES = ("small", "borough", "tri-borough")


def add_options(parser: ArgumentParser) -> None:
    parser.add_argument("--size", type=one_of("--size", SIZES), default="small", metavar="small", help="small only")
    parser.add_argument("--seed", type=seed, default=1, metavar="N", help="another number invents other children")
    parser.add_argument("--port", type=port, metavar="N", help=f"where to show it ({PORT} if left out)")
    parser.add_argument("--no-serve", action="store_true", help="make it and do not show it")
    parser.add_argument("--credentials", action="store_true", help="print who can sign in, as JSON, and end")
    add_data_dir(parser)


def run(options: Namespace) -> int:
    if options.credentials:
        return _credentials(options.data_dir / "demo" / SHOWN_AT, options.port)
    if options.size != "small":
        raise WrongUse(f"The size {options.size} is not in this version of Waypost; leave out --size.")
    from waypost.cli.service import free, opened
    from waypost.demo.showing import prepare

    shown_at = options.port or PORT
    address = None if options.no_serve else free("127.0.0.1", shown_at)
    pages = prepare(options.data_dir, seed=options.seed, say=_say)
    _fill(pages.parent, options.seed)
    if address is None:
        print(pages / "index.html")
        return 0
    (pages.parent / SHOWN_AT).write_text(str(shown_at), encoding="utf-8")
    print(f"Open {_url(shown_at)} in a browser; press Ctrl-C here to end.", flush=True)
    print("To sign in, choose someone from: waypost demo --credentials", flush=True)
    return opened("127.0.0.1", shown_at)


def _credentials(shown_at: Path, asked: int | None) -> int:
    from waypost.demo.service.cast import credentials

    known = int(shown_at.read_text(encoding="utf-8")) if shown_at.exists() else PORT
    found = {"url": _url(asked or known), "users": credentials()}
    print(json.dumps(found, indent=1, ensure_ascii=False))
    return 0


def _url(shown_at: int) -> str:
    return f"http://127.0.0.1:{shown_at}/"


def _fill(home: Path, seed: int) -> None:
    """The service of the demonstration, beside its reports, with its cast, families, and six years of work."""
    from waypost.cli.service import made_ready

    made_ready(home, is_training=True)
    from waypost.demo.service.fill import fill, is_filled

    if not is_filled():
        _say("Opening the record of the three authorities, and living through six years of work.")
        fill(share=SHARE, seed=seed, tell=_tell)


def _tell(authority: str, done: int, of: int) -> None:
    """Says how far an authority's years are lived through, at every fourth family and at the end."""
    if done % 4 == 0 or done == of:
        _say(f"{authority}: {done} of {of} families.")


def _say(sentence: str) -> None:
    print(sentence, file=sys.stderr, flush=True)
