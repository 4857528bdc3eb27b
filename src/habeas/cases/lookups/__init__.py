"""Look-ups: who was asked, when, by whom, what they answered, and whom to ask next."""
