"""Which step of a request this feature adds: it answers for records that have ended."""

MIDDLEWARE = "habeas.cases.retention.narrowing.Placeholders"
