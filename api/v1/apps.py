from django.apps import AppConfig


class V1Config(AppConfig):
    name = "api.v1"
    label = "v1"
    verbose_name = "API, version 1"
