"""See the design of the house."""
