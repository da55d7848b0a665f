"""Grades A, B, C, set by hand with a reason."""
