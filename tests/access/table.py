"""What each role gets at each address of the service, by each method. Written by hand.

A new address without a row fails `test_every_address.py`: decide who may reach it, and add the row.
Below an address stand rows of methods and what each role gets, in the order of ROLES; `*` is every
method not named before it. `in` is a redirect to a page on which one signs in; a number is the
status. `tutor` is of the school in the address, `other` of another one, and the staff groups have a
second factor. Admin's addresses for each model are in `admin_table.py`, the app's list is that of
accounts. DfE Sign-in is not offered here.
"""

ROLES = ("nobody", "tutor", "other", "support", "policy", "finance", "superuser", "token")

#   methods            nobody tutor other support policy finance superuser token
TABLE = """
/accessibility
    GET,HEAD           200  200  200  200  200  200  200  200
    *                  405  405  405  405  405  405  405  405
/cookies
    GET,HEAD           200  200  200  200  200  200  200  200
    *                  405  405  405  405  405  405  405  405
/privacy
    GET,HEAD           200  200  200  200  200  200  200  200
    *                  405  405  405  405  405  405  405  405
/robots.txt
    GET,HEAD           200  200  200  200  200  200  200  200
    *                  405  405  405  405  405  405  405  405
/favicon.ico
    GET,HEAD           302  302  302  302  302  302  302  302
    *                  405  405  405  405  405  405  405  405
/.well-known/security.txt
    GET,HEAD           302  302  302  302  302  302  302  302
    *                  405  405  405  405  405  405  405  405
/demo/components
    GET,HEAD           200  200  200  200  200  200  200  200
    *                  405  405  405  405  405  405  405  405
/demo/outbox
    GET,HEAD           200  200  200  200  200  200  200  200
    *                  405  405  405  405  405  405  405  405
/demo/sign-in
    GET,HEAD,POST      200  200  200  200  200  200  200  200
    *                  405  405  405  405  405  405  405  405
/sign-in
    PATCH,DELETE       405  302  302  302  302  302  302  405
    *                  200  302  302  302  302  302  302  200
/sign-in/code
    *                  in   302  302  302  302  302  302  in
/sign-in/dfe
    GET                404  404  404  404  404  404  404  404
    *                  405  405  405  405  405  405  405  405
/sign-in/dfe/done
    GET                404  404  404  404  404  404  404  404
    *                  405  405  405  405  405  405  405  405
/sign-out
    POST               in   in   in   in   in   in   in   in
    *                  in   405  405  405  405  405  405  in
/sign-out/everywhere
    POST               in   in   in   in   in   in   in   in
    *                  in   405  405  405  405  405  405  in
/sessions
    GET,HEAD           in   200  200  200  200  200  200  in
    *                  in   405  405  405  405  405  405  in
/sessions/<slug:session_name>/end
    POST               in   404  404  404  404  404  404  in
    *                  in   405  405  405  405  405  405  in
/staff/sign-in
    PATCH,DELETE       405  302  302  302  302  302  302  405
    *                  200  302  302  302  302  302  302  200
/staff/second-factor
    *                  in   302  302  302  302  302  302  in
/staff/passkeys
    GET,HEAD           in   403  403  200  200  200  200  in
    *                  in   405  405  405  405  405  405  in
/staff/passkeys/add
    GET,HEAD,POST      in   403  403  200  200  200  200  in
    *                  in   405  405  405  405  405  405  in
/staff/passkeys/<int:passkey_id>/remove
    POST               in   403  403  404  404  404  404  in
    *                  in   405  405  405  405  405  405  in
/staff/needs-invitation
    GET,HEAD           403  403  403  403  403  403  403  403
    *                  405  405  405  405  405  405  405  405
/staff/invitation/<int:user_id>/<str:token>
    GET,HEAD,POST      404  404  404  404  404  404  404  404
    *                  405  405  405  405  405  405  405  405
/
    GET,HEAD           in   302  302  200  200  200  200  in
    *                  in   405  405  405  405  405  405  in
/schools/<int:urn>
    GET,HEAD           in   200  404  404  404  404  404  in
    *                  in   405  405  405  405  405  405  in
/schools/<int:urn>/mentors
    GET,HEAD           in   200  404  404  404  404  404  in
    *                  in   405  405  405  405  405  405  in
/schools/<int:urn>/mentors/<uuid:public_id>
    GET,HEAD           in   200  404  404  404  404  404  in
    *                  in   405  405  405  405  405  405  in
/schools/<int:urn>/mentors.csv
    GET,HEAD           in   200  404  404  404  404  404  in
    *                  in   405  405  405  405  405  405  in
/schools/<int:urn>/mentors.xlsx
    GET,HEAD           in   200  404  404  404  404  404  in
    *                  in   405  405  405  405  405  405  in
/schools/<int:urn>/ects.csv
    GET,HEAD           in   200  404  404  404  404  404  in
    *                  in   405  405  405  405  405  405  in
/schools/<int:urn>/ects.xlsx
    GET,HEAD           in   200  404  404  404  404  404  in
    *                  in   405  405  405  405  405  405  in
/schools/<int:urn>/mentor-training
    GET,HEAD           in   200  404  404  404  404  404  in
    *                  in   405  405  405  405  405  405  in
/schools/<int:urn>/ects
    GET,HEAD           in   200  404  404  404  404  404  in
    *                  in   405  405  405  405  405  405  in
/schools/<int:urn>/ects/<uuid:public_id>
    GET,HEAD           in   200  404  404  404  404  404  in
    *                  in   405  405  405  405  405  405  in
/schools/<int:urn>/mentors/add
    GET,HEAD,POST      in   302  404  404  404  404  404  in
    *                  in   405  405  405  405  405  405  in
/schools/<int:urn>/mentors/add/<slug:page>
    GET,HEAD           in   200  404  404  404  404  404  in
    POST               in   302  404  404  404  404  404  in
    *                  in   405  405  405  405  405  405  in
/schools/<int:urn>/ects/add
    GET,HEAD,POST      in   302  404  404  404  404  404  in
    *                  in   405  405  405  405  405  405  in
/schools/<int:urn>/ects/add/<slug:page>
    GET,HEAD           in   200  404  404  404  404  404  in
    POST               in   302  404  404  404  404  404  in
    *                  in   405  405  405  405  405  405  in
/schools/<int:urn>/mentors/<uuid:public_id>/assign
    GET,HEAD           in   200  404  404  404  404  404  in
    POST               in   302  404  404  404  404  404  in
    *                  in   405  405  405  405  405  405  in
/schools/<int:urn>/mentors/<uuid:public_id>/assign/start-date
    GET,HEAD,POST      in   302  404  404  404  404  404  in
    *                  in   405  405  405  405  405  405  in
/schools/<int:urn>/mentors/<uuid:public_id>/assign/lead-provider
    GET,HEAD,POST      in   302  404  404  404  404  404  in
    *                  in   405  405  405  405  405  405  in
/schools/<int:urn>/mentors/<uuid:public_id>/assign/check
    GET,HEAD,POST      in   302  404  404  404  404  404  in
    *                  in   405  405  405  405  405  405  in
/schools/<int:urn>/ects/<uuid:public_id>/mentor
    GET,HEAD           in   200  404  404  404  404  404  in
    POST               in   302  404  404  404  404  404  in
    *                  in   405  405  405  405  405  405  in
/schools/<int:urn>/ects/<uuid:public_id>/mentor/start-date
    GET,HEAD,POST      in   302  404  404  404  404  404  in
    *                  in   405  405  405  405  405  405  in
/schools/<int:urn>/ects/<uuid:public_id>/mentor/lead-provider
    GET,HEAD,POST      in   302  404  404  404  404  404  in
    *                  in   405  405  405  405  405  405  in
/schools/<int:urn>/ects/<uuid:public_id>/mentor/check
    GET,HEAD,POST      in   302  404  404  404  404  404  in
    *                  in   405  405  405  405  405  405  in
/schools/<int:urn>/tutors
    GET,HEAD           in   200  404  404  404  404  404  in
    *                  in   405  405  405  405  405  405  in
/schools/<int:urn>/tutors/add
    GET,HEAD           in   200  404  404  404  404  404  in
    POST               in   302  404  404  404  404  404  in
    *                  in   405  405  405  405  405  405  in
/schools/<int:urn>/tutors/check
    GET,HEAD,POST      in   302  404  404  404  404  404  in
    *                  in   405  405  405  405  405  405  in
/schools/<int:urn>/tutors/emails/start
    POST               in   302  404  404  404  404  404  in
    *                  in   405  405  405  405  405  405  in
/schools/<int:urn>/tutors/emails/stop
    POST               in   302  404  404  404  404  404  in
    *                  in   405  405  405  405  405  405  in
/schools/<int:urn>/tutors/<int:appointment_id>/last-day
    GET,HEAD           in   200  404  404  404  404  404  in
    POST               in   302  404  404  404  404  404  in
    *                  in   405  405  405  405  405  405  in
/schools/<int:urn>/tutors/<int:appointment_id>/check
    GET,HEAD,POST      in   302  404  404  404  404  404  in
    *                  in   405  405  405  405  405  405  in
/schools/<int:urn>/tutors/<int:appointment_id>/invitation
    POST               in   302  404  404  404  404  404  in
    *                  in   405  405  405  405  405  405  in
/schools/<int:urn>/mentors/<uuid:public_id>/leaving
    GET,HEAD           in   200  404  404  404  404  404  in
    POST               in   302  404  404  404  404  404  in
    *                  in   405  405  405  405  405  405  in
/schools/<int:urn>/mentors/<uuid:public_id>/leaving/check
    GET,HEAD,POST      in   302  404  404  404  404  404  in
    *                  in   405  405  405  405  405  405  in
/schools/<int:urn>/mentors/<uuid:public_id>/leaving/withdraw
    GET,HEAD,POST      in   302  404  404  404  404  404  in
    *                  in   405  405  405  405  405  405  in
/schools/<int:urn>/mentors/<uuid:public_id>/undo
    GET,HEAD           in   200  404  404  404  404  404  in
    POST               in   302  404  404  404  404  404  in
    *                  in   405  405  405  405  405  405  in
/schools/<int:urn>/academic-years/<int:start_year>
    GET,HEAD           in   200  404  404  404  404  404  in
    POST               in   302  404  404  404  404  404  in
    *                  in   405  405  405  405  405  405  in
/schools/<int:urn>/academic-years/<int:start_year>/lead-provider
    GET,HEAD,POST      in   302  404  404  404  404  404  in
    *                  in   405  405  405  405  405  405  in
/schools/<int:urn>/academic-years/<int:start_year>/check
    GET,HEAD,POST      in   302  404  404  404  404  404  in
    *                  in   405  405  405  405  405  405  in
/schools/<int:urn>/mentors/<uuid:public_id>/lead-provider
    GET,HEAD           in   200  404  404  404  404  404  in
    POST               in   302  404  404  404  404  404  in
    *                  in   405  405  405  405  405  405  in
/schools/<int:urn>/mentors/<uuid:public_id>/lead-provider/check
    GET,HEAD,POST      in   302  404  404  404  404  404  in
    *                  in   405  405  405  405  405  405  in
/schools/<int:urn>/mentors/<uuid:public_id>/name
    GET,HEAD           in   200  404  404  404  404  404  in
    POST               in   302  404  404  404  404  404  in
    *                  in   405  405  405  405  405  405  in
/schools/<int:urn>/mentors/<uuid:public_id>/name/check
    GET,HEAD,POST      in   302  404  404  404  404  404  in
    *                  in   405  405  405  405  405  405  in
/schools/<int:urn>/mentors/<uuid:public_id>/email
    GET,HEAD           in   200  404  404  404  404  404  in
    POST               in   302  404  404  404  404  404  in
    *                  in   405  405  405  405  405  405  in
/schools/<int:urn>/mentors/<uuid:public_id>/email/check
    GET,HEAD,POST      in   302  404  404  404  404  404  in
    *                  in   405  405  405  405  405  405  in
/schools/<int:urn>/ects/<uuid:public_id>/leaving
    GET,HEAD           in   200  404  404  404  404  404  in
    POST               in   302  404  404  404  404  404  in
    *                  in   405  405  405  405  405  405  in
/schools/<int:urn>/ects/<uuid:public_id>/leaving/check
    GET,HEAD,POST      in   302  404  404  404  404  404  in
    *                  in   405  405  405  405  405  405  in
/schools/<int:urn>/ects/<uuid:public_id>/leaving/withdraw
    GET,HEAD,POST      in   302  404  404  404  404  404  in
    *                  in   405  405  405  405  405  405  in
/schools/<int:urn>/ects/<uuid:public_id>/undo
    GET,HEAD           in   200  404  404  404  404  404  in
    POST               in   302  404  404  404  404  404  in
    *                  in   405  405  405  405  405  405  in
/schools/<int:urn>/ects/<uuid:public_id>/name
    GET,HEAD           in   200  404  404  404  404  404  in
    POST               in   302  404  404  404  404  404  in
    *                  in   405  405  405  405  405  405  in
/schools/<int:urn>/ects/<uuid:public_id>/name/check
    GET,HEAD,POST      in   302  404  404  404  404  404  in
    *                  in   405  405  405  405  405  405  in
/schools/<int:urn>/ects/<uuid:public_id>/email
    GET,HEAD           in   200  404  404  404  404  404  in
    POST               in   302  404  404  404  404  404  in
    *                  in   405  405  405  405  405  405  in
/schools/<int:urn>/ects/<uuid:public_id>/email/check
    GET,HEAD,POST      in   302  404  404  404  404  404  in
    *                  in   405  405  405  405  405  405  in
/api/
    *                  404  404  404  404  404  404  404  404
/api/docs
    *                  200  200  200  200  200  200  200  200
/api/openapi.json
    *                  200  200  200  200  200  200  200  200
/api/v3/participant-declarations
    GET                401  401  401  401  401  401  401  200
    POST               401  401  401  401  401  401  401  400
    *                  405  405  405  405  405  405  405  405
/api/v3/participant-declarations/<declaration_id>
    GET                401  401  401  401  401  401  401  404
    *                  405  405  405  405  405  405  405  405
/api/v3/participant-declarations/<declaration_id>/void
    PUT                401  401  401  401  401  401  401  404
    *                  405  405  405  405  405  405  405  405
/api/v3/participants
    GET                401  401  401  401  401  401  401  200
    *                  405  405  405  405  405  405  405  405
/api/v3/participants/<participant_id>
    GET                401  401  401  401  401  401  401  404
    *                  405  405  405  405  405  405  405  405
/api/v3/participants/<participant_id>/withdraw
    PUT                401  401  401  401  401  401  401  400
    *                  405  405  405  405  405  405  405  405
/api/v3/participants/<participant_id>/defer
    PUT                401  401  401  401  401  401  401  400
    *                  405  405  405  405  405  405  405  405
/api/v3/participants/<participant_id>/resume
    PUT                401  401  401  401  401  401  401  400
    *                  405  405  405  405  405  405  405  405
/api/v3/partnerships
    GET                401  401  401  401  401  401  401  200
    POST               401  401  401  401  401  401  401  400
    *                  405  405  405  405  405  405  405  405
/api/v3/partnerships/<partnership_id>
    GET                401  401  401  401  401  401  401  404
    PUT                401  401  401  401  401  401  401  404
    *                  405  405  405  405  405  405  405  405
/api/v3/schools
    GET                401  401  401  401  401  401  401  400
    *                  405  405  405  405  405  405  405  405
/api/v3/schools/<school_id>
    GET                401  401  401  401  401  401  401  400
    *                  405  405  405  405  405  405  405  405
/api/v3/delivery-partners
    GET                401  401  401  401  401  401  401  200
    *                  405  405  405  405  405  405  405  405
/api/v3/delivery-partners/<delivery_partner_id>
    GET                401  401  401  401  401  401  401  404
    *                  405  405  405  405  405  405  405  405
/api/v3/unfunded-mentors
    GET                401  401  401  401  401  401  401  200
    *                  405  405  405  405  405  405  405  405
/api/v3/unfunded-mentors/<unfunded_mentor_id>
    GET                401  401  401  401  401  401  401  404
    *                  405  405  405  405  405  405  405  405
/admin/
    *                  in   in   in   200  200  200  200  in
/admin/login/
    *                  in   403  403  in   in   in   in   in
/admin/logout/
    POST,OPTIONS       in   302  302  200  200  200  200  in
    *                  in   302  302  405  405  405  405  in
/admin/password_change/
    PATCH,DELETE       in   in   in   405  405  405  405  in
    *                  in   in   in   200  200  200  200  in
/admin/password_change/done/
    GET,HEAD,OPTIONS   in   in   in   200  200  200  200  in
    *                  in   in   in   405  405  405  405  in
/admin/autocomplete/
    GET,HEAD           in   in   in   403  403  403  403  in
    OPTIONS            in   in   in   200  200  200  200  in
    *                  in   in   in   405  405  405  405  in
/admin/jsi18n/
    GET,HEAD,OPTIONS   in   in   in   200  200  200  200  in
    *                  in   in   in   405  405  405  405  in
/admin/<app_label>/
    *                  in   in   in   200  404  404  200  in
/admin/<url>
    *                  in   in   in   404  404  404  404  in
"""
