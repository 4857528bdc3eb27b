"""Statements: one value, said by a speaker, carried by a document, about a time. Append-only."""
