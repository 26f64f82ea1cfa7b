from django.apps import AppConfig


class LibraryConfig(AppConfig):
    name = "api.library"
    label = "library"
    verbose_name = "Published library"
