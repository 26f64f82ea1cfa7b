"""The ground that pages stand on."""

from django.conf import settings
from wagtail.models import Locale, Page, Site

from cms.articles.models import ArticleIndex
from cms.pages.models import HomePage
from cms.promotions.services import ensure_crisis_words
from cms.publishing.services import one_writer, save_and_publish

WELCOME = "Welcome to your new Wagtail site"


def ensure_ground() -> tuple[HomePage, ArticleIndex]:
    """Give the home page and the list of articles, making what a new database lacks of them and of the site.

    Wagtail's own welcome page goes. What is there already is left as it is.
    """
    with one_writer():
        Locale.objects.get_or_create(language_code=settings.LANGUAGE_CODE)
        home = HomePage.objects.filter(locale=Locale.get_default()).first() or _make_home()
        articles = ArticleIndex.objects.filter(locale=home.locale).first()
        if articles is None:
            articles = ArticleIndex(title="Articles", slug="articles", live=False)
            home.add_child(instance=articles)
            save_and_publish(articles)
        return home, articles


def _make_home() -> HomePage:
    for welcome in Page.objects.filter(depth=2, title__startswith=WELCOME):
        welcome.delete()
    home = HomePage(title="Respite", slug="home", live=False)
    Page.get_first_root_node().add_child(instance=home)
    Site.objects.update_or_create(
        is_default_site=True, defaults={"hostname": "localhost", "site_name": "Respite", "root_page": home}
    )
    Site.clear_site_root_paths_cache()
    home = save_and_publish(home)
    ensure_crisis_words()
    return home
