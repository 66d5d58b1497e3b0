"""What the sign-in package asks, in our words."""

from __future__ import annotations

from allauth.mfa.webauthn.forms import AddWebAuthnForm
from django import forms


class AddPasskeyForm(AddWebAuthnForm):  # type: ignore[misc]
    """A name for a passkey, and whether it signs in alone (the setting MFA_FORMS)."""

    name = forms.CharField(label="What to call it", required=False, max_length=100)
    passwordless = forms.BooleanField(
        label="Sign in with it alone, without my password",
        required=False,
        help_text="Your device will ask for its PIN, your fingerprint or your face each time.",
    )
