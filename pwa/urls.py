"""The reader's addresses."""

urlpatterns: list = []
