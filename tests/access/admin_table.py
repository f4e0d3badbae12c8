"""What each group of DfE staff may do with each model in admin. Written by hand.

v: view, a: add, c: change, d: delete, u: upload a file of them; "-": nothing. Users who are not
staff, and staff without a second factor, reach nothing of admin. No group edits declarations:
tests/staff/test_state_changes.py has who moves their states. A new model without a row, or a new
upload, fails `test_every_address.py`.
"""

STAFF = ("support", "policy", "finance", "superuser")

#   model                  support policy finance superuser
ADMIN_TABLE = """
accounts.dfesigninidentity      -    -    -    vd
accounts.signincode             -    -    -    v
accounts.user                   vac  -    -    vacd
core.look                       v    v    v    v
core.outgoingemail              v    -    -    v
auth.group                      -    -    -    vacd
declarations.apitoken           -    -    -    va
declarations.cohort             -    -    v    vacd
declarations.completionnotice   -    -    v    v
declarations.declaration        -    -    vu   vu
declarations.deliverypartner    -    -    v    vacd
declarations.leadprovider       -    -    v    vacd
declarations.leadproviderdeliverypartnership -  -    v    vacdu
declarations.recordedcompletion vacdu -   v    vacdu
declarations.schoolpartnership  -    -    v    vacd
declarations.schoolyear         -    -    -    vacdu
declarations.statemove          -    -    v    v
declarations.trainingperiod     -    -    v    vacdu
mentors.draftanswers         -    -    -    v
mentors.leaving                 v    -    -    v
mentors.mentorship              vacu -    -    vacdu
mentors.statuspolicy            -    vacd -    vacd
pghistory.events                -    -    -    v
schools.ectatschool             vacd -    -    vacd
schools.inductiontutor          vacu -    -    vacdu
schools.mentoratschool          vacd v    -    vacd
schools.school                  vac  v    v    vacd
schools.staffnote               vac  vac  vac  vac
schools.teacher                 vacu v    v    vacdu
schools.teachermerge            v    v    v    v
"""
