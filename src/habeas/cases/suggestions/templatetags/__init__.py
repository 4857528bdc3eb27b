"""Template filters of suggestions."""
