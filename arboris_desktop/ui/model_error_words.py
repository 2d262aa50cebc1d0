"""Error messages about models and their providers."""

from __future__ import annotations

from arboris_desktop.domain.errors import ErrorKind
from arboris_desktop.ui.i18n import QT_TRANSLATE_NOOP

_TEXT_SAFE = QT_TRANSLATE_NOOP(
    "ErrorWords", "Your chapters are safe, and so is all text that had already arrived."
)
_NOTHING_SENT = QT_TRANSLATE_NOOP(
    "ErrorWords", "Your chapters are safe. Nothing was sent and nothing was spent."
)
_TRIED_AGAIN = QT_TRANSLATE_NOOP(
    "ErrorWords", "Finished steps are kept, so that trying again repeats only what failed."
)
NOTHING_CHANGED = QT_TRANSLATE_NOOP("ErrorWords", "Everything that was saved before is untouched.")

MODEL_FAILURES: dict[ErrorKind, tuple[str, str, str]] = {
    ErrorKind.CONNECTION: (
        QT_TRANSLATE_NOOP("ErrorWords", "The model could not be reached."),
        _TEXT_SAFE,
        QT_TRANSLATE_NOOP(
            "ErrorWords",
            "Check the network connection, or that the model's server is running, then retry.",
        ),
    ),
    ErrorKind.TLS: (
        QT_TRANSLATE_NOOP("ErrorWords", "No secure connection to the provider could be made."),
        _NOTHING_SENT,
        QT_TRANSLATE_NOOP(
            "ErrorWords",
            "Check the address in Settings → Models and this computer's date. Where a firm or a "
            "virus scanner reads along (the details name who signs), its root certificate must be "
            "among those that this computer trusts.",
        ),
    ),
    ErrorKind.FIRST_TOKEN_TIMEOUT: (
        QT_TRANSLATE_NOOP("ErrorWords", "The model did not begin to answer in time."),
        _TEXT_SAFE,
        QT_TRANSLATE_NOOP(
            "ErrorWords", "The provider may be busy. Retry, or choose a faster model."
        ),
    ),
    ErrorKind.STALLED: (
        QT_TRANSLATE_NOOP("ErrorWords", "The model stopped in the middle of its answer."),
        _TEXT_SAFE,
        QT_TRANSLATE_NOOP("ErrorWords", "Retry. A chapter can be continued from where it stopped."),
    ),
    ErrorKind.TOTAL_TIMEOUT: (
        QT_TRANSLATE_NOOP("ErrorWords", "The work took longer than the time allowed for it."),
        _TRIED_AGAIN,
        QT_TRANSLATE_NOOP(
            "ErrorWords", "Retry, allow more time in Settings → Queue, or choose a faster model."
        ),
    ),
    ErrorKind.RATE_LIMITED: (
        QT_TRANSLATE_NOOP("ErrorWords", "The provider asked us to slow down."),
        _TEXT_SAFE,
        QT_TRANSLATE_NOOP(
            "ErrorWords", "Wait a little and retry, or run fewer tasks at once in Settings → Queue."
        ),
    ),
    ErrorKind.SERVER_ERROR: (
        QT_TRANSLATE_NOOP("ErrorWords", "The provider has a problem on its side."),
        _TEXT_SAFE,
        QT_TRANSLATE_NOOP(
            "ErrorWords", "Retry in a few minutes. The provider's status page may say more."
        ),
    ),
    ErrorKind.INVALID_ANSWER: (
        QT_TRANSLATE_NOOP("ErrorWords", "The model's answer was not in the form it was asked for."),
        _TRIED_AGAIN,
        QT_TRANSLATE_NOOP(
            "ErrorWords", "Retry. If it keeps happening, a larger model will do better."
        ),
    ),
    ErrorKind.EMPTY_ANSWER: (
        QT_TRANSLATE_NOOP("ErrorWords", "The model answered with nothing."),
        _TEXT_SAFE,
        QT_TRANSLATE_NOOP("ErrorWords", "Retry. If it happens again, choose another model."),
    ),
    ErrorKind.UNAUTHORIZED: (
        QT_TRANSLATE_NOOP("ErrorWords", "The provider refused the key."),
        _TEXT_SAFE,
        QT_TRANSLATE_NOOP("ErrorWords", "Check the key in Settings → Models."),
    ),
    ErrorKind.IMPOSSIBLE_KEY: (
        QT_TRANSLATE_NOOP("ErrorWords", "The key contains characters that no key can have."),
        _NOTHING_SENT,
        QT_TRANSLATE_NOOP(
            "ErrorWords",
            "Copy it again from the provider's page: keys are made of letters, digits and marks "
            "such as - and _ only.",
        ),
    ),
    ErrorKind.WRONG_SCHEME: (
        QT_TRANSLATE_NOOP(
            "ErrorWords", "The address begins with the wrong one of http:// and https://."
        ),
        _NOTHING_SENT,
        QT_TRANSLATE_NOOP(
            "ErrorWords", "Change the beginning of the address; the details say to which."
        ),
    ),
    ErrorKind.QUOTA_EXHAUSTED: (
        QT_TRANSLATE_NOOP("ErrorWords", "The account has no credit or quota left."),
        _TEXT_SAFE,
        QT_TRANSLATE_NOOP(
            "ErrorWords", "Top up the account, or choose another model in Settings → Models."
        ),
    ),
    ErrorKind.SPEND_LIMIT: (
        QT_TRANSLATE_NOOP("ErrorWords", "The limit that you set for spending is reached."),
        _TEXT_SAFE,
        QT_TRANSLATE_NOOP(
            "ErrorWords", "Raise the limit in Settings → Costs, or go on when its day is over."
        ),
    ),
    ErrorKind.MODEL_NOT_FOUND: (
        QT_TRANSLATE_NOOP("ErrorWords", "The provider does not have the chosen model."),
        _TEXT_SAFE,
        QT_TRANSLATE_NOOP("ErrorWords", "Choose one of its models in Settings → Models."),
    ),
    ErrorKind.CONTEXT_TOO_LONG: (
        QT_TRANSLATE_NOOP("ErrorWords", "The text is too long for this model, even in parts."),
        _TEXT_SAFE,
        QT_TRANSLATE_NOOP(
            "ErrorWords", "Choose a model that can read more at once in Settings → Models."
        ),
    ),
    ErrorKind.REQUEST_REFUSED: (
        QT_TRANSLATE_NOOP("ErrorWords", "The provider refused the request."),
        _TEXT_SAFE,
        QT_TRANSLATE_NOOP(
            "ErrorWords",
            "Its reason is in the details. Its rules may forbid the content; another model may "
            "accept it.",
        ),
    ),
    ErrorKind.MODERATED: (
        QT_TRANSLATE_NOOP("ErrorWords", "The provider's content filter intervened."),
        _TEXT_SAFE,
        QT_TRANSLATE_NOOP(
            "ErrorWords",
            "Only this request is affected. Word the passage differently, or choose another "
            "model in Settings → Models.",
        ),
    ),
    ErrorKind.MODEL_DECLINED: (
        QT_TRANSLATE_NOOP("ErrorWords", "The model declined to write this."),
        _TEXT_SAFE,
        QT_TRANSLATE_NOOP(
            "ErrorWords",
            "Its words are in the details. Word the plan differently, or choose another model in "
            "Settings → Models.",
        ),
    ),
    ErrorKind.ANSWER_CUT: (
        QT_TRANSLATE_NOOP("ErrorWords", "The model reached its limit before the end."),
        _TEXT_SAFE,
        QT_TRANSLATE_NOOP("ErrorWords", "Let it continue from there, or keep the text as it is."),
    ),
    ErrorKind.NO_END: (
        QT_TRANSLATE_NOOP("ErrorWords", "The chapter is long enough, but its model did not end."),
        _TEXT_SAFE,
        QT_TRANSLATE_NOOP(
            "ErrorWords",
            "Keep the text as it is and end it yourself, or let the model continue once more.",
        ),
    ),
    ErrorKind.UNKNOWN_END: (
        QT_TRANSLATE_NOOP("ErrorWords", "The answer ended in an unknown way."),
        _TEXT_SAFE,
        QT_TRANSLATE_NOOP(
            "ErrorWords",
            "Check whether the end is missing: then let the model continue, or keep the text "
            "as it is.",
        ),
    ),
    ErrorKind.RUNAWAY: (
        QT_TRANSLATE_NOOP("ErrorWords", "The model kept repeating itself and was stopped."),
        _TEXT_SAFE,
        QT_TRANSLATE_NOOP(
            "ErrorWords",
            "Delete what is repeated and continue, or retry. If it happens again, choose another "
            "model, or a higher temperature.",
        ),
    ),
    ErrorKind.REGION: (
        QT_TRANSLATE_NOOP("ErrorWords", "The provider does not serve your region."),
        _TEXT_SAFE,
        QT_TRANSLATE_NOOP(
            "ErrorWords",
            "Choose another provider in Settings → Models, or check whether a proxy leads "
            "through another country.",
        ),
    ),
    ErrorKind.GUARD_PAGE: (
        QT_TRANSLATE_NOOP(
            "ErrorWords", "A protection page in front of the provider asks for a human."
        ),
        _TEXT_SAFE,
        QT_TRANSLATE_NOOP(
            "ErrorWords",
            "Check the address in Settings → Models: it may be that of a web page. Otherwise "
            "try another network, or ask the provider.",
        ),
    ),
    ErrorKind.BROKEN_VARIABLE: (
        QT_TRANSLATE_NOOP(
            "ErrorWords", "This computer's settings for proxies or certificates cannot be used."
        ),
        _NOTHING_SENT,
        QT_TRANSLATE_NOOP(
            "ErrorWords",
            "The details name the variable; for the queue, those of the task that failed. Correct "
            "or remove it, then start Arboris again.",
        ),
    ),
    ErrorKind.NOT_AN_API: (
        QT_TRANSLATE_NOOP("ErrorWords", "There is no language model at that address."),
        NOTHING_CHANGED,
        QT_TRANSLATE_NOOP(
            "ErrorWords", "Check the address in Settings → Models; most of them end in /v1."
        ),
    ),
    ErrorKind.NOT_CONFIGURED: (
        QT_TRANSLATE_NOOP("ErrorWords", "No model has been chosen yet."),
        _NOTHING_SENT,
        QT_TRANSLATE_NOOP("ErrorWords", "Choose one in Settings → Models."),
    ),
    ErrorKind.BUILT_IN_MODEL_MISSING: (
        QT_TRANSLATE_NOOP("ErrorWords", "The model's file is missing or cannot be read."),
        NOTHING_CHANGED,
        QT_TRANSLATE_NOOP(
            "ErrorWords", "Choose a GGUF file or a provider in Settings → Models, or reinstall."
        ),
    ),
    ErrorKind.KEYRING: (
        QT_TRANSLATE_NOOP("ErrorWords", "The system's keyring, where keys are kept, is locked."),
        _NOTHING_SENT,
        QT_TRANSLATE_NOOP(
            "ErrorWords",
            "Unlock the keyring of this computer and try again, or enter the key again.",
        ),
    ),
    ErrorKind.LEASE_EXPIRED: (
        QT_TRANSLATE_NOOP("ErrorWords", "The analysis was interrupted, perhaps by a shutdown."),
        _TRIED_AGAIN,
        QT_TRANSLATE_NOOP("ErrorWords", "Retry; it continues with the step that was interrupted."),
    ),
}
"""The failure, what is safe, and what to do, by kind."""
