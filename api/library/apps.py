from django.apps import AppConfig


class LibraryConfig(AppConfig):
    name = "api.library"
    label = "library"
    verbose_name = "Published library"

    def ready(self) -> None:
        from api.library import handlers, search

        handlers.connect()
        search.connect()
