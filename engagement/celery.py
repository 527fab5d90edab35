import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "engagement.settings")

app = Celery("dolen")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
