"""Runs the command: `python -m waypost.cli`."""

import signal
import sys

from waypost.cli.main import main

# Asked to end by the system, we clear up as we do for the keyboard, and leave no half-made folder behind.
signal.signal(signal.SIGTERM, signal.default_int_handler)
sys.exit(main(sys.argv[1:]))
