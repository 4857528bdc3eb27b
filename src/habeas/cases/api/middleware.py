"""Which step of a request this feature adds: after the session, before rights are asked."""

MIDDLEWARE = "habeas.cases.api.tokens.TokenBearer"
