from django.apps import AppConfig


class SpecialistsConfig(AppConfig):
    name = "cms.specialists"
    label = "specialists"
    verbose_name = "Specialists"
