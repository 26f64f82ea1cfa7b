from django.apps import AppConfig


class ReferencesConfig(AppConfig):
    name = "cms.references"
    label = "references"
    verbose_name = "References"

    def ready(self) -> None:
        from cms.references.keeping import keep

        keep()
