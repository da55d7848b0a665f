"""Opportunities: what a client may buy, along the default pipeline."""
