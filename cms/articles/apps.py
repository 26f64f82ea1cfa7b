from django.apps import AppConfig


class ArticlesConfig(AppConfig):
    name = "cms.articles"
    label = "articles"
    verbose_name = "Articles"

    def ready(self) -> None:
        from cms.articles import translating
        from cms.articles.protection import protect

        protect()
        translating.connect()
