"""What the service costs, measured: `make bench` (benchmarks/__main__.py), and two by themselves.

`declarations_at_once.py` races 16 declarations, round after round, and checks that one stands;
`sign_in.py` measures whether signing in takes longer for an address that has an account.
"""
