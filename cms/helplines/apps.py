from django.apps import AppConfig


class HelplinesConfig(AppConfig):
    name = "cms.helplines"
    label = "helplines"
    verbose_name = "Helplines"
