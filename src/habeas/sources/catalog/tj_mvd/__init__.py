"""Interior ministry of Tajikistan: news and notices, in Tajik and Russian.

Who publishes: Вазорати корҳои дохилии Ҷумҳурии Тоҷикистон, mvd.tj (also vkd.tj).
What is there: notices of criminal cases and wanted people; a notice names people in running text,
so every passage that may be a name is a mention. The list shows titles only, which rarely name
anybody: follow it to the articles.

History:
- 2026-11: written after the selectors of a working scraper (DataLife Engine); no saved page of the
  site was at hand. Check each selector on the first real capture. The cookie `dle_skin=tj` is sent,
  as that scraper did. Its author needed another network and an ordinary browser's headers.
- Earlier addresses were Joomla's (`index.php/tj/…/33513-…`); they no longer work.
"""
