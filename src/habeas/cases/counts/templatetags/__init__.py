"""Template filters of counts."""
