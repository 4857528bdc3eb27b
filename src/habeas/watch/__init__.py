"""Watching: official sources on a schedule, for months, with proof of having looked."""
