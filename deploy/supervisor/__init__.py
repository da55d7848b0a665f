"""The local supervisor: everything on one machine, started, watched and stopped by one command.

`home` keeps local state, `topology` says what runs with which settings, `children` forks and
restarts, `output` shows what they say, `run` ties it together.
"""
