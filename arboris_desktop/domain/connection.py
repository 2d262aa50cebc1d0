"""The result of testing the connection to a model."""

from __future__ import annotations

from collections.abc import Iterable

from arboris_desktop.domain.errors import ProviderError
from arboris_desktop.domain.record import record


@record
class ConnectionReport:
    """The models that a server lists, and how the one that was asked did.

    ``model`` is empty when none was chosen. ``context_tokens`` and ``tokens_per_second`` are 0
    where they are not known, and so are ``slots`` and ``threads`` but for a model that is run here.
    """

    models: tuple[str, ...] = ()
    model: str = ""
    context_tokens: int = 0
    tokens_per_second: float = 0.0
    slots: int = 0
    threads: int = 0

    @property
    def is_listed(self) -> bool | None:
        """True if the server names the model; ``None`` when it lists none, or none is chosen."""
        if not self.models or not self.model:
            return None
        return listed_as(self.model, self.models) is not None


def listed_as(model: str, models: Iterable[str]) -> str | None:
    """The name by which a server lists a model, if it does.

    Ollama adds a tag to a name that has none, and Google lists its models in a folder.
    """
    spellings = {model, f"models/{model}", model.removeprefix("models/")}
    if ":" not in model.rpartition("/")[2]:
        spellings |= {f"{name}:latest" for name in spellings}
    return next((listed for listed in models if listed in spellings), None)


class ModelFailedError(ProviderError):
    """The server lists its ``models``, but the one that was asked did not answer."""

    def __init__(self, reason: ProviderError, models: tuple[str, ...]) -> None:
        super().__init__(reason.kind, reason.message, retry_after=reason.retry_after)
        self.models = models
