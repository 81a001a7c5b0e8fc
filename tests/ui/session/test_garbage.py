"""While a job runs nothing is let go in its thread: a widget that goes there takes the program with it."""

from __future__ import annotations

import gc
import threading

from tests.ui.conftest import PatientBot
from ui.session.worker import Progress, Worker


class Ring:
    """Garbage that only a search finds; says in which thread it went."""

    went: set[int] = set()  # noqa: RUF012

    def __init__(self) -> None:
        self.me = self

    def __del__(self) -> None:
        Ring.went.add(threading.get_ident())


def make_garbage(progress: Progress) -> int:
    for __ in range(20 * gc.get_threshold()[0]):
        Ring()
    return threading.get_ident()


def test_what_a_job_leaves_is_let_go_in_the_thread_of_the_screen(qtbot: PatientBot) -> None:
    Ring.went.clear()
    worker, ran = Worker(), list[int]()
    worker.run("Job", make_garbage, ran.append)
    worker.run("And another", make_garbage, ran.append)
    assert not gc.isenabled()
    qtbot.waitUntil(lambda: len(ran) == 2)
    assert threading.get_ident() not in ran
    assert gc.isenabled()
    gc.collect()
    assert Ring.went == {threading.get_ident()}


def test_a_job_that_fails_or_is_cancelled_lets_python_search_again(qtbot: PatientBot) -> None:
    worker, told = Worker(), list[object]()
    worker.ended.connect(lambda __, error: told.append(error))

    def wait(progress: Progress) -> None:
        begun.set()
        while True:
            progress.check()

    begun = threading.Event()
    worker.run("Job", wait, cancel=True)
    begun.wait()
    worker.cancel()
    qtbot.waitUntil(lambda: len(told) == 1)
    assert gc.isenabled()
