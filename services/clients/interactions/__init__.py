"""Contact records: calls, visits, meetings, messages."""
