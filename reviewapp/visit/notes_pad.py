"""The notes pad of an interview: lines typed while listening, each of which can go to a question afterwards.

The pad is the notes of the interview that belong to no question (the answer `notes`), line by line. So it is saved,
found, joined, withdrawn and purged as answers are, on older versions of the program too. Sorting a line moves it: it
leaves the notes and is added to the answer of a question, in one change that is undone as one.

Somebody may sort the same pad on two laptops. Where both did the same nothing differs. Where they did not, the texts
stand in several versions until they are settled, and between the versions a line could look unsorted on the one and
sorted on the other. `lines_to_sort` therefore counts every line once, and one that stands under a question on either
laptop as sorted; `put_together` writes that down, with no line lost and none twice. A line that went to different
questions stands under both, which no text shows: `under_several` names it, and its author chooses.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import msgspec

from reviewapp.base.errors import Invalid
from reviewapp.base.i18n import _
from reviewapp.visit.state import AnswerRecord, VisitState
from reviewapp.visit.statements import Answer

NOTES = "notes"
"""The prompt of the notes that belong to no question."""


class SortedTwice(msgspec.Struct, frozen=True, kw_only=True):
    """A line that stands under more than one question, with those questions in the order of the guide."""

    line: str
    prompts: tuple[str, ...]


def lines_of(text: str) -> list[str]:
    """The lines of a text that hold anything, as they were typed but for the space around them."""
    return [line.strip() for line in text.splitlines() if line.strip()]


def lines_to_sort(state: VisitState, interview: str) -> list[str]:
    """The lines of an interview's pad that belong to no question yet, in their order."""
    versions = _versions(state, _key(interview, NOTES))
    if len(versions) < 2:
        return lines_of(versions[0]) if versions else []
    there = [line for one in _answers(state, interview).values() for line in one]
    return _without(_union([lines_of(version) for version in versions]), there)


def sort_lines(state: VisitState, interview: str, lines: Sequence[str], prompt: str) -> list[Answer]:
    """The statements that move these lines from the pad to a question, to be recorded as one change.

    Raises Invalid for a line that is not on the pad.
    """
    rest = lines_to_sort(state, interview)
    for line in lines:
        if line not in rest:
            raise _not_there(interview, line)
        rest.remove(line)
    return [
        _statement(interview, prompt, [*_text_lines(state, interview, prompt), *lines]),
        _statement(interview, NOTES, rest),
    ]


def back_to_pad(state: VisitState, interview: str, line: str, prompt: str) -> list[Answer]:
    """The statements that move a line from a question to the pad. Raises Invalid for a line that is not there."""
    under = _text_lines(state, interview, prompt)
    if line not in [one.strip() for one in under]:
        raise _not_there(interview, line)
    place = [one.strip() for one in under].index(line)
    return [
        _statement(interview, prompt, [*under[:place], *under[place + 1 :]]),
        _statement(interview, NOTES, [*lines_to_sort(state, interview), line]),
    ]


def in_versions(state: VisitState, interview: str) -> bool:
    """Whether any answer of an interview, or its pad, stands in several versions from different laptops."""
    return any(len(_versions(state, one.key)) > 1 for one in _of(state, interview))


def put_together(state: VisitState, interview: str) -> list[Answer]:
    """The statements that make one text of all versions, of every answer of an interview: each line in it once."""
    made = [
        _statement(interview, one.prompt, _text_lines(state, interview, one.prompt))
        for one in _of(state, interview)
        if one.prompt != NOTES and len(_versions(state, one.key)) > 1
    ]
    if len(_versions(state, _key(interview, NOTES))) > 1:
        made.append(_statement(interview, NOTES, lines_to_sort(state, interview)))
    return made


def under_several(state: VisitState, interview: str) -> list[SortedTwice]:
    """The lines that stand under more than one question, because two laptops sorted them differently or by mistake."""
    places: dict[str, list[str]] = {}
    for prompt, lines in _answers(state, interview).items():
        for line in dict.fromkeys(lines):
            places.setdefault(line, []).append(prompt)
    return [SortedTwice(line=line, prompts=tuple(some)) for line, some in places.items() if len(some) > 1]


def keep_under(state: VisitState, interview: str, line: str, prompt: str) -> list[Answer]:
    """The statements that leave a line under one question and take it from the others."""
    found = next((one for one in under_several(state, interview) if one.line == line), None)
    if found is None or prompt not in found.prompts:
        raise _not_there(interview, line)
    return [
        _statement(interview, one, [each for each in _text_lines(state, interview, one) if each.strip() != line])
        for one in found.prompts
        if one != prompt
    ]


def _statement(interview: str, prompt: str, lines: Sequence[str]) -> Answer:
    return Answer(interview=interview.rpartition("/")[0], prompt=prompt, text="\n".join(lines))


def _text_lines(state: VisitState, interview: str, prompt: str) -> list[str]:
    """The lines of an answer as they stand, empty ones too; of several versions what they have together."""
    versions = _versions(state, _key(interview, prompt))
    if len(versions) < 2:
        return versions[0].splitlines() if versions and versions[0].strip() else []
    return _union([lines_of(version) for version in versions])


def _answers(state: VisitState, interview: str) -> dict[str, list[str]]:
    """The lines under each question, in the order of the guide."""
    there = {one.prompt for one in _of(state, interview)}
    order = [prompt.id for guide in state.instrument.guides for prompt in guide.prompts if prompt.id in there]
    order += sorted(there - {NOTES, *order})
    return {prompt: [line.strip() for line in _text_lines(state, interview, prompt)] for prompt in order}


def _of(state: VisitState, interview: str) -> list[AnswerRecord]:
    return [one for one in state.answers.values() if one.interview == interview]


def _versions(state: VisitState, key: str) -> list[str]:
    """The texts that stand for an answer: one, or each that another laptop wrote without knowing of the others."""
    for one in state.conflicts:
        if (one.entity, one.key, one.field) == ("answer", key, "text"):
            return [str(each.value or "") for each in one.values]
    answer = state.answers.get(key)
    return [answer.text] if answer is not None else []


def _union(versions: Sequence[Sequence[str]]) -> list[str]:
    """The lines of all versions in their order, each as often as the version has it that has it most."""
    made: list[str] = []
    for version in versions:
        many = Counter(made)
        seen: Counter[str] = Counter()
        for line in version:
            seen[line] += 1
            if seen[line] > many[line]:
                made.append(line)
    return made


def _without(lines: Sequence[str], gone: Sequence[str]) -> list[str]:
    """The lines but for those of `gone`, each taken away once."""
    left = Counter(gone)
    made = []
    for line in lines:
        if left[line] > 0:
            left[line] -= 1
        else:
            made.append(line)
    return made


def _key(interview: str, prompt: str) -> str:
    number, _slash, person = interview.rpartition("/")
    return f"{number}/{prompt}/{person}"


def _not_there(interview: str, line: str) -> Invalid:
    return Invalid(
        _("“{line}” is not among the lines of {interview} any more", line=line, interview=interview.partition("/")[0]),
        field="text",
        do=_("look at the notes pad again"),
    )
