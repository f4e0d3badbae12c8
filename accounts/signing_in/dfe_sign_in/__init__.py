"""DfE Sign-in, the way in that schools share: OpenID Connect, authorization code flow with PKCE.

`provider` speaks with it and believes only what it has signed, `refusals` says why somebody does
not get in, `users` decides whose account it is, and `session` begins and remembers the sign-in.
The pages, and what the person's organisation opens, are in schools/.
"""

# How a session's record of authentication, and the trail, name this way in.
METHOD = "dfe_sign_in"
