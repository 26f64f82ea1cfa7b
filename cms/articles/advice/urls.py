"""The addresses of advice, below ``/admin/``."""

from django.urls import path

from cms.articles.advice.views import AdviceOnCreate, AdviceOnEdit

urlpatterns = [
    path("advice/<int:page_id>/", AdviceOnEdit.as_view(), name="advice_on_edit"),
    path(
        "advice/<slug:content_type_app_name>/<slug:content_type_model_name>/<int:parent_page_id>/",
        AdviceOnCreate.as_view(),
        name="advice_on_create",
    ),
]
