"""Kind `roster`: the full list of who is held today, read whole every day and compared.

What it is for: a detention facility that publishes its whole population. Somebody who appears was
brought there; somebody who is missing from two complete rosters in a row has vanished from it:
released, moved, or taken elsewhere. The column that numbers bookings tells people of one name
apart, so it has to be named.

History:
- 2026-11: the pattern of those who keep daily copies of rosters (the whole list, then the
  difference). The example is invented.
"""
