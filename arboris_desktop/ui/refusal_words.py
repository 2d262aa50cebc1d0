"""Messages about refusals: why something cannot be done, and what can be done instead.

A refusal is not a failure: nothing was changed, sent or lost.
"""

from __future__ import annotations

from arboris_desktop.domain.errors import ErrorKind
from arboris_desktop.ui.i18n import QT_TRANSLATE_NOOP

REFUSALS: dict[ErrorKind, tuple[str, str]] = {
    ErrorKind.NOT_FOUND: (
        QT_TRANSLATE_NOOP("ErrorWords", "What this is about is no longer there."),
        QT_TRANSLATE_NOOP(
            "ErrorWords",
            "It was removed meanwhile, perhaps in another window or by a command. Choose "
            "something else.",
        ),
    ),
    ErrorKind.NOVEL_GONE: (
        QT_TRANSLATE_NOOP("ErrorWords", "The novel is no longer there."),
        QT_TRANSLATE_NOOP(
            "ErrorWords",
            "It was deleted meanwhile, perhaps in another window. The backups may still have it.",
        ),
    ),
    ErrorKind.CHAPTER_GONE: (
        QT_TRANSLATE_NOOP("ErrorWords", "The chapter, or this version of it, no longer exists."),
        QT_TRANSLATE_NOOP("ErrorWords", "Nothing needs to be done; the task can be cancelled."),
    ),
    ErrorKind.INVALID_VALUE: (
        QT_TRANSLATE_NOOP("ErrorWords", "A value is not one of the allowed ones."),
        QT_TRANSLATE_NOOP("ErrorWords", "Correct it; the details say what is allowed."),
    ),
    ErrorKind.NOTHING_NEW: (
        QT_TRANSLATE_NOOP("ErrorWords", "The novel has all chapters of the file already."),
        QT_TRANSLATE_NOOP("ErrorWords", "Nothing was added. Choose a file with later chapters."),
    ),
    ErrorKind.WORDS_MISSING: (
        QT_TRANSLATE_NOOP("ErrorWords", "A text is missing."),
        QT_TRANSLATE_NOOP("ErrorWords", "Type them first; the details say which."),
    ),
    ErrorKind.TITLE_MISSING: (
        QT_TRANSLATE_NOOP("ErrorWords", "A novel needs a title."),
        QT_TRANSLATE_NOOP("ErrorWords", "Type one; it can be changed at any time."),
    ),
    ErrorKind.BOUND_MISSING: (
        QT_TRANSLATE_NOOP("ErrorWords", "The auto-writer needs a bound at which it stops."),
        QT_TRANSLATE_NOOP("ErrorWords", "Set the most tokens, money or minutes that it may use."),
    ),
    ErrorKind.CHAPTER_EMPTY: (
        QT_TRANSLATE_NOOP("ErrorWords", "The chapter has no text yet."),
        QT_TRANSLATE_NOOP("ErrorWords", "Write it first, or let the model write it."),
    ),
    ErrorKind.CHAPTER_BUSY: (
        QT_TRANSLATE_NOOP("ErrorWords", "The chapter is being written already."),
        QT_TRANSLATE_NOOP(
            "ErrorWords",
            "Another window, a command or the auto-writer is writing it. Wait until it is "
            "done, or stop it there.",
        ),
    ),
    ErrorKind.CHAPTERS_MISSING: (
        QT_TRANSLATE_NOOP("ErrorWords", "Chapters before this one are missing."),
        QT_TRANSLATE_NOOP("ErrorWords", "Plan the chapters before it first, or begin earlier."),
    ),
    ErrorKind.CHAPTERS_CANNOT_MERGE: (
        QT_TRANSLATE_NOOP("ErrorWords", "These chapters cannot be merged."),
        QT_TRANSLATE_NOOP(
            "ErrorWords", "Choose at least two that follow one another and have no text yet."
        ),
    ),
    ErrorKind.TEXT_WOULD_BE_LOST: (
        QT_TRANSLATE_NOOP("ErrorWords", "A chapter that has text would be lost by this."),
        QT_TRANSLATE_NOOP(
            "ErrorWords", "Delete the chapter yourself in the outline if you are sure."
        ),
    ),
    ErrorKind.CHANGED_SINCE: (
        QT_TRANSLATE_NOOP("ErrorWords", "The outline was changed since, so this cannot be undone."),
        QT_TRANSLATE_NOOP("ErrorWords", "Undo the later change first, or correct it by hand."),
    ),
    ErrorKind.DRAFT_GONE: (
        QT_TRANSLATE_NOOP("ErrorWords", "There is no unfinished text here any more."),
        QT_TRANSLATE_NOOP(
            "ErrorWords", "It was stored or discarded meanwhile. Open the chapter to see it."
        ),
    ),
    ErrorKind.VERSION_BUSY: (
        QT_TRANSLATE_NOOP("ErrorWords", "This version of the chapter is being written already."),
        QT_TRANSLATE_NOOP(
            "ErrorWords", "Wait until it is done, or stop it where it is being written."
        ),
    ),
    ErrorKind.VERSION_FINISHED: (
        QT_TRANSLATE_NOOP("ErrorWords", "This version of the chapter is finished already."),
        QT_TRANSLATE_NOOP("ErrorWords", "Choose it, or let the model write another one."),
    ),
    ErrorKind.VERSION_UNFINISHED: (
        QT_TRANSLATE_NOOP("ErrorWords", "No finished version of the chapter is there yet."),
        QT_TRANSLATE_NOOP("ErrorWords", "Wait until it is written, or keep its text so far."),
    ),
    ErrorKind.TOO_MANY_VERSIONS: (
        QT_TRANSLATE_NOOP("ErrorWords", "No more versions fit beside these."),
        QT_TRANSLATE_NOOP("ErrorWords", "Write all of them again instead."),
    ),
    ErrorKind.ALREADY_QUEUED: (
        QT_TRANSLATE_NOOP("ErrorWords", "The chapter waits for its analysis already."),
        QT_TRANSLATE_NOOP(
            "ErrorWords",
            "Nothing needs to be done: a newer task of the same chapter is in the list of tasks.",
        ),
    ),
    ErrorKind.TASK_WENT_ON: (
        QT_TRANSLATE_NOOP("ErrorWords", "The task has changed meanwhile."),
        QT_TRANSLATE_NOOP("ErrorWords", "The list of tasks shows where it is now."),
    ),
    ErrorKind.NOTHING_TO_ANALYSE: (
        QT_TRANSLATE_NOOP("ErrorWords", "None of these chapters is left to analyse."),
        QT_TRANSLATE_NOOP(
            "ErrorWords", "They have no text, or are analysed or queued already. Choose others."
        ),
    ),
    ErrorKind.BATCH_UNDER_WAY: (
        QT_TRANSLATE_NOOP("ErrorWords", "A batch of this novel is under way already."),
        QT_TRANSLATE_NOOP("ErrorWords", "Wait for its end, or cancel it in the list of tasks."),
    ),
    ErrorKind.BATCH_OVER: (
        QT_TRANSLATE_NOOP("ErrorWords", "The batch has ended already."),
        QT_TRANSLATE_NOOP("ErrorWords", "Begin another one if chapters are left."),
    ),
    ErrorKind.RUN_UNFINISHED: (
        QT_TRANSLATE_NOOP(
            "ErrorWords", "Another run of the auto-writer of this novel is not finished."
        ),
        QT_TRANSLATE_NOOP("ErrorWords", "Let it go on, or end it, before you begin a new one."),
    ),
    ErrorKind.RUN_BUSY: (
        QT_TRANSLATE_NOOP(
            "ErrorWords", "The auto-writer works at this run in another window or by a command."
        ),
        QT_TRANSLATE_NOOP("ErrorWords", "Wait for it, or pause it there."),
    ),
    ErrorKind.RUN_OVER: (
        QT_TRANSLATE_NOOP("ErrorWords", "No run of the auto-writer waits there: it has ended."),
        QT_TRANSLATE_NOOP("ErrorWords", "Begin a new one."),
    ),
    ErrorKind.NOTHING_TO_EXPORT: (
        QT_TRANSLATE_NOOP("ErrorWords", "No chapter with a text is among those chosen."),
        QT_TRANSLATE_NOOP(
            "ErrorWords", "Choose other chapters, or also those that are only planned."
        ),
    ),
    ErrorKind.NO_OUTLINE_TO_EXPORT: (
        QT_TRANSLATE_NOOP("ErrorWords", "No planned chapter is among those chosen."),
        QT_TRANSLATE_NOOP("ErrorWords", "Choose other chapters, or plan some first."),
    ),
    ErrorKind.NO_CODEX_TO_EXPORT: (
        QT_TRANSLATE_NOOP("ErrorWords", "The codex has no entries yet."),
        QT_TRANSLATE_NOOP(
            "ErrorWords",
            "Add some, take them from a table, or have chapters analysed; then export it again.",
        ),
    ),
    ErrorKind.NO_COMMENTS_TO_EXPORT: (
        QT_TRANSLATE_NOOP("ErrorWords", "The chosen chapters have no comments."),
        QT_TRANSLATE_NOOP("ErrorWords", "Choose other chapters, or comment on a passage first."),
    ),
    ErrorKind.NOTHING_TO_PLAN: (
        QT_TRANSLATE_NOOP("ErrorWords", "All of these chapters have a plan."),
        QT_TRANSLATE_NOOP("ErrorWords", "Choose others, or have some planned again."),
    ),
    ErrorKind.NOTHING_ASKED: (
        QT_TRANSLATE_NOOP("ErrorWords", "No question is open any more."),
        QT_TRANSLATE_NOOP("ErrorWords", "Ask for the next one, or say what you like."),
    ),
    ErrorKind.RULES_MISSING: (
        QT_TRANSLATE_NOOP("ErrorWords", "The novel has no rules that could be checked."),
        QT_TRANSLATE_NOOP("ErrorWords", "Write its rules first."),
    ),
    ErrorKind.PROMPT_UNUSABLE: (
        QT_TRANSLATE_NOOP("ErrorWords", "The prompt cannot be used as it is."),
        QT_TRANSLATE_NOOP("ErrorWords", "Correct what the list beside it names."),
    ),
    ErrorKind.CANNOT_MERGE: (
        QT_TRANSLATE_NOOP("ErrorWords", "These two entries cannot be merged."),
        QT_TRANSLATE_NOOP(
            "ErrorWords",
            "Choose two different ones: two characters, or two entries of other kinds.",
        ),
    ),
    ErrorKind.NOT_A_SEED: (
        QT_TRANSLATE_NOOP("ErrorWords", "This entry is no planted seed."),
        QT_TRANSLATE_NOOP("ErrorWords", "Only a seed can be paid off."),
    ),
    ErrorKind.UNDONE_ALREADY: (
        QT_TRANSLATE_NOOP("ErrorWords", "This change was undone already."),
        QT_TRANSLATE_NOOP("ErrorWords", "Nothing needs to be done."),
    ),
    ErrorKind.UNDO_LATER_FIRST: (
        QT_TRANSLATE_NOOP("ErrorWords", "A later change builds on this one."),
        QT_TRANSLATE_NOOP("ErrorWords", "Undo that one first; the details name it."),
    ),
    ErrorKind.UNDO_IMPOSSIBLE: (
        QT_TRANSLATE_NOOP("ErrorWords", "This change can no longer be undone."),
        QT_TRANSLATE_NOOP("ErrorWords", "What it changed is gone. Correct the entry by hand."),
    ),
}
"""The refusal, and what can be done instead, by kind."""
