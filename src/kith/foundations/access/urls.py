"""Signing in and staying signed in. Of the sign-in package only the pages that Kith offers."""

from allauth.account import views as allauth
from django.urls import include, path, re_path

from kith.foundations.access import views

urlpatterns = [
    path("accounts/", views.account, name="account"),
    path("accounts/still-here", views.still_here, name="still-here"),
    path("accounts/login/", allauth.login, name="account_login"),
    path("accounts/logout/", allauth.logout, name="account_logout"),
    path("accounts/inactive/", allauth.account_inactive, name="account_inactive"),
    path("accounts/reauthenticate/", allauth.reauthenticate, name="account_reauthenticate"),
    path("accounts/password/change/", allauth.password_change, name="account_change_password"),
    path("accounts/password/reset/", allauth.password_reset, name="account_reset_password"),
    path("accounts/password/reset/done/", allauth.password_reset_done, name="account_reset_password_done"),
    re_path(
        r"^accounts/password/reset/key/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        allauth.password_reset_from_key,
        name="account_reset_password_from_key",
    ),
    path(
        "accounts/password/reset/key/done/",
        allauth.password_reset_from_key_done,
        name="account_reset_password_from_key_done",
    ),
    path("accounts/password/set/", views.set_by_reset, name="account_set_password"),
    path("accounts/signup/", views.no_such_page, name="account_signup"),
    path("accounts/email/", views.no_such_page, name="account_email"),
    path("accounts/2fa/", include("allauth.mfa.urls")),
    path("accounts/sessions/", include("allauth.usersessions.urls")),
    path("demo/sign-in", views.demo_sign_in, name="demo-sign-in"),
]
