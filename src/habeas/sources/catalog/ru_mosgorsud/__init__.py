"""Moscow City Court and the 35 district courts of Moscow: one portal of their own, mos-gorsud.ru.

What it publishes: cases by number, participant or article; hearings by day; a card per case. The
cases of foreigners (КоАП 18.8, 18.10, 18.15) are here within days of the arrest. The portal is not
part of ГАС «Правосудие» (*.sudrf.ru).

What a reader must know:
- The cell "Стороны" shows about 64 characters; the whole list of names stands HTML-escaped in the
  attribute `data-full-text`. In a saved page the visible text held 3 of 126 names of row 1, and
  was cut inside a surname: it printed a name that is not in the case.
- Names are `Фамилия И.О.`. The portal's own search takes е for ё.
- "Cудья" on a card begins with a Latin C; so does a party's surname now and then.
- The counter "найдено записей: N" and `input#paginationFormMaxPages` are the portal's own measure
  of completeness; the size of a page is not fixed.
- Cards carry the captcha of a subscription form: the word is no captcha page.
- Qrator guards the portal: 2 s between requests; roots of trust are the Ministry's.

History:
- 2020-2023: cards in `div.row_card`, links in `td a[href]`.
- 2024-2026: cards in `div.card-sud > div.row`, rows as `tr.linked-row[data-href]` (pages saved in
  July 2026 and read for this adapter; the page of hearings by day was not seen, its columns are
  those of the sittings on a card, and any other stops the reader).
"""
