"""Saved views: a name for a list's filters and order, kept for oneself or shared."""
