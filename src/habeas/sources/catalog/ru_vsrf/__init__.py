"""Supreme Court of Russia: search of cases and complaints by number and by name.

Who publishes: Верховный Суд Российской Федерации, vsrf.ru ("Электронная справочная").
What is there: cases and complaints in one list with different fields; parties in mixed case in
cases and in capitals in complaints; the court, judge and result of the first instance in one
sentence; what happened last.

History:
- 2026-08: a result page was saved as DOM (one case and one complaint); fields read from it. The id
  `vs-items` repeats; the searched word is wrapped in `span.highlight`, inside the name.
- 2026-11: written. Paging was not seen: fewer entries than counted is reported as incomplete.
- 2026-11: public parsers report a newer layout, a list in a script (`__NEXT_DATA__`); its fields
  were not seen, so its names are kept and the page stays an obstacle. Cases by day of receipt are
  asked by two fields of the search form (unverified).
"""
