"""People of client organisations."""
