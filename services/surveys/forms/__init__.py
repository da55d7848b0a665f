"""Questionnaires as versioned data, in both languages."""
