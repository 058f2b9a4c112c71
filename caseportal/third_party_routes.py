"""Routes of other people's packages that we mount, by name, with who they are for. Nothing else of theirs is mounted."""

from accounts.models import Role
from core.policy import Audience, Policy

_BEFORE_SIGN_IN = Policy(Audience.ANYONE, reason="the way in", second_factor=False)
_OWN_ACCOUNT = Policy(Audience.SIGNED_IN, second_factor=False)

POLICIES: dict[str, Policy] = {
    "admin:*": Policy(Audience.STAFF, frozenset({Role.ADMINISTRATOR})),
    "account_login": _BEFORE_SIGN_IN,
    "account_logout": _BEFORE_SIGN_IN,
    "account_reset_password": _BEFORE_SIGN_IN,
    "account_reset_password_done": _BEFORE_SIGN_IN,
    "account_reset_password_from_key": _BEFORE_SIGN_IN,
    "account_reset_password_from_key_done": _BEFORE_SIGN_IN,
    "account_inactive": _BEFORE_SIGN_IN,
    "account_reauthenticate": _OWN_ACCOUNT,
    "account_change_password": _OWN_ACCOUNT,
    "openid_connect_login": _BEFORE_SIGN_IN,
    "openid_connect_callback": _BEFORE_SIGN_IN,
    "socialaccount_login_cancelled": _BEFORE_SIGN_IN,
    "socialaccount_login_error": _BEFORE_SIGN_IN,
    "mfa_authenticate": _BEFORE_SIGN_IN,
    "mfa_login_webauthn": _BEFORE_SIGN_IN,
    "mfa_reauthenticate": _OWN_ACCOUNT,
    "mfa_index": _OWN_ACCOUNT,
    "mfa_activate_totp": _OWN_ACCOUNT,
    "mfa_deactivate_totp": _OWN_ACCOUNT,
    "mfa_view_recovery_codes": _OWN_ACCOUNT,
    "mfa_generate_recovery_codes": _OWN_ACCOUNT,
    "mfa_download_recovery_codes": _OWN_ACCOUNT,
    "mfa_list_webauthn": _OWN_ACCOUNT,
    "mfa_add_webauthn": _OWN_ACCOUNT,
    "mfa_remove_webauthn": _OWN_ACCOUNT,
    "mfa_edit_webauthn": _OWN_ACCOUNT,
    "mfa_reauthenticate_webauthn": _OWN_ACCOUNT,
}
