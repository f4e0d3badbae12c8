"""Four pages written twice more: as little as serves them (floor), and as Django plainly (stock).

Both show what the service's page shows, to the letter: their template is cut from pages that the
service rendered (`templates.py`), and each answer is compared with the service's in every run. What
the two read they turn into a template's facts by the same rules (`facts.py`). They know the data of
`benchmarks/national`, where no person is to come, is leaving or has both roles, every training
period has its partnership and none is stopped, and no status policy is recorded.
"""
