"""Stores the records that figures were made from, and proves that they are still what they were.

A freeze is known by the hash of its records. Other commands read it with --freeze ID, where the first eight digits of
an id will do.
"""

from __future__ import annotations

import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Callable

from waypost.cli.options import add_data_dir, one_of, year
from waypost.cli.source import add_files, add_source, check_source, definitions, freezes_dir, read_files, read_source
from waypost.domain.errors import CannotRead, WrongUse

FORMATS = ("table", "json")
DONE, FOUND = 0, 1


def add_options(parser: ArgumentParser) -> None:
    works = parser.add_subparsers(title="what to do", metavar="WHAT", required=True)

    def add(name: str, work: Callable[[Namespace], int], about: str) -> ArgumentParser:
        added: ArgumentParser = works.add_parser(name, help=about, description=f"{about}.", allow_abbrev=False)
        added.set_defaults(work=work)
        add_data_dir(added)
        return added

    create = add("create", _create, "Store the records of a source and print the id they are kept under")
    add_source(create)
    _add_year(create)
    _add_format(add("list", _list, "List what is stored"))
    show = add("show", _show, "Say what a freeze holds, and what it was made from and with")
    show.add_argument("id", metavar="ID")
    _add_format(show)
    verify = add("verify", _verify, "Work everything out again, and say what is not as it was stored")
    verify.add_argument("id", metavar="ID", nargs="?", help="all of them if left out")
    add_files(verify, "census files to read again, to say which records have changed since")
    _add_year(verify)


def _add_format(parser: ArgumentParser) -> None:
    parser.add_argument("--format", type=one_of("--format", FORMATS), metavar="|".join(FORMATS), default="table")


def _add_year(parser: ArgumentParser) -> None:
    parser.add_argument("--year", type=year, metavar="2024-25", help="the year of a file that names none")


def run(options: Namespace) -> int:
    code: int = options.work(options)
    return code


def _create(options: Namespace) -> int:
    check_source(options)
    from waypost.datasets import freezes

    dataset, folder = read_source(options), freezes_dir(options)
    before = freezes.held(dataset, folder)
    stored = freezes.create(dataset, folder, definitions())
    if before:
        files = "" if stored.sources == dataset.sources else " from other files"
        print(f"These records were frozen before{files}, and that freeze stands.", file=sys.stderr)
    print(stored.id)
    return DONE


def _list(options: Namespace) -> int:
    from waypost.cli.frozen import LISTS, Listed
    from waypost.datasets import freezes

    folder = freezes_dir(options)
    found: list[Listed] = []
    for id in freezes.listed(folder):
        try:
            found.append((id, freezes.manifest(id, folder)))
        except CannotRead as reason:
            found.append((id, str(reason)))
    LISTS[options.format](found, folder, sys.stdout)
    return DONE


def _show(options: Namespace) -> int:
    from waypost.cli.frozen import MANIFESTS
    from waypost.datasets import freezes

    manifest = freezes.manifest(options.id, freezes_dir(options))
    MANIFESTS[options.format](manifest, freezes.changed_since(manifest, definitions()), sys.stdout)
    return DONE


def _verify(options: Namespace) -> int:
    if options.cin:
        return _compare(options)
    from waypost.cli.frozen import write_faults
    from waypost.datasets import freezes

    folder = freezes_dir(options)
    ids = (freezes.find(options.id, folder),) if options.id else freezes.listed(folder)
    if not ids:
        print(f"No freeze is stored in {folder}.")
    found = {id: freezes.verify(id, folder) for id in ids}
    for id, faults in found.items():
        write_faults(id, faults, sys.stdout)
    return FOUND if any(found.values()) else DONE


def _compare(options: Namespace) -> int:
    """Verifies one freeze, and says what in it its files say otherwise now."""
    if not options.id:
        raise WrongUse("Name the freeze to compare the files with: waypost freeze verify ID --cin FILE.")
    from waypost.cli.frozen import write_differences, write_faults
    from waypost.datasets import freezes

    folder = freezes_dir(options)
    id = freezes.find(options.id, folder)
    files = read_files(options)
    faults = freezes.verify(id, folder)
    if faults:
        write_faults(id, faults, sys.stdout)
        print("The files were not compared with a freeze that is damaged.")
        return FOUND
    freeze = freezes.read(id, folder)
    changed = freezes.differences(files, freeze)
    write_faults(id, (), sys.stdout)
    write_differences(files, freeze, changed, sys.stdout)
    return FOUND if changed else DONE
