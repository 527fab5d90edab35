from django.apps import AppConfig


class StudiesConfig(AppConfig):
    name = "engagement.studies"
