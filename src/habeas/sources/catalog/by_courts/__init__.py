"""Courts of Belarus: the public schedule of hearings.

Who publishes: the Supreme Court of Belarus, service.court.gov.by, for all general courts.
What is there: for one court and a stretch of days, three panels: civil cases (plaintiff and
defendant), administrative offences, criminal cases (the person). An answer to a form, a fragment of
HTML and no document. Each panel prints how many rows it has.

History:
- 2025: the public form was reported closed in the press. What is read here is its earlier form, as
  a working scraper read it; that scraper sent an empty answer to the captcha (unverified).
- 2026-11: written; no saved page was at hand.
"""
