"""Identity as a claim: who says that two are one, who says that they are not, what was signed."""
