"""habeas finds people who have been taken, and keeps the proof."""

__version__ = "0.1.0"
