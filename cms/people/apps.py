from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "cms.people"
    label = "people"
    verbose_name = "People"

    def ready(self) -> None:
        from cms.people import holdings, signals  # noqa: F401  # they register themselves
