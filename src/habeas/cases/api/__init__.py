"""The JSON interface for programs: the same people, the same rights, tokens that end."""
