"""What trying out a model has shown."""

from __future__ import annotations

from dataclasses import dataclass

from arboris_desktop.domain.errors import ProviderError


@dataclass(frozen=True, slots=True)
class ConnectionReport:
    """The models that a server lists, and how the one that was asked did.

    ``model`` is empty when none was chosen. ``context_tokens`` and ``tokens_per_second`` are 0
    where they are not known.
    """

    models: tuple[str, ...] = ()
    model: str = ""
    context_tokens: int = 0
    tokens_per_second: float = 0.0


class ModelFailedError(ProviderError):
    """The server lists its ``models``, but the one that was asked did not answer."""

    def __init__(self, reason: ProviderError, models: tuple[str, ...]) -> None:
        super().__init__(reason.kind, reason.message, retry_after=reason.retry_after)
        self.models = models
