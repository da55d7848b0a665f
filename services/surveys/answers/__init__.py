"""Answering by link, without a sign-in."""
