"""What may be done with the demonstration: load it, let it grow, and take it away."""

from cms.demo.accounts import plant_accounts
from cms.demo.articles import add_articles, fill_articles, lay_blocks
from cms.demo.pages import add_pages, fill_pages, plant_ground
from cms.demo.snippets import plant_banners, plant_helplines, plant_people, plant_references, plant_topics
from cms.publishing.services import one_writer


def load() -> None:
    """Make whatever of the demonstration is not there. What is there is left as it is, edited or not."""
    with one_writer():
        plant_accounts()
        topics, people, references = plant_topics(), plant_people(), plant_references()
        home, index = plant_ground()

        pages, articles = add_pages(home), add_articles(index, topics, people)
        addresses = {document.name: page.pk for document, page, _new in [*pages, *articles]}
        fill_pages(pages, lambda blocks: lay_blocks(blocks, addresses))
        fill_articles(articles, addresses, references)
        plant_helplines()
        plant_banners(topics, {document.name: page for document, page, _new in pages})
