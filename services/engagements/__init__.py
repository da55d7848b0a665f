"""Engagements: consulting projects with their joint teams, plans and deliverables.

Owns: engagements with their history, joint teams, plans, deliverables, stakeholder profiles.
Publishes: the state of an engagement, a member, a deliverable, a task, at every act on it
(`shared/contracts/engagements.py`); never anything of a stakeholder profile.
Consumes: clients and won opportunities (from `clients`), users (from `gateway`).

Features in order; a later one may use an earlier one, never the other way:
history, members, templates, phases, engagement, team, plan, work,
deliverables, drafting, waiting, stakeholders, channel.
"""
