"""Signing in and out; refresh tokens; the caller of a request."""
