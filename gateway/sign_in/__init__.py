"""Signing in and out: a password, a refresh token or an API key for a session."""
