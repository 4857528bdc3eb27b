"""Kind `telegram`: public channels, read from their web pages (t.me/s/...), without an account.

What it is for: ministries, courts, newspapers and watchdogs that speak on Telegram first. A page
shows about twenty posts, the newest last; older ones are reached by a link. A post that is gone has
an own page that says so, so deletions are noticed.

What a reader must know: a channel that does not exist, is private, or has its web page switched
off answers HTTP 200 without posts. "No posts found" is also said when too much was asked at once,
so it is never believed. Pictures and videos without words cannot be read.

History:
- 2026-11: after public clients (class names `tgme_widget_message…`, `tme_no_messages_found`,
  `tgme_widget_message_error`); no live page was asked. The example is invented.
"""
