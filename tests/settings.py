"""The site's settings, made quick and quiet for tests."""

import os
import tempfile

os.environ.setdefault("VAR_DIR", tempfile.mkdtemp(prefix="dolen-test-"))
os.environ.setdefault("SECRET_KEY", "only for tests")
# A pool would hold the test database open when it is to be dropped.
os.environ.setdefault("DATABASE_POOL", "false")

from engagement.settings import *  # noqa: F403, TID251

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
CELERY_BROKER_URL = os.environ.get("REDIS_URL") or "memory://"
CELERY_BROKER_TRANSPORT_OPTIONS = {}
WHITENOISE_AUTOREFRESH = True
