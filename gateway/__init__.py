"""The one door.

Owns: identities, sessions, API keys, invitations, saved views; who may see what live; search.
Publishes: `gateway.user.*` (people who can sign in, of both sides).
Consumes: clients, contacts (search, client names), cases, engagements (search), places in joint
teams (memberships); everything (live updates).

Order of features, later ones may use earlier ones:
users, memberships, identity, exchanges, sessions, keys, sign_in, invitations, profile, views,
mailbox, audit, search, live, openapi, web, forwarding. What a process has once (`parts`,
`permissions`) is made of several and handed down to routes.
"""
