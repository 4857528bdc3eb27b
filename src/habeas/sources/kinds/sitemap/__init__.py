"""Kind `sitemap`: a site that lists its pages in sitemaps; the newest of a part are read.

What it is for: a site without feeds and day lists whose news or notices have addresses of their
own. The sitemap says which pages are new or were changed; those that fit are read as articles.
A sitemap of sitemaps is followed to its newest parts.

History:
- 2026-11: after the protocol at sitemaps.org (0.9). The example is invented.
"""
