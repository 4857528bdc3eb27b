"""Template filters of imports."""
