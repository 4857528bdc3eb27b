"""Kind `feed`: an RSS or Atom feed of a publisher, and, if wanted, the articles it leads to.

What it is for: ministries, prosecutors, courts and newspapers that announce by feed. A feed carries
the latest posts only, so absence from it says nothing; what it names is compared, and its articles
are read too if `follow` says so.

History:
- 2026-11: after RSS 2.0 (rssboard.org), RSS 1.0 (RDF) and Atom (RFC 4287). The example is invented.
"""
