"""A demonstration: three invented authorities, their census files and their annual reports, in a browser.

Nobody in it is real. It is made once and kept under the data folder.
"""

from __future__ import annotations

import sys
from argparse import ArgumentParser, Namespace
from contextlib import suppress

from waypost.cli.options import add_data_dir, one_of, port, seed
from waypost.domain.errors import WrongUse

SIZES = ("small", "borough", "tri-borough")


def add_options(parser: ArgumentParser) -> None:
    parser.add_argument("--size", type=one_of("--size", SIZES), default="small", metavar="small", help="small only")
    parser.add_argument("--seed", type=seed, default=1, metavar="N", help="another number invents other children")
    parser.add_argument("--port", type=port, default=8000, metavar="N", help="where to show it (8000 if left out)")
    parser.add_argument("--no-serve", action="store_true", help="make it and do not show it")
    parser.add_argument("--credentials", action="store_true", help="not in this version")
    add_data_dir(parser)


def run(options: Namespace) -> int:
    _check(options)
    from waypost.demo.showing import prepare
    from waypost.demo.site import opened

    pages = options.data_dir / "demo" / "reports"
    if options.no_serve:
        prepare(options.data_dir, seed=options.seed, say=_say)
        print(pages / "index.html")
        return 0
    with opened(pages, options.port) as site:
        prepare(options.data_dir, seed=options.seed, say=_say)
        print(f"Open {site.address} in a browser; press Ctrl-C here to end.", flush=True)
        with suppress(KeyboardInterrupt):
            site.serve_forever()
    return 0


def _check(options: Namespace) -> None:
    if options.credentials:
        raise WrongUse("This version of Waypost has no users, so there are no credentials to print.")
    if options.size != "small":
        raise WrongUse(f"The size {options.size} needs the live record, which this version has not; leave out --size.")


def _say(sentence: str) -> None:
    print(sentence, file=sys.stderr, flush=True)
