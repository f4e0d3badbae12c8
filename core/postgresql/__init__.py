"""Django's PostgreSQL backend with deadlines: `base.py` is it, as Django looks for it there.

Settings name this package as ENGINE. docs/decisions/0013-deadlines-of-the-client.md says why.
"""
