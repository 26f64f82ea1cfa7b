from django.apps import AppConfig


class PicturesConfig(AppConfig):
    name = "cms.pictures"
    label = "pictures"
    verbose_name = "Pictures"
