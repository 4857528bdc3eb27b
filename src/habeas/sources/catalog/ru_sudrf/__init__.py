"""Courts of general jurisdiction of Russia on sudrf.ru, without Moscow and the cassation courts.

What: the day list of hearings of each court, result lists of its search, and case cards, of about
2,250 district, city, regional, garrison and appeal courts. КоАП cases against foreigners
(art. 18.8, 18.10) are heard by district courts where expulsion is possible (КоАП РФ, art. 23.1,
part 3), and their day lists print surname and initials.

Who: each court keeps its own site inside ГАС «Правосудие», run by the Judicial Department.

History:
    2023: of 2,256 courts, 2,115 had the first page generation and 140 the second; 434 asked for
        the digits of a picture before a search. Day lists and cards are not behind it.
    2024-06: a public list of courts counts 157 with several servers (`srv_num`).
    2026: saved pages of both generations; cards of the second repeat every fact for phones and
        print.
    2026-11: written from saved pages. No live page was read: check on the first real capture.
"""
