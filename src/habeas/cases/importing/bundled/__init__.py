"""A bundle of another home, taken in on the way of all imports.

    persons.py   what a person of a bundle says, cut into records that each stand alone
    checks.py    which records this version understands
    records.py   the records of a row: which are new here, which came before, which are gone
    staging.py   a bundle read into rows that wait for a decision
    taking.py    a decided row taken over, taken back; claims about two linked
    senders.py   whose key it is, as far as anybody here knows

Who said what stays as it was said. That it came from them, and as which record of theirs, is kept
beside each (`models.Received`).
"""

from habeas.cases.importing.bundled.taking import link, take, take_back

__all__ = ["link", "take", "take_back"]
