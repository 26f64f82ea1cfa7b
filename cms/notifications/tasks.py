"""What is done about notifications where nobody waits for it."""

from django_tasks import task

from cms.articles.models import Article
from cms.notifications.push import delivery


@task()
def deliver(key: int) -> None:
    """Try to tell a device."""
    delivery.deliver(key)


@task()
def tell_followers(key: int) -> None:
    """Tell of a new article where its topics are followed, if everybody may read it."""
    article = Article.objects.live().public().filter(pk=key).first()
    if article is not None:
        delivery.tell_followers(topic.slug for topic in article.topics.all())
