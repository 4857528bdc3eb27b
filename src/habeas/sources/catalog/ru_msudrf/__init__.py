"""Magistrates of Russia on msudrf.ru: day lists of hearings, where their site lets one see them.

What: the day list (`op=hl`) of each magistrate. Magistrates hear most КоАП cases; those in which
expulsion is possible go to district courts (КоАП РФ, art. 23.1, part 3), so they are not here.

Who: each magistrate's court keeps its own site inside ГАС «Правосудие».

History:
    2023-2025: public clients ask `op=hl&H_date=dd.mm.yyyy` and read `table#tablcont`; sites may
        work over plain http only.
    2026-02: a saved page asks for the letters of a picture (`form#kcaptchaForm`) before any list
        or card, on a page that otherwise looks like the court's.
    2026-11: written from that page and from the lists of sudrf.ru, whose table is the same. No
        saved list of a magistrate was available: check on the first real capture. Cards of
        magistrates have other layouts; they are reported as unknown.
"""
