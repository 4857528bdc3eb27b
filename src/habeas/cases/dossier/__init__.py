"""The dossier: everything of one person, for A4 in black and white."""
