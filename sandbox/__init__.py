"""The sandbox: invented schools and people for the engineers of lead providers to try the API on.

The app is installed in a deployment with ENVIRONMENT=sandbox and in the tests: in production its
command does not exist. docs/sandbox.md is for those who run one, and for those who try it.
"""
