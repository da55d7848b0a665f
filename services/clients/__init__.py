"""The client registry: organisations, their people, every touch with them, one page about each.

Owns: clients with their grades, contacts, contact records, opportunities, imports.
Publishes: all of these (`shared/contracts/clients.py`).
Consumes: users (from `gateway`) and cases (from `desk`), as projections in `refs` and `timeline`.

Features in order; a later one may use an earlier one, never the other way:
refs, timeline, cadence, duplicates, registry, grades, contacts, interactions, opportunities, page,
imports, exports, bulk.
"""
