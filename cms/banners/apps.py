from django.apps import AppConfig


class BannersConfig(AppConfig):
    name = "cms.banners"
    label = "banners"
    verbose_name = "Banners"
