from django.apps import AppConfig


class PromotionsConfig(AppConfig):
    name = "cms.promotions"
    label = "promotions"
    verbose_name = "Promoted results"
