"""The board: all people, those first whose knowledge is stale or who need somebody now."""
