"""The `waypost` command: it reads what was asked, calls one room and prints what comes back, and decides nothing."""
