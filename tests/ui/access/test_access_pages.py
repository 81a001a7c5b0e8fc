"""Every page, in both themes, at 100 % and 200 % text, wide and small: what it promises to everybody."""

from __future__ import annotations

import pytest

from tests.ui.access.walk import FRAME, GOLDEN, Walked, same_as_golden
from ui.app.screenshots import views

NAMES = [name for name, _ in views()]


def none_of(walked: Walked, promise: str) -> None:
    if walked.wrong[promise]:
        pytest.fail("\n".join([f"{len(walked.wrong[promise])} places:", *walked.wrong[promise]]), pytrace=False)


def test_everything_one_can_use_has_a_name_and_a_role(walked: Walked) -> None:
    none_of(walked, "name")


def test_tab_goes_everywhere_and_always_on_and_shift_tab_goes_the_same_way_back(walked: Walked) -> None:
    none_of(walked, "trap")


def test_tab_goes_as_one_reads(walked: Walked) -> None:
    none_of(walked, "order")
    assert set(walked.stops) == set(NAMES)


def test_a_group_of_choices_is_one_stop(walked: Walked) -> None:
    none_of(walked, "group")


def test_the_keyboard_is_seen_wherever_it_is(walked: Walked) -> None:
    none_of(walked, "focus")


def test_what_has_the_keyboard_is_in_sight_at_every_stop(walked: Walked) -> None:
    none_of(walked, "sight")


def test_words_stand_out_from_their_ground_in_both_themes(walked: Walked) -> None:
    none_of(walked, "text contrast")


def test_controls_stand_out_from_their_ground_in_both_themes(walked: Walked) -> None:
    none_of(walked, "control contrast")


def test_nothing_to_hit_is_under_24_pixels(walked: Walked) -> None:
    none_of(walked, "target")


def test_words_have_room_at_200_per_cent_and_in_a_small_window(walked: Walked) -> None:
    none_of(walked, "room")


def test_no_state_is_told_by_colour_alone(walked: Walked) -> None:
    none_of(walked, "colour")


@pytest.mark.parametrize("name", [*NAMES, FRAME])
def test_what_is_spoken_of_a_page_is_as_written_down(walked: Walked, name: str) -> None:
    same_as_golden(name, walked.trees[name])


def test_no_page_is_written_down_that_is_gone() -> None:
    assert {path.stem for path in GOLDEN.glob("*.txt")} == {*NAMES, FRAME}
