"""The trail: who signed in, saw a record as staff, or changed one, one JSON object a line.

docs/signing-in.md lists the events. A line holds ids only: no name, email address, TRN, date of
birth, network address, or what somebody searched for. What a change was is in the history
(core/history.py), whose context has the same request id.
"""
