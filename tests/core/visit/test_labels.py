"""The one table of what groups, roles, tones and kinds of visit are called."""

from typing import get_args

from reviewapp.instruments.model import GROUPS
from reviewapp.visit import labels
from reviewapp.visit.state import Role
from reviewapp.workspace.laptop import KINDS
from ui.labels import A_ONE_OF, MANY, ONE_OF, TONE_LOOKS
from ui.labels import GROUPS as SCREEN_GROUPS


def test_every_group_role_and_kind_there_is_has_its_words():
    assert tuple(labels.GROUPS) == GROUPS
    assert set(labels.ROLES) == set(get_args(Role))
    assert tuple(labels.KINDS) == KINDS
    assert len({said.letter for said in labels.GROUPS.values()}) == len(GROUPS)


def test_screens_say_the_same_words_and_every_tone_has_a_look():
    said = labels.GROUPS["other_service"]
    group = "other_service"
    assert (ONE_OF[group], A_ONE_OF[group], MANY[group]) == (said.one, said.a_one, said.many)
    assert SCREEN_GROUPS[group] == "Other service"
    assert TONE_LOOKS.keys() == labels.TONES.keys()


def test_what_this_version_does_not_know_is_shown_as_it_is_written():
    assert [said("relatives") for said in (labels.group, labels.one_of, labels.a_one_of)] == ["relatives"] * 3
    assert labels.role("guest") == "guest"
    assert labels.letter("relatives") == "X"
