"""The client registry: organisations, their people, every touch with them, one page about each.

Owns: clients with their grades, contacts, contact records, opportunities, imports.
Publishes: all of these (`shared/contracts/clients.py`).
Consumes: users (from `gateway`), cases (from `desk`), engagements (from `engagements`) and survey
results (from `surveys`), as projections in the features of these names, `refs` and `timeline`.

Features in order; a later one may use an earlier one, never the other way:
refs, timeline, engagements, surveys, cadence, duplicates, registry, grades, contacts, interactions,
opportunities, merges, page, imports, exports, bulk.
"""
