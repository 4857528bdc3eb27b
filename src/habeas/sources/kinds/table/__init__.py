"""Kind `table`: any page with one table of entries, its columns named in the description.

What it is for: a court, an agency or an archive whose lists are plain HTML tables. The columns are
found by their printed headings, every heading is named in the description, and a heading that is
gone or new stops the reader: a wrong column read as names is a person not found.

History:
- 2026-11: the structure of no site in particular; the example is invented.
"""
