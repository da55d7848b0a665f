"""Sessions and their refresh tokens; the caller of a request."""
