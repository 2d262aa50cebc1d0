"""The form of a model's review of a chapter, and what is accepted of it."""

from __future__ import annotations

from typing import Annotated, Literal

from arboris_desktop.domain.reviews import (
    Beat,
    Dimension,
    ReviewedPart,
    ReviewFindings,
    ReviewNote,
    Severity,
)
from arboris_desktop.llm.forms import BaseModel, BeforeValidator, ConfigDict, Field
from arboris_desktop.text.quotations import locate

_MAX_NOTES = 12
_MAX_BEATS = 12
_TOLERATED = 60
"""More than was requested is accepted, since it is paid for; beyond this it is nonsense."""


def _cut(characters: int) -> BeforeValidator:
    return BeforeValidator(lambda value: value[:characters] if isinstance(value, str) else value)


def _within(low: int, high: int) -> BeforeValidator:
    """Bounds are not in the schema, since llama.cpp's grammars do not enforce them."""

    def clamp(value: object) -> object:
        if isinstance(value, int | float) and not isinstance(value, bool):
            return round(min(max(value, low), high))
        return value

    return BeforeValidator(clamp)


Quotation = Annotated[str, _cut(240)]
Sentence = Annotated[str, _cut(400)]
Verdict = Annotated[str, _cut(1500)]
Score = Annotated[int, _within(0, 100)]
Degree = Annotated[int, _within(0, 10)]
Feeling = Annotated[int, _within(-5, 5)]


class _Form(BaseModel):
    model_config = ConfigDict(extra="forbid")


def _listed(maximum: int) -> object:
    return Field(max_length=_TOLERATED, json_schema_extra={"maxItems": maximum})


class NoteForm(_Form):
    """A remark; the quotation comes first, so that the remark is about it."""

    quotation: Quotation
    comment: Sentence
    dimension: Literal["plan", "consistency", "continuity", "rules", "style", "tension"]
    severity: Literal["praise", "hint", "problem"]

    def note(self) -> ReviewNote:
        """Returns the remark as the domain has it, without its place."""
        return ReviewNote(
            Severity(self.severity),
            self.comment.strip(),
            self.quotation.strip(),
            dimension=Dimension(self.dimension),
        )


class ScoresForm(_Form):
    """From 0 to 100 each."""

    plan: Score
    consistency: Score
    continuity: Score
    rules: Score
    style: Score
    tension: Score


class ReviewForm(_Form):
    """The chapter in six dimensions."""

    notes: Annotated[list[NoteForm], _listed(_MAX_NOTES)]
    scores: ScoresForm
    verdict: Verdict

    def findings(self, part: ReviewedPart) -> ReviewFindings:
        """Returns the accepted findings: without rules none can be kept or broken."""
        scores = {Dimension(name): score for name, score in self.scores.model_dump().items()}
        said = [form.note() for form in self.notes if form.comment.strip()]
        notes = [_with_place(note, part.chapter) for note in said]
        if not part.rules:
            del scores[Dimension.RULES]
            notes = [note for note in notes if note.dimension is not Dimension.RULES]
        return ReviewFindings(self.verdict.strip(), scores, tuple(notes))


class ReaderNoteForm(_Form):
    """A reader's feeling at one place."""

    quotation: Quotation
    comment: Sentence
    severity: Literal["praise", "hint", "problem"]


class ReaderForm(_Form):
    """A reader's experience of a chapter, and what they expect of the next one."""

    notes: Annotated[list[ReaderNoteForm], _listed(_MAX_NOTES)]
    verdict: Verdict

    def findings(self, part: ReviewedPart) -> ReviewFindings:
        """Returns the notes with their places."""
        notes = (
            ReviewNote(Severity(form.severity), form.comment.strip(), form.quotation.strip())
            for form in self.notes
            if form.comment.strip()
        )
        return ReviewFindings(
            self.verdict.strip(), notes=tuple(_with_place(note, part.chapter) for note in notes)
        )


class ViolationForm(_Form):
    """A rule that the chapter breaks."""

    quotation: Quotation
    rule: int
    comment: Sentence


class ConstitutionForm(_Form):
    """Returns every place at which a rule is broken."""

    violations: Annotated[list[ViolationForm], _listed(_MAX_NOTES)]

    def findings(self, part: ReviewedPart) -> ReviewFindings:
        """Returns only findings that quote the chapter and name an existing rule."""
        notes = (
            ReviewNote(
                Severity.PROBLEM,
                form.comment.strip(),
                form.quotation.strip(),
                dimension=Dimension.RULES,
                rule=form.rule,
            )
            for form in self.violations
            if 1 <= form.rule <= len(part.rules)
        )
        placed = (_with_place(note, part.chapter) for note in notes)
        return ReviewFindings(notes=tuple(note for note in placed if note.is_supported))


class BeatForm(_Form):
    """A stretch of the chapter, identified by its first words."""

    quotation: Quotation
    label: Annotated[str, _cut(60)]
    feeling: Feeling
    tension: Degree
    pace: Degree


class EmotionForm(_Form):
    """The chapter from its beginning to its end."""

    beats: Annotated[list[BeatForm], _listed(_MAX_BEATS)]

    def findings(self, part: ReviewedPart) -> ReviewFindings:
        """Returns the beats at their words; one whose words are not found lies in between."""
        count = len(self.beats)
        beats = [
            self._beat(form, part, (place + 0.5) / count) for place, form in enumerate(self.beats)
        ]
        return ReviewFindings(beats=tuple(sorted(beats, key=lambda beat: beat.position)))

    @staticmethod
    def _beat(form: BeatForm, part: ReviewedPart, share: float) -> Beat:
        placed = _with_place(ReviewNote(Severity.HINT, "", form.quotation), part.chapter)
        position = part.begins + share * (part.ends - part.begins)
        if placed.start is not None:
            position = placed.start / len(part.chapter)
        return Beat(
            position,
            form.feeling,
            form.tension,
            form.pace,
            form.label.strip(),
            placed.start,
            placed.end,
        )


def _with_place(note: ReviewNote, text: str) -> ReviewNote:
    """Returns the remark with the place of its quotation in the text, if it has one."""
    span = locate(note.quotation, text) if note.quotation else None
    return ReviewNote(
        note.severity,
        note.comment,
        note.quotation,
        span.start if span else None,
        span.end if span else None,
        note.dimension,
        note.rule,
    )
