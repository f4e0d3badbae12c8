"""The API by which lead providers send declarations: docs/lead-provider-api.md.

It only reads requests and writes answers; the rules of the app decide.
"""
