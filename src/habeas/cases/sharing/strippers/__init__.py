"""One module per kind of file that can be rebuilt without what it tells beside its content."""
