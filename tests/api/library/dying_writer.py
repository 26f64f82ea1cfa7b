"""Processes that publish once and are killed just before their n-th writing statement.

Run as ``python -m tests.api.library.dying_writer``. It reads lines ``<article's key> <n>``, and for each makes
a process of its own that publishes the article. It answers with a line: how that process ended (the number of the
signal, negative, or 0) and how many writing statements there were. With n = 0 nobody is killed.
"""

import os
import signal
import sys
from typing import Any

import django

# A COMMIT is no statement here: the first statement after it stands for it.
WRITING = ("INSERT", "UPDATE", "DELETE", "SAVEPOINT", "RELEASE")


class Reaper:
    """Counts writing statements, and ends the process before one of them."""

    def __init__(self, fatal: int) -> None:
        self.fatal = fatal
        self.count = 0

    def __call__(self, execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        if sql.lstrip().upper().startswith(WRITING):
            self.count += 1
            if self.count == self.fatal:
                os.kill(os.getpid(), signal.SIGKILL)
        return execute(sql, params, many, context)


def publish(key: int, fatal: int) -> int:
    """Publish an article under another title and slug; give how many writing statements that took."""
    from django.db import connection

    from cms.articles.models import Article
    from cms.publishing.services import save_and_publish

    article = Article.objects.get(pk=key)
    article.title, article.slug = "After", f"after-{key}"
    reaper = Reaper(fatal)
    with connection.execute_wrapper(reaper):
        save_and_publish(article)
    return reaper.count


def publish_in_a_process(key: int, fatal: int) -> tuple[int, int]:
    """Publish in a process of its own; give how it ended and how many statements it counted."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        os.write(writing, str(publish(key, fatal)).encode())
        os._exit(0)
    os.close(writing)
    with os.fdopen(reading) as answer:
        count = answer.read()
    status = os.waitpid(child, 0)[1]
    return os.waitstatus_to_exitcode(status), int(count or 0)


if __name__ == "__main__":
    django.setup()
    for line in sys.stdin:
        article_key, statement = map(int, line.split())
        print(*publish_in_a_process(article_key, statement), flush=True)
