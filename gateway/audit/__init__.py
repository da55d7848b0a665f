"""The audit trails of all services in one, for administrators."""
