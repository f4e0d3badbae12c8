"""How people get in: induction tutors by an emailed code, DfE staff by password and second factor.

Everything about who has proved to be whom. What they may then see is not decided here.
"""
