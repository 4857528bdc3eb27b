"""Matches of watching that await a decision, on the page of the person, decided in one step."""
