"""Search over all cases: any script, by sound, by number, and in the wrong keyboard layout."""
