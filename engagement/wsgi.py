import os

from django.core.wsgi import get_wsgi_application
from django.urls import get_resolver

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "engagement.settings")
application = get_wsgi_application()
# Loads every view. Else whoever asks first would wait for that, longer than for any page.
get_resolver().url_patterns  # noqa: B018
