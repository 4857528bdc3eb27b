"""Lets `python -m habeas.cli` run the command line."""

from habeas.cli import run

run()
