"""Access: who belongs to the team, which cases they may see, and who read and changed what."""
