"""What is done and what is to be done: actions, needs, deadlines, threats before the event."""
