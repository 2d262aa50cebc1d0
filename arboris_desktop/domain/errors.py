"""Everything that can go wrong, by kind: what happened, and whether trying again can help."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from arboris_desktop.domain.spent import Spent


class ErrorKind(StrEnum):
    """The reason why something failed. The window has a translated sentence, with advice, for
    each."""

    CONNECTION = "connection"
    TLS = "tls"
    FIRST_TOKEN_TIMEOUT = "first_token_timeout"
    STALLED = "stalled"
    TOTAL_TIMEOUT = "total_timeout"
    RATE_LIMITED = "rate_limited"
    SERVER_ERROR = "server_error"
    INVALID_ANSWER = "invalid_answer"
    EMPTY_ANSWER = "empty_answer"
    UNAUTHORIZED = "unauthorized"
    IMPOSSIBLE_KEY = "impossible_key"
    """The key has characters that no key has, and that cannot be sent."""
    WRONG_SCHEME = "wrong_scheme"
    """The server speaks http where https was asked for, or the other way round."""
    QUOTA_EXHAUSTED = "quota_exhausted"
    SPEND_LIMIT = "spend_limit"
    MODEL_NOT_FOUND = "model_not_found"
    CONTEXT_TOO_LONG = "context_too_long"
    REQUEST_REFUSED = "request_refused"
    MODERATED = "moderated"
    """A content filter of the provider stepped in, before the answer or amid it."""
    MODEL_DECLINED = "model_declined"
    """The model itself declined."""
    ANSWER_CUT = "answer_cut"
    """A limit was reached before the end."""
    NO_END = "no_end"
    """The chapter is far longer than requested, and the model has not brought it to an end."""
    UNKNOWN_END = "unknown_end"
    """The answer ended with a reason that is not known."""
    RUNAWAY = "runaway"
    """The model went round in circles, or far beyond the limit, and was stopped."""
    REGION = "region"
    GUARD_PAGE = "guard_page"
    BROKEN_VARIABLE = "broken_variable"
    """The environment names a proxy or a certificate that cannot be used."""
    NOT_AN_API = "not_an_api"
    NOT_CONFIGURED = "not_configured"
    BUILT_IN_MODEL_MISSING = "built_in_model_missing"
    KEYRING = "keyring"
    LEASE_EXPIRED = "lease_expired"
    NOT_FOUND = "not_found"
    NOVEL_GONE = "novel_gone"
    CHAPTER_GONE = "chapter_gone"
    INVALID_VALUE = "invalid_value"
    NOTHING_NEW = "nothing_new"
    WORDS_MISSING = "words_missing"
    TITLE_MISSING = "title_missing"
    BOUND_MISSING = "bound_missing"
    CHAPTER_EMPTY = "chapter_empty"
    CHAPTER_BUSY = "chapter_busy"
    CHAPTERS_MISSING = "chapters_missing"
    CHAPTERS_CANNOT_MERGE = "chapters_cannot_merge"
    TEXT_WOULD_BE_LOST = "text_would_be_lost"
    CHANGED_SINCE = "changed_since"
    DRAFT_GONE = "draft_gone"
    VERSION_BUSY = "version_busy"
    VERSION_FINISHED = "version_finished"
    VERSION_UNFINISHED = "version_unfinished"
    TOO_MANY_VERSIONS = "too_many_versions"
    ALREADY_QUEUED = "already_queued"
    TASK_WENT_ON = "task_went_on"
    NOTHING_TO_ANALYSE = "nothing_to_analyse"
    BATCH_UNDER_WAY = "batch_under_way"
    BATCH_OVER = "batch_over"
    RUN_UNFINISHED = "run_unfinished"
    RUN_BUSY = "run_busy"
    RUN_OVER = "run_over"
    NOTHING_TO_PLAN = "nothing_to_plan"
    NOTHING_TO_EXPORT = "nothing_to_export"
    NO_OUTLINE_TO_EXPORT = "no_outline_to_export"
    NO_CODEX_TO_EXPORT = "no_codex_to_export"
    NO_COMMENTS_TO_EXPORT = "no_comments_to_export"
    NOTHING_ASKED = "nothing_asked"
    RULES_MISSING = "rules_missing"
    PROMPT_UNUSABLE = "prompt_unusable"
    CANNOT_MERGE = "cannot_merge"
    NOT_A_SEED = "not_a_seed"
    UNDONE_ALREADY = "undone_already"
    UNDO_LATER_FIRST = "undo_later_first"
    UNDO_IMPOSSIBLE = "undo_impossible"
    DISK_FULL = "disk_full"
    DISK_ERROR = "disk_error"
    DISK_UNSUITABLE = "disk_unsuitable"
    FILE_SIZE_LIMIT = "file_size_limit"
    DATABASE_LOCKED = "database_locked"
    DATABASE_UNREACHABLE = "database_unreachable"
    DATABASE_AWAY = "database_away"
    DATABASE_READ_ONLY = "database_read_only"
    PATH_TOO_LONG = "path_too_long"
    DATABASE_CORRUPT = "database_corrupt"
    DATABASE_EXCHANGED = "database_exchanged"
    DATABASE_TOO_NEW = "database_too_new"
    BACKUP_DAMAGED = "backup_damaged"
    FILE_UNREADABLE = "file_unreadable"
    FILE_UNWRITABLE = "file_unwritable"
    NOVEL_FILE_DAMAGED = "novel_file_damaged"
    NOVEL_FILE_TOO_NEW = "novel_file_too_new"
    INTERNAL = "internal"


RETRYABLE = frozenset(
    {
        ErrorKind.CONNECTION,
        ErrorKind.FIRST_TOKEN_TIMEOUT,
        ErrorKind.STALLED,
        ErrorKind.TOTAL_TIMEOUT,
        ErrorKind.RATE_LIMITED,
        ErrorKind.SERVER_ERROR,
        ErrorKind.INVALID_ANSWER,
        ErrorKind.EMPTY_ANSWER,
        ErrorKind.ANSWER_CUT,
        ErrorKind.NO_END,
        ErrorKind.UNKNOWN_END,
        ErrorKind.RUNAWAY,
        ErrorKind.LEASE_EXPIRED,
        ErrorKind.DATABASE_LOCKED,
        ErrorKind.DATABASE_UNREACHABLE,
        ErrorKind.DATABASE_READ_ONLY,
        ErrorKind.DISK_FULL,
        ErrorKind.DISK_ERROR,
        ErrorKind.DISK_UNSUITABLE,
        ErrorKind.FILE_SIZE_LIMIT,
    }
)
"""Kinds that the queue tries again by itself, after a pause."""

PROVIDER_DOWN = frozenset(
    {
        ErrorKind.UNAUTHORIZED,
        ErrorKind.IMPOSSIBLE_KEY,
        ErrorKind.WRONG_SCHEME,
        ErrorKind.QUOTA_EXHAUSTED,
        ErrorKind.SPEND_LIMIT,
        ErrorKind.MODEL_NOT_FOUND,
        ErrorKind.REGION,
        ErrorKind.GUARD_PAGE,
        ErrorKind.BROKEN_VARIABLE,
        ErrorKind.NOT_AN_API,
        ErrorKind.NOT_CONFIGURED,
        ErrorKind.TLS,
        ErrorKind.BUILT_IN_MODEL_MISSING,
        ErrorKind.KEYRING,
    }
)
"""Final kinds that every other task would meet too: the queue pauses, instead of failing all."""

PROVIDER_TROUBLE = frozenset(
    {
        ErrorKind.CONNECTION,
        ErrorKind.FIRST_TOKEN_TIMEOUT,
        ErrorKind.STALLED,
        ErrorKind.RATE_LIMITED,
        ErrorKind.SERVER_ERROR,
    }
)
"""Kinds that pass by themselves, and that other tasks are likely to meet as well meanwhile."""

NOT_WHOLE = frozenset(
    {
        ErrorKind.MODERATED,
        ErrorKind.MODEL_DECLINED,
        ErrorKind.ANSWER_CUT,
        ErrorKind.NO_END,
        ErrorKind.UNKNOWN_END,
        ErrorKind.RUNAWAY,
    }
)
"""Ends of an answer that is not whole: what became of a chapter is the author's to decide."""


class Cure(StrEnum):
    """A place where the author can do something about an error."""

    SETTINGS = "settings"
    """The settings of the models: address, model, patience."""
    KEY = "key"
    LIMIT = "limit"
    """The limit on spending that the author has set."""
    QUEUE = "queue"
    """The settings of the queue: how much runs at once, and for how long."""


CURES: Mapping[ErrorKind, Cure] = {
    ErrorKind.UNAUTHORIZED: Cure.KEY,
    ErrorKind.IMPOSSIBLE_KEY: Cure.KEY,
    ErrorKind.KEYRING: Cure.KEY,
    ErrorKind.SPEND_LIMIT: Cure.LIMIT,
    ErrorKind.TOTAL_TIMEOUT: Cure.QUEUE,
    ErrorKind.RATE_LIMITED: Cure.QUEUE,
} | dict.fromkeys(
    (
        ErrorKind.CONNECTION,
        ErrorKind.REQUEST_REFUSED,
        ErrorKind.QUOTA_EXHAUSTED,
        ErrorKind.MODEL_NOT_FOUND,
        ErrorKind.CONTEXT_TOO_LONG,
        ErrorKind.MODERATED,
        ErrorKind.MODEL_DECLINED,
        ErrorKind.REGION,
        ErrorKind.GUARD_PAGE,
        ErrorKind.WRONG_SCHEME,
        ErrorKind.NOT_AN_API,
        ErrorKind.NOT_CONFIGURED,
        ErrorKind.TLS,
        ErrorKind.BUILT_IN_MODEL_MISSING,
        ErrorKind.FIRST_TOKEN_TIMEOUT,
        ErrorKind.INVALID_ANSWER,
        ErrorKind.EMPTY_ANSWER,
        ErrorKind.RUNAWAY,
    ),
    Cure.SETTINGS,
)
"""Places within the app where an error can be mended; those missing here cannot be mended in it."""


class ArborisError(Exception):
    """The root of every error that the author may be told about; what is none is a defect of ours.

    ``message`` is a technical detail in English without secrets; the sentence that the author
    reads is chosen by ``kind``.
    """

    def __init__(self, kind: ErrorKind, message: str) -> None:
        super().__init__(message)
        self.kind = kind
        self.message = message

    @property
    def retryable(self) -> bool:
        """True if the same call may succeed later without the author's help."""
        return self.kind in RETRYABLE


class ProviderError(ArborisError):
    """A model provider did not do what it was asked.

    ``retry_after`` is the number of seconds that the provider asked to wait, if it did; ``spent``
    is what its answers took all the same, as far as the caller has to count it. ``answer`` is what
    the model had said, where that is of use to whoever wants to know what was wrong with it.
    """

    def __init__(self, kind: ErrorKind, message: str, *, retry_after: float | None = None) -> None:
        super().__init__(kind, message)
        self.retry_after = retry_after
        self.spent = Spent()
        self.answer = ""


class StorageError(ArborisError):
    """The database could not be read or written. What was stored before is untouched."""


class NotFoundError(ArborisError):
    """There is no project, chapter, task or notification of that number (any more)."""


class RuleError(ArborisError):
    """A refusal: what was asked for breaks a rule, such as retrying a task that is running.

    Nothing is wrong with the program; another window or command may just have been quicker.
    """
