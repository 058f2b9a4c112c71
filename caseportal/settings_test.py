"""The settings of the tests: everything, with a handful of overrides."""

import os
import tempfile
from pathlib import Path

os.environ.setdefault("SECRET_KEY", "tests-only-key-0123456789-0123456789-0123456789-abcdef")
os.environ["CASEPORTAL_DATABASE_ROLE"] = "owner"
os.environ["SECURE_SSL_REDIRECT"] = "0"

from caseportal.settings import *  # noqa: E402, F403
from caseportal.settings import DATABASES  # noqa: E402

DATABASES["default"]["TEST"] = {"NAME": os.environ.get("TEST_DB_NAME", "test_caseportal")}
DATABASES["default"]["CONN_MAX_AGE"] = 0
ALLOWED_HOSTS = ["testserver", "localhost", "127.0.0.1"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
CLOCK_CAN_MOVE = True
OUTBOX_NUDGE = False
DOCUMENTS = tempfile.TemporaryDirectory(prefix="caseportal-documents-")  # goes when the tests end
DOCUMENTS_ROOT = Path(DOCUMENTS.name)
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = False
SESSION_COOKIE_NAME, CSRF_COOKIE_NAME = "caseportal", "csrf"
WHITENOISE_AUTOREFRESH = True
WHITENOISE_USE_FINDERS = True
