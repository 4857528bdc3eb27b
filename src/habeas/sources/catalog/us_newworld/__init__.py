"""Detention rosters on "New World Inmate Inquiry": everybody in custody in a county's jail.

Who publishes: sheriffs of counties of the United States, each on a host of its own, on a vendor's
platform (Tyler Technologies, New World). Seven counties are known here; more are one line each.
What is there: the filter `InCustody=True` lists everybody who is held now, in pages; each row leads
to a page with bookings, facility and charges. The whole roster is read and compared every day:
somebody who is missing from two complete rosters in a row is no longer held there, and was
released, moved or taken elsewhere.

What a reader must know: names are printed "LAST, FIRST MIDDLE". The page does not count its rows;
it is complete when there is no link to a next page. "No data" is what the platform prints for an
empty roster and for a filter that fits nobody.

History:
- 2026-11: written after public clients of these pages (column headings, `a.Next`, `#Inmate_Index`,
  class names of the detail page); no live page was asked. Check each on the first real capture.
"""
