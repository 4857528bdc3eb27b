from pathlib import Path

import looks

from habeas.finding.places import Task
from habeas.finding.pool import POOL_FROM_TASKS, in_order
from habeas.sources.contract import Obstacle, Outcome


def _tasks(count: int, deadly: int | None = None) -> list[Task]:
    return [
        Task(key=str(n), path=Path("deadly" if n == deadly else f"page-{n}")) for n in range(count)
    ]


def test_results_come_in_the_order_of_the_tasks_from_several_processes() -> None:
    tasks = _tasks(3 * POOL_FROM_TASKS)
    done = list(in_order(tasks, looks.plain, workers=2))
    assert [task.key for task, _ in done] == [task.key for task in tasks]


def test_few_tasks_stay_in_this_process_and_in_order() -> None:
    done = list(in_order(_tasks(3), looks.plain, workers=8))
    assert [task.key for task, _ in done] == ["0", "1", "2"]


def test_a_page_that_kills_its_process_costs_that_page_and_nothing_else() -> None:
    count = 2 * POOL_FROM_TASKS
    done = dict(in_order(_tasks(count, deadly=20), looks.dying, workers=2))
    assert len(done) == count
    outcomes = {task.path.name: result[0] for task, result in done.items()}
    killed = outcomes.pop("deadly")
    assert killed.outcome is Outcome.COULD_NOT_LOOK
    assert killed.obstacle is Obstacle.UNREADABLE
    assert {result.outcome for result in outcomes.values()} == {Outcome.NOT_FOUND}
