from django.apps import AppConfig


class QuestionsConfig(AppConfig):
    name = "cms.questions"
    label = "questions"
    verbose_name = "Questions"

    def ready(self) -> None:
        from cms.questions import holdings, signals  # noqa: F401  # they register themselves
