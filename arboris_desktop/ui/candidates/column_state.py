"""The words above a candidate's text: its name, its progress, and its outcome."""

from __future__ import annotations

from arboris_desktop.domain.candidates import Candidate, CandidateStatus
from arboris_desktop.domain.errors import ErrorKind
from arboris_desktop.domain.novel import Language
from arboris_desktop.text.paragraphs import in_a_row
from arboris_desktop.ui.candidates.words import angle_name
from arboris_desktop.ui.costs.words import paid
from arboris_desktop.ui.i18n import Wording
from arboris_desktop.ui.wording import duration, error_sentence, words


def candidate_name(candidate: Candidate) -> str:
    """Returns letter and angle of a candidate, such as ``B · led by action``."""
    text = Wording.tr("{letter} · {angle}")
    return text.format(letter=candidate.letter, angle=angle_name(candidate.angle))


def length_of(count: int, target: int, language: Language) -> str:
    """Returns a length beside the desired one."""
    text = Wording.tr("{length} of {target}")
    return text.format(length=words(count, language), target=f"{target:,}")


def progress(count: int, target: int, language: Language, seconds: float, round_: int) -> str:
    """Returns the progress of the writing; ``round_`` counts continuations."""
    time = duration(seconds)
    if not count:
        return Wording.tr("Waiting for the model… {time}").format(time=time)
    text = Wording.tr("Writing · {length} · {time}")
    if round_:
        text = Wording.tr("Continued, since it is too short · {length} · {time}")
    return text.format(length=length_of(count, target, language), time=time)


def outcome(candidate: Candidate, count: int, target: int, language: Language) -> str:
    """Returns the outcome of a candidate that is not being written here."""
    length = length_of(count, target, language) if count else ""
    if candidate.is_stored:
        state = Wording.tr("Chosen") if candidate.status is CandidateStatus.CHOSEN else ""
        cut = Wording.tr("the end may be missing") if candidate.is_cut else ""
        parts = [state, length, paid(candidate.spent), cut]
    else:
        parts = [_ended_early(candidate), length]
    return " · ".join(part for part in parts if part)


def _ended_early(candidate: Candidate) -> str:
    return {
        CandidateStatus.WRITING: Wording.tr("Being written elsewhere"),
        CandidateStatus.INTERRUPTED: Wording.tr("Interrupted"),
        CandidateStatus.STOPPED: Wording.tr("Stopped"),
    }.get(candidate.status, Wording.tr("Failed"))


def advice(candidate: Candidate) -> str:
    """Returns advice about a candidate that ended early."""
    if candidate.status is CandidateStatus.FAILED:
        sentence = error_sentence(candidate.error_kind or ErrorKind.INTERNAL)
        return in_a_row(sentence.what_happened, sentence.what_to_do)
    if candidate.content.strip():
        return Wording.tr(
            "The text so far is kept. Let the model continue, keep it as it is, or discard it."
        )
    return Wording.tr("It has no text yet.")
