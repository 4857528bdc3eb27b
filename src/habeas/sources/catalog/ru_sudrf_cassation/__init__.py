"""The nine courts of cassation of Russia on sudrf.ru: lists of cases, hearings and cards.

What: complaints against rulings that are in force, among them КоАП cases of foreigners (numbers
16-…). Lists print "ФАМИЛИЯ И.О. - ст.… КоАП РФ" and the court below in one cell, cards of civil
cases print people in full.

Who: Первый to Девятый кассационный суд общей юрисдикции, inside ГАС «Правосудие».

History:
    2026-06: a list of one week of the second court counts 143 КоАП cases on 6 pages of 25.
    2026-08-06: courts 1, 3, 4 and 6 ask for the digits of a picture before a search; courts 2, 5,
        7, 8 and 9 do not. A wrong `new=` answers "Данных по запросу не обнаружено" as if empty.
    2026-11: written from saved pages. No live page was read: check on the first real capture.
"""
