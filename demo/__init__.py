"""The demo: invented people for every situation that a page can show, and the demo's own pages.

`schools` has the people as tables, `builder.py` makes database rows of them, and docs/demo.md says
what each person's page shows. The app is installed in the demo and the tests only: in production
its addresses and commands do not exist.
"""
