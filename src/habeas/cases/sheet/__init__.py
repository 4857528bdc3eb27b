"""The page of one person (or body, place, event, case): the sections of all features in order."""
