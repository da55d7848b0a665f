"""When a client is to be called and visited next."""
