"""How users sign in, and prove that they are the owner of their account.

Induction tutors use an emailed code or DfE Sign-in; DfE staff a password and a second factor. What
a user may see once signed in is decided elsewhere.
"""
