"""All settings. Every difference between places is an environment variable; a missing one stops the process by name."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Any

import environ
import structlog
from django.core.exceptions import ImproperlyConfigured

from core.log_lines import without_values

BASE_DIR = Path(__file__).resolve().parent.parent
env = environ.Env()


def needed(name: str) -> str:
    """The value of a variable that has no default. Stops the process and names it when missing."""
    value = os.environ.get(name, "")
    if not value:
        raise ImproperlyConfigured(f"Set the environment variable {name} (see .env.example).")
    return value


# --- The place -------------------------------------------------------------------------------------------------

EVALUATION = env.bool("CASEPORTAL_EVALUATION", False)
DEBUG = env.bool("DEBUG", False)
SECRET_KEY = needed("SECRET_KEY")
SECRET_KEY_FALLBACKS = env.list("SECRET_KEY_FALLBACKS", default=[])
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["localhost", "127.0.0.1"])
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[])
TRUSTED_PROXY_COUNT = env.int("TRUSTED_PROXY_COUNT", 0)

# --- The council -----------------------------------------------------------------------------------------------

COUNCIL_NAME = env.str("COUNCIL_NAME", "Northbridge Council")
COUNCIL_CODE = env.str("COUNCIL_CODE", "998")
COUNCIL_NUMBER_PREFIX = env.str("COUNCIL_NUMBER_PREFIX", "NB")
COUNCIL_PHONE = env.str("COUNCIL_PHONE", "01632 960100")
COUNCIL_OUT_OF_HOURS_PHONE = env.str("COUNCIL_OUT_OF_HOURS_PHONE", "01632 960155")
COUNCIL_LOGO_URL = env.str("COUNCIL_LOGO_URL", "")
COUNCIL_COLOURS = {
    "--govuk-brand-colour": env.str("COUNCIL_BRAND_COLOUR", "#00594f"),
    "--govuk-link-colour": env.str("COUNCIL_LINK_COLOUR", "#00594f"),
    "--govuk-link-hover-colour": env.str("COUNCIL_LINK_HOVER_COLOUR", "#003a34"),
}
COUNCIL_IS_DEMO = env.bool("COUNCIL_IS_DEMO", EVALUATION)

# --- Applications ----------------------------------------------------------------------------------------------

INSTALLED_APPS = [
    "core",
    "audit",
    "accounts",
    "people",
    "worklist",
    "documents",
    "directory",
    "contacts",
    "assessments",
    "safeguarding",
    "support_plans",
    "reablement",
    "budgets",
    "national_returns",
    "self_service",
    "reporting",
    "caseportal.apps.CaseportalProjectConfig",
    "caseportal.admin_config.CaseportalAdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.forms",
    "django.contrib.postgres",
    "pgtrigger",
    "pghistory",
    "allauth",
    "allauth.account",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "allauth.mfa",
    "rest_framework",
    "drf_spectacular",
    "django_structlog",
]

MIDDLEWARE = [
    "core.middleware.LastResort",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django_structlog.middlewares.RequestMiddleware",
    "core.middleware.Headers",
    "csp.middleware.CSPMiddleware",
    "django_permissions_policy.PermissionsPolicyMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "core.middleware.Addresses",
    "core.middleware.Clock",
    "accounts.middleware.SessionLimits",
    "accounts.middleware.EnforcePolicy",
    "pghistory.middleware.HistoryMiddleware",
    "core.middleware.KindErrors",
]

ROOT_URLCONF = "caseportal.urls"
WSGI_APPLICATION = "caseportal.wsgi.application"
AUTH_USER_MODEL = "accounts.User"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
THIRD_PARTY_POLICIES = "caseportal.third_party_routes.POLICIES"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "caseportal.context.for_every_page",
            ],
            "builtins": ["core.templatetags.govuk", "core.templatetags.dates"],
        },
    }
]
FORM_RENDERER = "core.forms.GovukRenderer"

# --- Database: the product's role can only add to the trail; the owner's role migrates ------------------------------

_ROLE = os.environ.get("CASEPORTAL_DATABASE_ROLE", "app")
_URL = "DATABASE_OWNER_URL" if _ROLE == "owner" else "DATABASE_URL"
DATABASES = {"default": {**env.db_url_config(needed(_URL)), "CONN_MAX_AGE": 60, "CONN_HEALTH_CHECKS": True}}
DATABASE_APP_ROLE = (
    env.db_url_config(os.environ["DATABASE_URL"]).get("USER", "") if "DATABASE_URL" in os.environ else ""
)
DATABASES["default"].setdefault("OPTIONS", {})
if _ROLE == "app":
    DATABASES["default"]["OPTIONS"]["options"] = (
        "-c statement_timeout=15000 -c lock_timeout=3000 -c idle_in_transaction_session_timeout=30000 -c jit=off"
    )
else:
    DATABASES["default"]["OPTIONS"]["options"] = "-c lock_timeout=5000 -c jit=off"

# --- Cache: shared by all processes, in the database, so that Redis being away costs a nudge and nothing else --------

CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "core_cache",
        "OPTIONS": {"MAX_ENTRIES": 50000},
    }
}

# --- Sessions and cookies ----------------------------------------------------------------------------------------

SESSION_ENGINE = "django.contrib.sessions.backends.db"
SECURE_COOKIES = not EVALUATION
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE_COOKIES
SESSION_COOKIE_NAME = "__Host-caseportal" if SECURE_COOKIES else "caseportal"
CSRF_COOKIE_NAME = "__Host-csrf" if SECURE_COOKIES else "csrf"
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = 12 * 60 * 60
SESSION_LIMITS = {
    # idle minutes, absolute hours (README of the shelf, 14)
    "staff": (30, 12),
    "public": (20, 4),
}
CSRF_FAILURE_VIEW = "caseportal.errors.csrf_failure"

# --- Sign-in -------------------------------------------------------------------------------------------------------

AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
LOGOUT_REDIRECT_URL = "/"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_ADAPTER = "accounts.adapters.AccountAdapter"
SOCIALACCOUNT_ADAPTER = "accounts.adapters.SingleSignOnAdapter"
SOCIALACCOUNT_ONLY = False
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_REAUTHENTICATION_TIMEOUT = 300
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
# Five wrong tries in five minutes for an account. By address the limits are wide: a council has one.
ACCOUNT_RATE_LIMITS = {
    "login": "300/m/ip",
    "login_failed": "60/m/ip,5/5m/key",
    "reset_password_from_key": "60/m/ip",
    "lost_second_step": "60/m/ip",
    "lost_second_step_mail": "3/h/key",
    # Public pages: taking up answers by a code, following a request, sending one (core/throttle.py).
    "open_draft": "30/m/ip",
    "track": "60/m/ip,10/5m/key",
    "public_send": "300/m/ip",
}
ACCOUNT_FORMS = {
    "login": "accounts.forms.SignInForm",
    "reauthenticate": "accounts.forms.ReauthenticateForm",
    "reset_password": "accounts.forms.ForgottenPasswordForm",
    "reset_password_from_key": "accounts.forms.NewPasswordForm",
    "change_password": "accounts.forms.ChangePasswordForm",
}
PASSWORD_RESET_TIMEOUT = 4 * 60 * 60
ALLAUTH_TRUSTED_PROXY_COUNT = TRUSTED_PROXY_COUNT
MFA_ADAPTER = "accounts.adapters.SecondFactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_ALLOW_UNVERIFIED_EMAIL = True
MFA_TOTP_ISSUER = COUNCIL_NAME
MFA_TOTP_TOLERANCE = 1
MFA_RATE_LIMITS = {"webauthn_login": "300/m/ip"}
MFA_FORMS = {
    "authenticate": "accounts.forms.CodeForm",
    "reauthenticate": "accounts.forms.CodeAgainForm",
    "activate_totp": "accounts.forms.SetUpAppForm",
    "deactivate_totp": "accounts.forms.RemoveAppForm",
    "generate_recovery_codes": "accounts.forms.RecoveryCodesForm",
    "add_webauthn": "accounts.forms.AddPasskeyForm",
    "edit_webauthn": "accounts.forms.RenamePasskeyForm",
}
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = EVALUATION
OIDC_SERVER_URL = env.str("OIDC_SERVER_URL", "")
SOCIALACCOUNT_PROVIDERS = {
    "openid_connect": {
        "OAUTH_PKCE_ENABLED": True,
        "APPS": (
            [
                {
                    "provider_id": "council",
                    "name": env.str("OIDC_NAME", "Council account"),
                    "client_id": needed("OIDC_CLIENT_ID"),
                    "secret": needed("OIDC_CLIENT_SECRET"),
                    "settings": {"server_url": OIDC_SERVER_URL},
                }
            ]
            if OIDC_SERVER_URL
            else []
        ),
    }
}
# The council's identity provider has asked for a second factor itself. Set only where that is true.
OIDC_PROVIDES_SECOND_FACTOR = env.bool("OIDC_PROVIDES_SECOND_FACTOR", False)
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "accounts.passwords.LongEnough"},
    {"NAME": "accounts.passwords.NotCommon"},
    {"NAME": "accounts.passwords.NotAboutYouOrUs"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ("email", "name")},
    },
]
PASSWORD_HASHERS = ["accounts.hashers.CappedArgon2"]

# --- Browser security: nothing inline, no other origin ---------------------------------------------------------------

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'none'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        "img-src": ["'self'", "data:"],
        "font-src": ["'self'"],
        "connect-src": ["'self'"],
        "manifest-src": ["'self'"],
        "base-uri": ["'none'"],
        "frame-ancestors": ["'none'"],
        "form-action": ["'self'", *([OIDC_SERVER_URL] if OIDC_SERVER_URL else [])],
    }
}
PERMISSIONS_POLICY: dict[str, list[str]] = {
    name: []
    for name in (
        "camera",
        "display-capture",
        "geolocation",
        "microphone",
        "payment",
        "usb",
        "fullscreen",
        "autoplay",
    )
}
X_FRAME_OPTIONS = "DENY"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SECURE_HSTS_SECONDS = 31536000 if SECURE_COOKIES else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_COOKIES
SECURE_HSTS_PRELOAD = SECURE_COOKIES
SECURE_SSL_REDIRECT = env.bool("SECURE_SSL_REDIRECT", SECURE_COOKIES)
SECURE_REDIRECT_EXEMPT = [r"^health/"]
if TRUSTED_PROXY_COUNT:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
DATA_UPLOAD_MAX_MEMORY_SIZE = 2_621_440
DATA_UPLOAD_MAX_NUMBER_FIELDS = 500

# --- Files that come in: kept under names of our own, away from everything that is served -------------------------------

DOCUMENTS_ROOT = Path(env.str("DOCUMENTS_ROOT", str(BASE_DIR / "var" / "documents")))
# A command that is given the path of a file and ends with 0 for clean and 1 for a virus, for example clamdscan.
DOCUMENT_SCAN_COMMAND = env.str("DOCUMENT_SCAN_COMMAND", "")
DOCUMENT_MOST_BYTES = env.int("DOCUMENT_MOST_BYTES", 10_000_000)
DOCUMENT_MOST_UNPACKED_BYTES = env.int("DOCUMENT_MOST_UNPACKED_BYTES", 60_000_000)
DOCUMENT_MOST_PIXELS = env.int("DOCUMENT_MOST_PIXELS", 50_000_000)
DOCUMENT_MOST_PAGES = env.int("DOCUMENT_MOST_PAGES", 300)
DOCUMENT_MOST_A_DAY = env.int("DOCUMENT_MOST_A_DAY", 50)
# The largest client level data file that is read, in bytes; a larger one is refused by its size.
CLD_MOST_BYTES = env.int("CLD_MOST_BYTES", 1 << 30)
# Pounds a week above which a service is asked about (rule K05).
CLD_WEEKLY_COST_LIMIT = env.str("CLD_WEEKLY_COST_LIMIT", "10000")
# What the sources of the outcome measures leave in doubt. 2A: days without long-term support that make a new client
# (the code says 91, the note three months). 2B and 2C: whether a care home service without a component can be an
# admission (the code says no, its comment yes).
ASCOF_NEW_CLIENT_DAYS = env.int("ASCOF_NEW_CLIENT_DAYS", 91)
ASCOF_BLANK_COMPONENT_IS_ADMISSION = env.bool("ASCOF_BLANK_COMPONENT_IS_ADMISSION", False)
FILE_UPLOAD_HANDLERS = ["documents.receiving.StopAtLimit"]
DATA_UPLOAD_MAX_NUMBER_FILES = 5

# --- Static files ------------------------------------------------------------------------------------------------------

STATIC_URL = "/static/"
STATIC_ROOT = BASE_DIR / "var" / "static"
STATICFILES_DIRS = [BASE_DIR / "caseportal" / "static"]
NODE_MODULES = BASE_DIR / "node_modules"
NODE_ASSETS = {
    "vendor/govuk-frontend.min.js": "govuk-frontend/dist/govuk/govuk-frontend.min.js",
    "vendor/govuk-frontend.min.js.map": "govuk-frontend/dist/govuk/govuk-frontend.min.js.map",
    "vendor/moj-frontend.min.js": "@ministryofjustice/frontend/moj/moj-frontend.min.js",
    "vendor/moj-frontend.min.js.map": "@ministryofjustice/frontend/moj/moj-frontend.min.js.map",
}
STATICFILES_FINDERS = [
    "caseportal.static_files.NodeModulesFinder",
    "django.contrib.staticfiles.finders.FileSystemFinder",
    "django.contrib.staticfiles.finders.AppDirectoriesFinder",
]
WHITENOISE_USE_FINDERS = EVALUATION
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": (
            "django.contrib.staticfiles.storage.StaticFilesStorage"
            if EVALUATION
            else "caseportal.static_files.PortalStorage"
        )
    },
}

# --- Language and time ---------------------------------------------------------------------------------------------

LANGUAGE_CODE = "en-gb"
TIME_ZONE = "Europe/London"
USE_I18N = True
USE_TZ = True
CLOCK_CAN_MOVE = EVALUATION

# --- Messages --------------------------------------------------------------------------------------------------------

DEFAULT_FROM_EMAIL = env.str("DEFAULT_FROM_EMAIL", "adult-social-care@council.example")
EMAIL_CONFIG = env.email_url_config(os.environ["EMAIL_URL"]) if "EMAIL_URL" in os.environ else {}
vars().update(EMAIL_CONFIG)
if not EMAIL_CONFIG:
    EMAIL_BACKEND = (
        "django.core.mail.backends.filebased.EmailBackend"
        if EVALUATION
        else ("django.core.mail.backends.smtp.EmailBackend")
    )
    EMAIL_FILE_PATH = BASE_DIR / "var" / "mail"
NOTIFY_API_KEY = env.str("NOTIFY_API_KEY", "")
NOTIFY_TEMPLATE_ID = env.str("NOTIFY_TEMPLATE_ID", "")
NOTIFY_TEXT_TEMPLATE_ID = env.str("NOTIFY_TEXT_TEMPLATE_ID", "")
PORTAL_URL = env.str("PORTAL_URL", "http://localhost:8000")

# --- Jobs (values that passed the kill tests) -----------------------------------------------------------------------

REDIS_URL = needed("REDIS_URL")
OUTBOX_NUDGE = True
CELERY_BROKER_URL = REDIS_URL
CELERY_RESULT_BACKEND = None
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_TASK_SERIALIZER = "json"
CELERY_ACCEPT_CONTENT = ["json"]
CELERY_TASK_TIME_LIMIT = 300
CELERY_TASK_SOFT_TIME_LIMIT = 270
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
_IS_WORKER = any("celery" in word for word in sys.argv[:2])
# The web only nudges: it waits a fifth of a second and goes on. Workers wait as long as it takes.
CELERY_BROKER_TRANSPORT_OPTIONS = {
    "visibility_timeout": 900,
    "unacked_restore_throttle": 1,
    "socket_timeout": 30 if _IS_WORKER else 0.2,
    "socket_connect_timeout": 30 if _IS_WORKER else 0.2,
    "socket_keepalive": True,
    "max_retries": None if _IS_WORKER else 0,
}
CELERY_TASK_PUBLISH_RETRY = False
CELERY_TIMEZONE = "UTC"
CELERY_WORKER_HIJACK_ROOT_LOGGER = False

# --- API ---------------------------------------------------------------------------------------------------------------

REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": ["core.api_sign_in.SessionSignIn"],
    "DEFAULT_PERMISSION_CLASSES": ["rest_framework.permissions.IsAuthenticated"],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": ["rest_framework.parsers.JSONParser"],
    "DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema",
    "EXCEPTION_HANDLER": "core.api.handle",
    "COERCE_DECIMAL_TO_STRING": True,
}
SPECTACULAR_SETTINGS = {
    "TITLE": "Caseportal API",
    "DESCRIPTION": "Adult social care records: lists, details and one POST for each action, by the rules of the pages.",
    "VERSION": "1",
    "SERVE_INCLUDE_SCHEMA": False,
    "SERVE_PERMISSIONS": ["rest_framework.permissions.IsAuthenticated"],
    "COMPONENT_SPLIT_REQUEST": True,
    # Lists of values stand where they are used, so that no two of them fight for one name.
    "POSTPROCESSING_HOOKS": [],
}

# --- History and logs ----------------------------------------------------------------------------------------------------

DJANGO_STRUCTLOG_CELERY_ENABLED = True
DJANGO_STRUCTLOG_USER_ID_FIELD = "pk"
DJANGO_STRUCTLOG_IP_LOGGING_ENABLED = False
_PROCESSORS: list[Any] = [
    structlog.contextvars.merge_contextvars,
    structlog.stdlib.filter_by_level,
    structlog.processors.TimeStamper(fmt="iso", utc=True),
    structlog.stdlib.add_logger_name,
    structlog.stdlib.add_log_level,
    structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
]
structlog.configure(
    processors=_PROCESSORS, logger_factory=structlog.stdlib.LoggerFactory(), cache_logger_on_first_use=True
)
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "json": {
            "()": structlog.stdlib.ProcessorFormatter,
            "processors": [
                structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                without_values,
                structlog.processors.JSONRenderer(),
            ],
        }
    },
    "handlers": {"out": {"class": "logging.StreamHandler", "formatter": "json"}},
    "root": {"handlers": ["out"], "level": env.str("LOG_LEVEL", "WARNING")},
    "loggers": {"django_structlog": {"level": env.str("LOG_LEVEL", "INFO" if not EVALUATION else "WARNING")}},
}
