"""The demo: invented people who between them show everything that the pages can show.

`schools` has the tables, one file a school; `builder.py` makes their rows; docs/demo.md tells what
each person's page shows. The app is installed in the demo and in the tests only, so that in
production neither its addresses nor its commands exist.
"""
