"""The questions of signing in, joining and looking after one's own account."""

from __future__ import annotations

import hashlib
from datetime import date, timedelta
from typing import Any

from allauth.account import forms as account
from allauth.mfa.adapter import get_adapter
from allauth.mfa.base import forms as mfa
from allauth.mfa.recovery_codes import forms as recovery
from allauth.mfa.totp import forms as totp
from allauth.mfa.webauthn import forms as webauthn
from django import forms
from django.contrib.auth import password_validation
from django.core.cache import cache

from accounts import passwords
from core.forms import GovukDateField, GovukForm

# Seconds: the code's own 30, and one such step before and after (MFA_TOTP_TOLERANCE), with some to spare.
CODE_STAYS_GOOD = 120
CODE_HINT = "6 digits from your app, or one of your recovery codes."
SAME_TWICE = "Type the same password both times"


class OwnAccountForm(GovukForm):
    """A form of the sign-in library in our dress: our labels and hints, and nothing inside the boxes."""

    words: dict[str, tuple[str, str]] = {}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            field.widget.attrs.pop("placeholder", None)
            if name in self.words:
                before = str(field.label)
                field.label, field.help_text = self.words[name]
                for code, message in field.error_messages.items():
                    field.error_messages[code] = str(message).replace(
                        before.lower(), str(field.label).lower()
                    )


class SignInForm(OwnAccountForm, account.LoginForm):
    words = {"login": ("E-mail address", ""), "password": ("Password", "")}


class ReauthenticateForm(OwnAccountForm, account.ReauthenticateForm):
    words = {"password": ("Password", "")}


class ForgottenPasswordForm(OwnAccountForm, account.ResetPasswordForm):
    words = {"email": ("E-mail address", "The one you sign in with.")}


class NewPasswordForm(OwnAccountForm, account.ResetPasswordKeyForm):
    words = {"password1": ("New password", ""), "password2": ("New password again", "")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["password1"].help_text = passwords.hint_for(self.user)


class ChangePasswordForm(OwnAccountForm, account.ChangePasswordForm):
    words = {
        "oldpassword": ("Present password", ""),
        "password1": ("New password", ""),
        "password2": ("New password again", ""),
    }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["password1"].help_text = passwords.hint_for(self.user)


class OnceForm(OwnAccountForm):
    """A code opens once, although it stays good for a while so that nobody has to type in a hurry."""

    user: Any
    words = {"code": ("Code", CODE_HINT)}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _as_code(self.fields["code"])

    def clean_code(self) -> str:
        code: str = super().clean_code()  # type: ignore[misc]
        name = hashlib.sha256(f"{self.user.pk} {''.join(code.split())}".encode()).hexdigest()
        if not cache.add(f"accounts.code.{name}", "used", timeout=CODE_STAYS_GOOD):
            raise get_adapter().validation_error("incorrect_code")
        return code


class CodeForm(OnceForm, mfa.AuthenticateForm):
    pass


class CodeAgainForm(OnceForm, mfa.ReauthenticateForm):
    pass


class SetUpAppForm(OwnAccountForm, totp.ActivateTOTPForm):
    words = {"code": ("Code from the app", "6 digits. The app shows a new one every 30 seconds.")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _as_code(self.fields["code"])

    @property
    def key_to_type(self) -> str:
        """The app's secret in groups of four, which are easier to copy; apps leave the spaces out."""
        return " ".join(self.secret[start : start + 4] for start in range(0, len(self.secret), 4))


class RemoveAppForm(OwnAccountForm, totp.DeactivateTOTPForm):
    pass


class RecoveryCodesForm(OwnAccountForm, recovery.GenerateRecoveryCodesForm):
    pass


class AddPasskeyForm(OwnAccountForm, webauthn.AddWebAuthnForm):
    words = {
        "name": ("Name of this passkey", "So that you know it again, for example “Work laptop”."),
        "passwordless": ("Sign in with this passkey alone, without a password", ""),
    }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial.setdefault("passwordless", True)


class RenamePasskeyForm(OwnAccountForm, webauthn.EditWebAuthnForm):
    words = {"name": ("Name of this passkey", "")}


def _as_code(field: forms.Field) -> None:
    field.widget.attrs.update({"class": "govuk-input--width-10", "inputmode": "text", "spellcheck": "false"})


class JoinForm(GovukForm):
    """The first password of someone who was invited."""

    password1 = forms.CharField(
        label="New password",
        strip=False,
        max_length=1000,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
    password2 = forms.CharField(
        label="New password again",
        strip=False,
        max_length=1000,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        self.user = user
        super().__init__(*args, **kwargs)
        self.fields["password1"].help_text = passwords.hint_for(user)

    def clean_password1(self) -> str:
        password = self.cleaned_data["password1"]
        password_validation.validate_password(password, self.user)
        return password

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if (
            cleaned.get("password1")
            and cleaned.get("password2")
            and cleaned["password1"] != cleaned["password2"]
        ):
            self.add_error("password2", SAME_TWICE)
        return cleaned


class LostSecondStepForm(GovukForm):
    """Who has lost the second step of signing in."""

    email = forms.EmailField(
        label="E-mail address",
        help_text="The one you sign in with.",
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        error_messages={
            "required": "Enter your e-mail address",
            "invalid": "Enter an e-mail address like name@example.com",
        },
    )


class ClockForm(GovukForm):
    """To which day the evaluation clock is moved."""

    day = GovukDateField(
        label="Move to this day", help_text="For example, 6 1 2027. Within ten years of today."
    )

    def __init__(self, *args: Any, real_today: date, **kwargs: Any) -> None:
        self.real_today = real_today
        super().__init__(*args, **kwargs)

    def clean_day(self) -> date:
        day: date = self.cleaned_data["day"]
        if abs(day - self.real_today) > timedelta(days=3660):
            raise forms.ValidationError("The day must be within ten years of today")
        return day
