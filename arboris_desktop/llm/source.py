"""Which provider answers: the author's settings, or the environment that overrides them."""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping
from pathlib import Path
from urllib.parse import urlsplit

from arboris_desktop.domain.errors import ErrorKind, ProviderError
from arboris_desktop.domain.settings import ProviderKind, ProviderSettings
from arboris_desktop.llm.builtin import BuiltInServer, find_bundled_model, open_built_in
from arboris_desktop.llm.keys import KeyStore
from arboris_desktop.llm.provider import Provider


class ProviderSource:
    """Opens providers; may be called from any thread."""

    def __init__(
        self,
        settings: Callable[[], ProviderSettings],
        keys: KeyStore,
        environment: Mapping[str, str],
    ) -> None:
        self._settings = settings
        self._keys = keys
        self._environment = environment
        self._lock = threading.Lock()
        self._servers: dict[Path, BuiltInServer] = {}

    def settings(self) -> ProviderSettings:
        """The settings in force, with the environment's overrides."""
        if base_url := self._environment.get("ARBORIS_BASE_URL"):
            return ProviderSettings(
                kind=ProviderKind.OPENAI_COMPATIBLE,
                base_url=base_url,
                model=self._environment.get("ARBORIS_MODEL", ""),
                configured=True,
            )
        return self._settings()

    def open(self) -> Provider:
        """A provider for one asyncio loop; raises ``ProviderError``.

        Blocks for about two seconds when the built-in model has to be loaded first.
        """
        return self.open_with(self.settings(), self._environment.get("ARBORIS_API_KEY"))

    def open_with(self, settings: ProviderSettings, key: str | None = None) -> Provider:
        """A provider by the given settings; without a key, the stored one is used."""
        if settings.kind is ProviderKind.BUILT_IN:
            return self._open_built_in(settings)
        if not settings.base_url:
            raise ProviderError(ErrorKind.NOT_CONFIGURED, "no provider address is set")
        # Imported here: the HTTP client costs 0.2 s, which the first window should not pay.
        from arboris_desktop.llm.openai_compatible import OpenAICompatibleProvider

        return OpenAICompatibleProvider(
            settings.base_url,
            key or self._keys.get(settings.base_url),
            settings.model,
            context_tokens=settings.context_tokens,
        )

    def _open_built_in(self, settings: ProviderSettings) -> Provider:
        model = Path(settings.model_path) if settings.model_path else find_bundled_model()
        if model is None or not model.is_file():
            raise ProviderError(
                ErrorKind.BUILT_IN_MODEL_MISSING, f"no model file {settings.model_path}".strip()
            )
        with self._lock:
            server = self._servers.setdefault(model, BuiltInServer(model))
        return open_built_in(server, model)

    def describe(self) -> str:
        """The provider in a few words, for a status bar."""
        settings = self.settings()
        if settings.kind is ProviderKind.BUILT_IN:
            model = Path(settings.model_path) if settings.model_path else find_bundled_model()
            return model.stem if model else ""
        host = urlsplit(settings.base_url).netloc or settings.base_url
        return " · ".join(part for part in (settings.model, host) if part)

    def close(self) -> None:
        """Ends the built-in model's process."""
        with self._lock:
            servers, self._servers = list(self._servers.values()), {}
        for server in servers:
            server.stop()
