from django.apps import AppConfig


class SpecialistsConfig(AppConfig):
    name = "cms.specialists"
    label = "specialists"
    verbose_name = "Specialists"

    def ready(self) -> None:
        from cms.specialists import files, holdings, letters, signals  # noqa: F401  # they register themselves
