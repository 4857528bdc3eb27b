"""Sealed notes: what only chosen people can open, whoever else holds the database."""
