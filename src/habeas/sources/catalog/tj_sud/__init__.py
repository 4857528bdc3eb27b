"""Courts of Tajikistan: weekly lists of hearings, published as news posts.

Who publishes: each court on a host of its own below sud.tj (plain http, WordPress).
What is there: a post "РӮЙХАТИ ПАРВАНДАҲОИ … ТАЪИН КАРДАШУДА" once a week; a table of criminal,
civil and administrative cases with the names of the parties, the article, the judge, day, hour and
hall. Found among the announcements: `/category/press/elonho/`.

History:
- 2026-11: written without a saved page: only addresses and titles of such posts are known. Table,
  headings and hour marks are a guess. Correct them on the first real capture; until then any
  other table is reported as a changed layout, and nothing is guessed.
"""
