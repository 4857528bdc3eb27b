"""Outside timestamps: RFC 3161 replies and OpenTimestamps proofs, made and checked.

Files and bytes only; `habeas.fetch.stamping` is what asks authorities and calendars.
"""
