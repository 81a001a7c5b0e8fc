"""The whole program walked with keys, and what the real Orca says of it.

No test waits for a time: each key waits until its words are said, so that a slow machine is only slow. Where Orca
knows of no announcements (before 47), what the program announces is not asked for. The tests may run in any order: each
begins on Start.
"""

from __future__ import annotations

import re

from tests.orca.reader import Session
from tests.ui.support import PASSPHRASE, Homes

NAMES = ("Overview", "Standards", "Interviews", "Case notes", "Combine", "Agree", "Report", "Action plan", "Themes")
"""Of the pages of Ctrl+1 to Ctrl+9."""
WRONG = "That is not this laptop's passphrase"


def test_every_page_says_something_and_its_name(orca: Session) -> None:
    for number, name in enumerate(NAMES, start=1):
        orca.hear(f"ctrl+{number}", name)
        assert "Immediate concern (Ctrl+Shift+I)" not in " ".join(orca.said()), "which is not where one goes"
        assert orca.until("Tab", ""), f"nothing is said on {name}"


def _rated(said: list[str]) -> str:
    """The number of the standard of which a rating was announced last; empty if none was."""
    found = re.findall(r"Standard (\d+): ", " ".join(said))
    return str(found[-1]) if found else ""


def test_a_rating_by_its_key_is_said_and_so_are_saving_and_undoing(orca: Session) -> None:
    orca.hear("ctrl+2", "Standards")
    orca.until("Down", "my rating: Met")
    orca.hear("n", ": Not met")
    number = _rated(orca.said())
    if orca.announces:
        orca.wait("All work saved")
    orca.hear("ctrl+z", f"Undone: rating of standard {number}")
    orca.until("Down", "Standard ")


def test_ratings_are_one_choice_of_three_with_their_keys(orca: Session) -> None:
    orca.hear("ctrl+2", "Standards")
    orca.until("Down", "my rating: Met")
    heard = orca.until("Tab", "My rating: Met")
    assert "radio button" in heard
    orca.wait("1 of 3, key M")
    heard = orca.expect("Right", "My rating: Not met")
    assert "check box" not in heard
    orca.wait("2 of 3, key N")


def test_evidence_is_read_from_its_start(orca: Session) -> None:
    orca.hear("ctrl+2", "Standards")
    orca.until("Down", "my rating: Met")
    orca.until("Tab", "Evidence read only text")
    orca.wait("The team's self-review")


def test_help_is_read_by_paragraph_from_its_beginning(orca: Session) -> None:
    orca.hear("ctrl+4", "Case notes")
    orca.expect("F1", "Help. Each column is one case note")
    second = orca.expect("Down", "Press Y for yes")
    assert "Each column" not in second
    orca.expect("Up", "Help. Each column is one case note")
    orca.press("Escape")


def test_what_is_refused_beside_a_field_is_said_once_and_again_when_one_comes_back(orca: Session) -> None:
    orca.expect("ctrl+4", "Case note ")
    orca.until("Tab", "Number of the case note")
    orca.press("ctrl+a")
    orca.type("a name")
    began = len(orca.heard.read())
    orca.expect("Return", "cannot be a case note number")
    orca.until("shift+Tab", "Case notes")
    told = [words for _, words in orca.heard.read()[began:] if "cannot be a case note number" in words]
    assert len(told) == 1
    orca.until("Tab", "cannot be a case note number")
    orca.press("ctrl+a")
    orca.type("11")


def test_what_was_recorded_in_the_grid_is_said(orca: Session) -> None:
    orca.expect("ctrl+4", "Case note ")
    orca.press("ctrl+Home")
    heard = orca.expect("y", "A1: Yes. Case note 1, A2: ")
    assert "not selected" not in heard and heard.count("Case note 1") == 1
    orca.hear("ctrl+z", "Undone: case note 1, A1")


def test_what_is_agreed_is_said_and_no_cell_repeats_its_standard(orca: Session) -> None:
    orca.hear("ctrl+6", "Agree")
    heard = orca.until("Down", "The team's self-review: ")
    assert "Standard " not in heard
    found = re.search(r"(\d+) +[A-Z]", heard)
    assert found is not None, heard
    orca.hear("m", ": Met")
    orca.hear("ctrl+z", f"Undone: agreed rating of standard {_rated(orca.said())}")
    orca.expect("Right", "column header")


def test_what_is_found_is_said(orca: Session) -> None:
    orca.hear("ctrl+1", "Overview")
    began = len(orca.heard.read())
    orca.expect("ctrl+k", "Find anything")
    orca.type("medicines")
    if orca.announces:
        orca.wait("Choose with the arrow keys and press Enter to go there. First: ")
    told = [words for _, words in orca.heard.read()[began:] if "Several words find what has all of them" in words]
    assert len(told) <= 1, "how it is used is said once"
    orca.hear("Down", "tandard")
    orca.press("Escape")


def test_what_is_refused_is_told_once_and_no_letter_of_a_passphrase_is_heard(orca: Session) -> None:
    orca.hear("ctrl+2", "Standards")
    orca.press("ctrl+l")
    orca.wait("Passphrase password text")
    began = len(orca.heard.read())
    orca.expect("Return", "Enter the passphrase")
    orca.type("wrong words")
    orca.expect("Return", WRONG)
    orca.until("Tab", "Show what I type")
    told = [words for kind, words in orca.heard.read()[began:] if kind == "say" and WRONG in words]
    assert len(told) == 1
    orca.expect("shift+Tab", WRONG)
    orca.press("ctrl+a")
    orca.type(PASSPHRASE)
    orca.press("Return")
    orca.wait("Standards")
    # Orca is set to say each letter that a program tells it of, and none for the keys themselves.
    spoken = [words for kind, words in orca.heard.read()[began:] if kind in ("char", "key", "say")]
    assert [words for words in spoken if len(words) == 1] == []


def test_a_form_begins_with_its_first_field_and_says_each_hint_once(orca: Session) -> None:
    orca.until("Tab", "New visit")
    began = len(orca.heard.read())
    orca.press("Return")
    if orca.announces:  # 43 says nothing of where one is until the next key
        orca.wait("by the name the team uses")
    else:
        orca.until("Tab", "Day of the visit text")  # nor of the next field, the first time
    orca.until("Tab" if orca.announces else "shift+Tab", "Organisation text")
    orca.wait("For example, the NHS trust")
    told = " ".join(words for kind, words in orca.heard.read()[began:] if kind == "say")
    assert "Start from an earlier visit" not in told, "which is not where one goes"
    assert told.count("by the name the team uses") <= 1 and told.count("For example, the NHS trust") == 1
    orca.press("Escape")


def _since(orca: Session, began: int) -> str:
    return " | ".join(words for kind, words in orca.heard.read()[began:] if kind == "say")


def test_consent_is_heard_question_by_question(orca: Session) -> None:
    orca.hear("ctrl+3", "Interviews")
    orca.expect("ctrl+n", "New interview with a patient")
    began = len(orca.heard.read())
    orca.press("Return")
    orca.wait("May I write down what you tell me? Yes check box not checked")
    if orca.announces:
        orca.wait("New interview: P")
    told = _since(orca, began)
    assert "Say who you are" in told and "some of your own words" not in told, "each question with its own answers"
    for question in ("some of your own words", "people outside the team"):
        orca.expect("space", "checked")
        orca.until("Tab", question)
    orca.hear("space", "a published report")  # the focus goes on by itself, of which 43 says nothing
    orca.hear("space", "Notes: ")
    orca.hear("ctrl+z", "Undone: consent of P")
    for _ in range(4):
        orca.press("ctrl+z")


def test_a_saved_report_is_told_by_its_name_and_its_buttons_come_next(orca: Session) -> None:
    orca.hear("ctrl+7", "Parts of the report")
    orca.until("shift+Tab", "Save PDF")
    orca.expect("Return", "File name: text")
    orca.expect("Return", "warnings are marked Stop")
    orca.until("Tab", "Save anyway")
    began = len(orca.heard.read())
    orca.press("Return")
    if orca.announces:
        orca.wait("It is not encrypted")
        assert "Saved and checked: draft-report" in _since(orca, began)
    orca.until("Tab", "Open draft-report")
    orca.expect("Tab", "in its folder")


def test_a_file_of_others_is_previewed_before_it_is_added(orca: Session, homes: Homes) -> None:
    orca.expect("ctrl+5", "Choose files")
    orca.expect("Return", "File name: text")
    orca.type(str(homes.returns["R2"]))
    orca.expect("Return", "From the laptop of R2 (clinician)")
    orca.wait("Nothing new")
    assert "Add this " in " | ".join(orca.said()), "and not what is on it for several"
    orca.until("Tab", "Remove these files without adding them")
    orca.expect("Return", "Choose files")


def test_the_decision_of_the_committee_is_said(orca: Session) -> None:
    orca.hear("ctrl+7", "Parts of the report")
    orca.press("End")
    orca.until("Up", "The committee's decision")
    began = len(orca.heard.read())
    orca.until("Tab", "First presentation panel")
    orca.until("Tab", "Record the decision")
    told = _since(orca, began)
    assert "Note (printed for the team and the committee) text" in told and "Note of the committee" not in told
    orca.expect("Return", "The committee's decision: accredited check box")
    orca.expect("space", "checked")
    orca.until("Tab", "Record the decision")
    orca.hear("Return", "First presentation recorded: accredited")
    orca.hear("ctrl+z", "Undone: ")


def test_a_cell_of_the_action_plan_is_said_with_its_row_and_an_action_is_typed_in_it(orca: Session) -> None:
    orca.hear("ctrl+6", "Agree")
    orca.until("Down", "The team's self-review: ")
    orca.hear("n", ": Not met")
    began = len(orca.heard.read())
    orca.expect("ctrl+8", "Action: Not planned yet")
    orca.expect("Return", "Action text")
    assert "not selected" not in _since(orca, began)
    orca.type("Print new leaflets")
    orca.expect("Tab", "Owner text")
    orca.press("Escape")
    orca.until("Left", "Action: Print new leaflets")
    for _ in range(3):
        orca.press("ctrl+z")
