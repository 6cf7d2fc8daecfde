"""Addresses of signing in. The library's own names are kept, as its parts lead to each other by them.

What is not here is not used, and leads nowhere: opening an account oneself, changing an email address, joining another
account to one's own.
"""

from __future__ import annotations

from allauth.account import views as account
from allauth.mfa.base import views as factor
from allauth.mfa.recovery_codes import views as codes
from allauth.mfa.totp import views as app
from allauth.mfa.webauthn import views as passkey
from allauth.socialaccount import views as provider
from allauth.socialaccount.providers.openid_connect import views as oidc
from django.contrib.auth.decorators import login_not_required
from django.urls import path, re_path

from waypost.access.sign_in import devices, views

FACTORS = "account/second-factors"
KEY = f"{FACTORS}/passkeys/<int:pk>"

urlpatterns = [
    path("sign-in", views.SignIn.as_view(), name="account_login"),
    path("sign-in/closed", account.account_inactive, name="account_inactive"),
    path("sign-in/code", factor.authenticate, name="mfa_authenticate"),
    path("sign-in/passkey", passkey.login_webauthn, name="mfa_login_webauthn"),
    path("sign-in/with/<slug:provider_id>", oidc.login, name="openid_connect_login"),
    path("sign-in/with/<slug:provider_id>/back", oidc.callback, name="openid_connect_callback"),
    path("sign-in/stopped", provider.login_cancelled, name="socialaccount_login_cancelled"),
    path("sign-in/failed", login_not_required(provider.login_error), name="socialaccount_login_error"),
    path("sign-out", views.sign_out, name="sign_out"),
    path("password/forgotten", account.password_reset, name="account_reset_password"),
    path("password/forgotten/sent", account.password_reset_done, name="account_reset_password_done"),
    re_path(
        r"^password/new/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        account.password_reset_from_key,
        name="account_reset_password_from_key",
    ),
    path("password/set", account.password_reset_from_key_done, name="account_reset_password_from_key_done"),
    path("account", views.your_account, name="your_account"),
    path("account/password", views.change_password, name="account_change_password"),
    path("account/devices", devices.devices, name="devices"),
    path("account/devices/<int:key>/sign-out", devices.sign_out_device, name="sign_out_device"),
    path("account/devices/sign-out", devices.sign_out_other_devices, name="sign_out_other_devices"),
    path("account/confirm", account.reauthenticate, name="account_reauthenticate"),
    path("account/confirm/code", factor.reauthenticate, name="mfa_reauthenticate"),
    path("account/confirm/passkey", passkey.reauthenticate_webauthn, name="mfa_reauthenticate_webauthn"),
    path(FACTORS, views.SecondFactors.as_view(), name="mfa_index"),
    path(f"{FACTORS}/app", app.activate_totp, name="mfa_activate_totp"),
    path(f"{FACTORS}/app/remove", app.deactivate_totp, name="mfa_deactivate_totp"),
    path(f"{FACTORS}/codes", codes.view_recovery_codes, name="mfa_view_recovery_codes"),
    path(f"{FACTORS}/codes/new", codes.generate_recovery_codes, name="mfa_generate_recovery_codes"),
    path(f"{FACTORS}/passkeys", passkey.list_webauthn, name="mfa_list_webauthn"),
    path(f"{FACTORS}/passkeys/add", passkey.add_webauthn, name="mfa_add_webauthn"),
    path(f"{KEY}/rename", passkey.edit_webauthn, name="mfa_edit_webauthn"),
    path(f"{KEY}/remove", passkey.remove_webauthn, name="mfa_remove_webauthn"),
]
