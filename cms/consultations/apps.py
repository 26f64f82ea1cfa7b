from django.apps import AppConfig


class ConsultationsConfig(AppConfig):
    name = "cms.consultations"
    label = "consultations"
    verbose_name = "Consultations"

    def ready(self) -> None:
        from cms.consultations import holdings, signals  # noqa: F401  # they register themselves
