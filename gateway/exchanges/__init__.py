"""A request as it came in, and its answer as it goes out."""
