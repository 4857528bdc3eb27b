"""Consent: per person and use, given by whom, how, until when, and withdrawn."""
