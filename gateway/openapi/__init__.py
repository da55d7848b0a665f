"""One OpenAPI document for all services, and its page."""
