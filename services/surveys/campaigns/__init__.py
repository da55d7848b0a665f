"""When which form goes to whom, as data."""
