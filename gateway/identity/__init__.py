"""Proving who comes: passwords, access tokens, tokens for the services."""
