"""The client page: all about a client in one answer."""
