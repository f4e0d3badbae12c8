"""DfE Sign-in, which all schools share: OpenID Connect, authorization code flow with PKCE.

`provider` talks to it and accepts only what it has signed, `users` finds the person's account here,
and `refusals` has the reasons why a person is not signed in. The pages, and the appointment at the
person's school, are in schools/.
"""

# The name of this way of signing in, in a session's records of authentication and the audit log.
METHOD = "dfe_sign_in"
