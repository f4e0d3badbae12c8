"""Emails: what they say, and where they go in the demo and through GOV.UK Notify."""
