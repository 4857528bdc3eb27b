"""Template filters of sharing."""
