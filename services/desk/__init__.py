"""The desk: requests, complaints, praise, suggestions and inquiries of client-side people.

Owns: cases with their history, promises, conversation, solutions and follow-ups.
Publishes: the state of a case, at every act on it (`shared/contracts/desk.py`).
Consumes: clients (from `clients`) and users (from `gateway`), as projections in `shared/refs.py`;
low scores (from `surveys`), each of which opens a case.

Features in order; a later one may use an earlier one, never the other way:
history, cases, promises, waiting, messages, intake, feedback, needs, solutions, followups,
outcomes.
"""
