"""Tasks where there is no queue: run at once, and what keeps an index true at the end of the writer's turn."""

from typing import Any

from django_tasks.backends.immediate import ImmediateBackend
from django_tasks.base import Task, TaskResult, TaskResultStatus
from django_tasks.utils import get_random_id

from cms.publishing.services import at_end_of_turn

# Publishing saves a thing three times over, and each save asks for these anew: only the last one's counts.
INDEXING = frozenset({"wagtail.tasks.update_reference_index_task", "modelsearch.tasks.insert_or_update_object_task"})


class AtOnceBackend(ImmediateBackend):
    """Runs a task where it is enqueued; within a writer's turn each index is written once, before it commits."""

    def enqueue(self, task: Task[Any, Any], args: Any, kwargs: Any) -> TaskResult[Any]:
        """Give the result of the task, or one that is still to come where it waits for the end of the turn."""
        run = super().enqueue
        key = (task.module_path, repr(args), repr(sorted(kwargs.items())))
        if task.module_path not in INDEXING or not at_end_of_turn(key, lambda: run(task, args, kwargs)):
            return run(task, args, kwargs)
        self.validate_task(task)
        return TaskResult(
            task=task,
            id=get_random_id(),
            status=TaskResultStatus.READY,
            enqueued_at=None,
            started_at=None,
            last_attempted_at=None,
            finished_at=None,
            args=args,
            kwargs=kwargs,
            backend=self.alias,
            errors=[],
            worker_ids=[],
        )
