"""Rounds of invitations: opened by what happened, reminded, closed."""
