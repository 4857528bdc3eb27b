"""The pages of watching: who is sought, where we looked, what was found, who decided what."""
