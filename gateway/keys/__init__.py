"""API keys of partner systems: scoped, shown once, dead within a minute of revocation."""
