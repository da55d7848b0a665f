"""Surveys: what client-side people think of the work, asked shortly and answered without a login.

Owns: survey forms, campaigns, rounds of invitations, responses, personal and anonymous.
Publishes: personal responses and rounds (`shared/contracts/surveys.py`); never an anonymous answer.
Consumes: clients (from `clients`), users (from `gateway`), cases (from `desk`), engagements and
members (from `engagements`), as projections in `refs`.

Features in order; a later one may use an earlier one, never the other way:
refs, forms, campaigns, responses, rounds, answers, history, scores.
"""
