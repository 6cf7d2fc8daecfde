"""The library's forms in our words."""

from __future__ import annotations

from typing import ClassVar

from allauth.account import forms as account
from allauth.mfa.base import forms as factor
from allauth.mfa.totp import forms as app
from allauth.mfa.webauthn import forms as passkey
from django import forms
from django.core.validators import EmailValidator

from waypost.access.sign_in import training

NOT_AN_EMAIL = "Enter an email address in the correct format, like name@example.org"
NEW_PASSWORD = "At least 12 characters. Three words that do not belong together make a good one."  # noqa: S105
SIX_DIGITS = "The 6 digits that the app shows now"


class Worded(forms.Form):
    """`says` is by field: its label, its hint, and what is said when it is left empty."""

    says: ClassVar[dict[str, tuple[str, str, str]]] = {}
    use_required_attribute = False

    def __init__(self, *given: object, **named: object):
        super().__init__(*given, **named)  # type: ignore[arg-type]
        for name, (label, hint, missing) in self.says.items():
            field = self.fields[name]
            field.label, field.help_text = label, hint
            field.error_messages |= {"required": missing}
            field.widget.attrs.pop("placeholder", None)
            if isinstance(field, forms.EmailField):
                field.error_messages["invalid"] = NOT_AN_EMAIL
                # The words of the validator come before those of the field.
                field.validators = [EmailValidator(NOT_AN_EMAIL)]


class SignIn(Worded, account.LoginForm):  # type: ignore[misc]
    says: ClassVar = {
        "login": ("Email address", "", "Enter your email address"),
        "password": ("Password", "", "Enter your password"),
    }


class ChangePassword(Worded, account.ChangePasswordForm):  # type: ignore[misc]
    says: ClassVar = {
        "oldpassword": ("Password now", "", "Enter the password that you use now"),
        "password1": ("New password", NEW_PASSWORD, "Enter a new password"),
        "password2": ("New password again", "", "Enter the new password again"),
    }


class ForgottenPassword(Worded, account.ResetPasswordForm):  # type: ignore[misc]
    says: ClassVar = {"email": ("Email address", "The one that you sign in with", "Enter your email address")}


class NewPassword(Worded, account.ResetPasswordKeyForm):  # type: ignore[misc]
    says: ClassVar = {
        "password1": ("New password", NEW_PASSWORD, "Enter a new password"),
        "password2": ("New password again", "", "Enter the new password again"),
    }


class ConfirmPassword(Worded, account.ReauthenticateForm):  # type: ignore[misc]
    says: ClassVar = {"password": ("Password", "", "Enter your password")}


class Code(Worded, factor.AuthenticateForm):  # type: ignore[misc]
    says: ClassVar = {
        "code": ("Code", f"{SIX_DIGITS}, or one of your recovery codes", "Enter a code"),
    }

    def __init__(self, *given: object, **named: object):
        super().__init__(*given, **named)
        shown = training.code_now(self.user)
        if shown:
            self.fields["code"].help_text = f"Nobody has this invented person's app, so here is its code: {shown}"

    def clean_code(self) -> str:
        training.may_be_used_again(self.user)
        return str(super().clean_code())


class ConfirmCode(Worded, factor.ReauthenticateForm):  # type: ignore[misc]
    says: ClassVar = Code.says


class SetUpApp(Worded, app.ActivateTOTPForm):  # type: ignore[misc]
    says: ClassVar = {"code": ("Code", SIX_DIGITS, "Enter the code that the app shows")}


class AddPasskey(Worded, passkey.AddWebAuthnForm):  # type: ignore[misc]
    says: ClassVar = {
        "name": ("Name of the passkey", "So that you know it again, such as “Work laptop”", "Enter a name"),
        "passwordless": (
            "Sign in with this passkey alone",
            "The device must then ask for its PIN, your finger or your face each time.",
            "",
        ),
    }


class RenamePasskey(Worded, passkey.EditWebAuthnForm):  # type: ignore[misc]
    says: ClassVar = {"name": ("Name of the passkey", "", "Enter a name")}
