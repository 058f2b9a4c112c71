"""The entry for the web server."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "caseportal.settings")
application = get_wsgi_application()

from core.checks import refuse_unsafe_start  # noqa: E402 settings are read by the line above

refuse_unsafe_start()
