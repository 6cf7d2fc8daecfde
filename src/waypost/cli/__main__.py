"""Runs the command: `python -m waypost.cli`."""

import sys

from waypost.cli.main import main

sys.exit(main(sys.argv[1:]))
