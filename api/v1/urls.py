"""The API's addresses."""

from django.urls import path, re_path, register_converter

from api.v1 import correspondence, counts, exports, feed, openapi, push, search, session, unknown, views

register_converter(exports.ExtensionConverter, "extension")

urlpatterns = [
    path("articles/", views.ArticleListView.as_view(), name="api-articles"),
    path("articles/<str:slug>/", views.ArticleView.as_view(), name="api-article"),
    path(
        "articles/<str:slug>/references.<extension:extension>",
        exports.ArticleReferencesView.as_view(),
        name="api-article-references",
    ),
    path("references.<extension:extension>", exports.ReferencesExportView.as_view(), name="api-references-export"),
    path(
        "references/<uuid:id>.<extension:extension>",
        exports.ReferenceExportView.as_view(),
        name="api-reference-export",
    ),
    path("references/", views.ReferenceListView.as_view(), name="api-references"),
    path("references/<uuid:id>/", views.ReferenceView.as_view(), name="api-reference"),
    path("banners/", views.BannerListView.as_view(), name="api-banners"),
    path("banners/counts/", counts.CountsView.as_view(), name="api-banner-counts"),
    path("helplines/", views.HelplineListView.as_view(), name="api-helplines"),
    path("topics/", views.TopicListView.as_view(), name="api-topics"),
    path("topics/<str:slug>/", views.TopicView.as_view(), name="api-topic"),
    path("people/<str:slug>/", views.PersonView.as_view(), name="api-person"),
    path("search/", search.SearchView.as_view(), name="api-search"),
    path("search/suggestions/", search.SuggestionsView.as_view(), name="api-suggestions"),
    path("library/changes/", feed.ChangesView.as_view(), name="api-changes"),
    path("contact/", correspondence.ContactView.as_view(), name="api-contact"),
    path("messages/", correspondence.MessagesView.as_view(), name="api-messages"),
    path("messages/<uuid:id>/", correspondence.ThreadView.as_view(), name="api-thread"),
    path("messages/<uuid:id>/read/", correspondence.ReadMarkView.as_view(), name="api-thread-read"),
    path("push/", push.PushView.as_view(), name="api-push"),
    path("session/", session.SessionView.as_view(), name="api-session"),
    path("schema/", openapi.SchemaView.as_view(), name="api-schema"),
    path("docs/", openapi.DocsView.as_view(), name="api-docs"),
    re_path("", unknown.unknown, name="api-unknown"),
]
