"""Routes of other people's packages that we mount, by name, with who they are for. Nothing else of theirs is mounted."""

from accounts.models import Role
from core.policy import Audience, Policy

_BEFORE_SIGN_IN = Policy(Audience.ANYONE, reason="the way in", second_factor=False)
# Pages on which the second step is taken, or the first one set up; the door asks for it once there is one
# (accounts/middleware.py).
_SETTING_UP = Policy(Audience.SIGNED_IN, reason="taking or setting up the second step", second_factor=False)
_OWN_ACCOUNT = Policy(Audience.SIGNED_IN)

POLICIES: dict[str, Policy] = {
    "admin:*": Policy(Audience.STAFF, frozenset({Role.ADMINISTRATOR})),
    "account_logout": _BEFORE_SIGN_IN,
    "account_reset_password": _BEFORE_SIGN_IN,
    "account_reset_password_done": _BEFORE_SIGN_IN,
    "account_reset_password_from_key": _BEFORE_SIGN_IN,
    "account_reset_password_from_key_done": _BEFORE_SIGN_IN,
    "account_inactive": _BEFORE_SIGN_IN,
    "account_reauthenticate": _SETTING_UP,
    "openid_connect_login": _BEFORE_SIGN_IN,
    "openid_connect_callback": _BEFORE_SIGN_IN,
    "socialaccount_login_cancelled": _BEFORE_SIGN_IN,
    "socialaccount_login_error": _BEFORE_SIGN_IN,
    "mfa_authenticate": _BEFORE_SIGN_IN,
    "mfa_login_webauthn": _BEFORE_SIGN_IN,
    "mfa_reauthenticate": _SETTING_UP,
    "mfa_index": _OWN_ACCOUNT,
    "mfa_activate_totp": _SETTING_UP,
    "mfa_deactivate_totp": _OWN_ACCOUNT,
    "mfa_view_recovery_codes": _OWN_ACCOUNT,
    "mfa_generate_recovery_codes": _OWN_ACCOUNT,
    "mfa_download_recovery_codes": _OWN_ACCOUNT,
    "mfa_list_webauthn": _OWN_ACCOUNT,
    "mfa_add_webauthn": _SETTING_UP,
    "mfa_remove_webauthn": _OWN_ACCOUNT,
    "mfa_edit_webauthn": _OWN_ACCOUNT,
    "mfa_reauthenticate_webauthn": _SETTING_UP,
}
