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


def test_a_day_and_a_moment_are_written_as_people_write_them():
    assert labels.day("2026-05-02") == "2 May 2026"
    assert [labels.day(f"2026-{month:02}-28").split()[1] for month in (1, 2, 11, 12)] == [
        "January", "February", "November", "December",
    ]  # fmt: skip
    assert labels.moment("2026-05-12T14:05:00Z") == "12 May 2026, 14:05 (UTC)"
    assert labels.moment("2026-05-12T04:05:00+01:00") == "12 May 2026, 04:05 (UTC+01:00)"
    assert labels.moment("2026-05-12T14:05") == "12 May 2026, 14:05"
    for typed in ("", "next week", "2026-02-30", "12/05/2026"):
        assert labels.day(typed) == labels.moment(typed) == typed


def test_a_fact_about_the_service_has_its_words_and_one_of_another_version_its_own_name():
    assert labels.label("caseload") == "People on the caseload"
    assert labels.label("beds_in_use") == "Beds in use"
    assert labels.label(" NHS_number_of_beds ") == "Nhs number of beds"
    assert labels.label("_") == "_"


def test_roles_and_groups_read_as_a_document_needs_them():
    assert [labels.role(name) for name in ("lead", "clinician", "carer_rep")] == [
        "lead reviewer", "clinician from another team", "carer representative",
    ]  # fmt: skip
    assert (labels.letter("staff"), labels.group("staff"), labels.one_of("staff")) == ("S", "Staff", "staff")
    assert labels.a_one_of("staff") == "a member of staff" and labels.one_of("other_service") == "other service"
    assert [labels.all_of(names) for names in ([], ["a"], ["a", "b"], ["a", "b", "c"])] == [
        "", "a", "a and b", "a, b and c",
    ]  # fmt: skip


def test_what_this_version_does_not_know_is_shown_as_it_is_written():
    assert [said("relatives") for said in (labels.group, labels.one_of, labels.a_one_of)] == ["relatives"] * 3
    assert labels.role("guest") == "guest"
    assert labels.letter("relatives") == "X"
