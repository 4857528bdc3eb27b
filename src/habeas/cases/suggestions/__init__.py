"""A text on one side, what it suggests on the other: a person accepts or refuses, word by word."""
