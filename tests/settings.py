"""The site's settings, made quick and quiet for tests."""

import atexit
import os
import tempfile

if "VAR_DIR" not in os.environ:
    folder = tempfile.TemporaryDirectory(
        prefix="dolen-test-", ignore_cleanup_errors=True
    )
    atexit.register(folder.cleanup)
    os.environ["VAR_DIR"] = folder.name
os.environ.setdefault("SECRET_KEY", "only for tests")
# A pool would hold the test database open when it is to be dropped.
os.environ.setdefault("DATABASE_POOL", "false")

from engagement.settings import *  # noqa: F403, TID251

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
CELERY_BROKER_TRANSPORT_OPTIONS = {}
CELERY_BROKER_URL = "memory://"
if REDIS_URL:  # noqa: F405
    # Each of pytest's processes has a database of Redis for itself, as of PostgreSQL.
    number = os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw")
    CELERY_BROKER_URL = f"{REDIS_URL.rpartition('/')[0]}/{number}"  # noqa: F405
    CACHES["default"]["LOCATION"] = CELERY_BROKER_URL  # noqa: F405
WHITENOISE_AUTOREFRESH = True
