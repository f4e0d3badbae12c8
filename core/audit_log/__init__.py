"""The audit log: who signed in, which records DfE staff saw, and who changed a record.

Each event is one line, a JSON object; docs/signing-in.md lists the events. A line holds ids only:
no name, email address, TRN, date of birth, network address or search term. The history
(core/history.py) has the values before and after a change, under the same request id.
"""
