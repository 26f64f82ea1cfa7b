from django.apps import AppConfig


class ReviewConfig(AppConfig):
    name = "cms.review"
    label = "review"
    verbose_name = "Review"

    def ready(self) -> None:
        from wagtail.models import Page
        from wagtail.permissions import register_permission_policy

        from cms.pictures.models import Picture
        from cms.review import holdings  # noqa: F401  # they register themselves
        from cms.review.permissions import DraftPolicy
        from cms.review.pictures import PicturePolicy

        register_permission_policy(Page, DraftPolicy(Page))
        # Exactly this class: Wagtail registers its own policy for it when its own app is ready, which is later.
        register_permission_policy(Picture, PicturePolicy(), exact_class=True)
