"""State register of court acts of Kyrgyzstan: lists of acts with both sides.

Who publishes: the court department of the Supreme Court, act.sot.kg (a successor, portal.sot.kg,
is another program and is not read here).
What is there: about 378,000 acts, ten a page, with case number, both sides, act, judge and court.
The sides of newer acts have initials only. The acts themselves are PDF files.

History:
- 2026-11: written after the selectors of two working scrapers; no saved page was at hand. The
  wording of the counter ("Табылды") and the date format of the form are guesses; the Russian
  interface is not read. The site answers slowly and times out under load.
"""
