"""Checks of evidence, for us and for a stranger: `verify.py` is the file that goes into exhibits.

`verify.py` stands alone (Python's standard library and the `openssl` program). Inside habeas the
same code runs, with signatures checked in the process (`inside.py`) because a store has many.
"""
