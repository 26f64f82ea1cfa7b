"""Tasks where there is no queue: run at once, and what keeps an index true at the end of the writer's turn."""

from functools import partial
from typing import Any

from django_tasks.backends.immediate import ImmediateBackend
from django_tasks.base import TaskResult

from cms.publishing.services import at_end_of_turn

# Publishing saves a thing three times over, and each save asks for these anew: only the last one's counts.
INDEXING = frozenset({"wagtail.tasks.update_reference_index_task", "modelsearch.tasks.insert_or_update_object_task"})


class AtOnceBackend(ImmediateBackend):
    """Runs a task where it is enqueued; within a writer's turn each index is written once, before it commits."""

    def _execute_task(self, task_result: TaskResult[Any]) -> None:
        run = partial(super()._execute_task, task_result)
        task = task_result.task
        name = (task.module_path, repr(task_result.args), repr(task_result.kwargs))
        if task.module_path not in INDEXING or not at_end_of_turn(name, run):
            run()
