"""A return is checked in the browser: the file is read aside, and neither it nor what was found is kept unasked.

`place` is the private folder where a check lies, `ask` the program that checks, `begin` starts it, and `kept` holds
what somebody asked to keep (docs/adr/0032-checking-a-return-in-the-browser.md).
"""
