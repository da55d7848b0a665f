"""The client registry: organisations, their people, every touch with them, one page about each.

Owns: clients, contacts, contact records, imports.
Publishes: clients, contacts, contact records and imports (`shared/contracts/clients.py`).
Consumes: users (from `gateway`) and cases (from `desk`), as projections in `refs` and `timeline`.

Features in order; a later one may use an earlier one, never the other way:
refs, timeline, duplicates, registry, contacts, interactions, page, imports, exports.
"""
