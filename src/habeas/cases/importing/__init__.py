"""Importing lists, records and papers of others: looked at first, decided by a person, undone."""
