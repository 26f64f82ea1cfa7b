"""The API's addresses."""

from django.urls import path, re_path

from api.v1 import feed, openapi, search, session, unknown, views

urlpatterns = [
    path("articles/", views.ArticleListView.as_view(), name="api-articles"),
    path("articles/<str:slug>/", views.ArticleView.as_view(), name="api-article"),
    path("references/", views.ReferenceListView.as_view(), name="api-references"),
    path("references/<uuid:id>/", views.ReferenceView.as_view(), name="api-reference"),
    path("banners/", views.BannerListView.as_view(), name="api-banners"),
    path("helplines/", views.HelplineListView.as_view(), name="api-helplines"),
    path("topics/", views.TopicListView.as_view(), name="api-topics"),
    path("topics/<str:slug>/", views.TopicView.as_view(), name="api-topic"),
    path("people/<str:slug>/", views.PersonView.as_view(), name="api-person"),
    path("search/", search.SearchView.as_view(), name="api-search"),
    path("library/changes/", feed.ChangesView.as_view(), name="api-changes"),
    path("session/", session.SessionView.as_view(), name="api-session"),
    path("schema/", openapi.SchemaView.as_view(), name="api-schema"),
    path("docs/", openapi.DocsView.as_view(), name="api-docs"),
    re_path("", unknown.unknown, name="api-unknown"),
]
