"""A new case: six fields and thirty seconds."""
