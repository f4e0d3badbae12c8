"""The addresses of signing in and out. Those of allauth's views keep allauth's names."""

from django.urls import path

from accounts.signing_in import own_sessions, passkeys, views

urlpatterns = [
    path("sign-in", views.AskForCodeView.as_view(), name="account_request_login_code"),
    path("sign-in/code", views.EnterCodeView.as_view(), name="account_confirm_login_code"),
    path("staff/sign-in", views.PasswordView.as_view(), name="account_login"),
    path("staff/second-factor", views.SecondFactorView.as_view(), name="mfa_authenticate"),
    path("staff/passkeys", passkeys.list_passkeys, name="passkeys"),
    path("staff/passkeys/add", passkeys.add_passkey, name="add-passkey"),
    path("staff/passkeys/<int:passkey_id>/remove", passkeys.remove_passkey, name="remove-passkey"),
    path("staff/needs-invitation", views.needs_invitation, name="needs-invitation"),
    path(
        "staff/invitation/<int:user_id>/<str:token>",
        views.accept_invitation,
        name="accept-invitation",
    ),
    path("sign-out", views.sign_out, name="sign-out"),
    path("sign-out/everywhere", views.sign_out_everywhere, name="sign-out-everywhere"),
    path("sessions", own_sessions.list_sessions, name="sessions"),
    path("sessions/<slug:session_name>/end", own_sessions.end_session, name="end-session"),
]
