"""How members sign in by themselves: passphrase, second factor, recovery codes, and limits."""
