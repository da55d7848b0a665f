"""Scores with how many answered and how sure they are."""
