"""Answers given before Rapport was here."""
