"""Kind `pdf_list`: a page that links to lists in PDF, or such a list at an address of its own.

What it is for: courts and agencies that publish their schedules, lists and notices as PDF files.
The page says which files there are; the newest are fetched and their text is searched. A scanned
file is a picture: it is reported as one that could not be read, never as one without names.

History:
- 2026-11: the structure of no site in particular; the example is invented.
"""
