"""Which provider answers: by the settings, the keyring and the environment.

httpx, keyring and the native library are imported inside the functions that need them: this
module is imported when the window starts, and they would take most of the time that it has.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from arboris_desktop.domain.errors import ErrorKind, ProviderError
from arboris_desktop.domain.model_calls import CallPurpose
from arboris_desktop.domain.settings import PriceSettings, ProviderKind, ProviderSettings
from arboris_desktop.llm.builtin_files import find_bundled_model, model_name
from arboris_desktop.llm.keys import PROVIDER_PROFILE, KeyStore
from arboris_desktop.llm.provider import ChatRequest, Message, Provider, Role, complete

if TYPE_CHECKING:
    from arboris_desktop.llm.builtin_process import BuiltInServer
    from arboris_desktop.llm.endpoint import Timeouts
    from arboris_desktop.llm.metered import MeteredProvider, RecordCall

_NO_LISTING = frozenset(
    {ErrorKind.NOT_AN_API, ErrorKind.MODEL_NOT_FOUND, ErrorKind.REQUEST_REFUSED}
)


class ProviderSource:
    """Opens providers. May be used from several threads at once.

    ``settings`` is asked each time, so that a change counts from the next call on. The variables
    ARBORIS_BASE_URL, ARBORIS_API_KEY and ARBORIS_MODEL in ``environment`` override what is stored.
    ``log_file`` receives the messages of the built-in model; without it they are dropped.
    ``timeouts`` replaces how long a server over HTTP is waited for. ``record`` gets every call that
    has a purpose, priced by ``prices``.
    """

    def __init__(
        self,
        settings: Callable[[], ProviderSettings],
        keys: KeyStore,
        environment: Mapping[str, str],
        *,
        log_file: Path | None = None,
        timeouts: Timeouts | None = None,
        prices: Callable[[], PriceSettings] = PriceSettings,
        record: RecordCall | None = None,
    ) -> None:
        self._settings = settings
        self._keys = keys
        self._environment = environment
        self._log_file = log_file
        self._timeouts = timeouts
        self._prices = prices
        self._record = record
        self._lock = threading.Lock()
        self._server: BuiltInServer | None = None

    def open(
        self, purpose: CallPurpose | None = None, *, background: bool = False
    ) -> MeteredProvider:
        """A provider for one asyncio loop; the caller closes it.

        ``purpose`` is what it is asked for; without one, its calls are not recorded.
        ``background`` is for work that the author does not wait for: the built-in model, which
        cannot do everything at once, then lets a chapter go first.

        Nothing is sent yet, but the settings and the keyring are read: call it off the window's
        thread. Raises ``ProviderError`` (NOT_CONFIGURED, BUILT_IN_MODEL_MISSING, UNAUTHORIZED,
        NOT_AN_API) and ``ArborisError`` (KEYRING).
        """
        from arboris_desktop.llm.metered import MeteredProvider

        provider = self._open(self._effective(), background)
        return MeteredProvider(provider, self._prices(), purpose, self._record)

    def _open(self, settings: ProviderSettings, background: bool) -> Provider:
        if settings.kind is ProviderKind.BUILT_IN:
            return self._open_builtin(settings, background)
        self._retire_server()
        from arboris_desktop.llm.openai_compatible import OpenAICompatibleProvider

        return OpenAICompatibleProvider(
            settings.base_url,
            self._key(),
            settings.model,
            context_tokens=settings.context_tokens,
            timeouts=self._timeouts,
        )

    def describe(self) -> str:
        """The model and its place in a few words, such as ``deepseek-chat · api.deepseek.com``."""
        settings = self._effective()
        if settings.kind is ProviderKind.BUILT_IN:
            path = _model_path(settings)
            return f"Built-in model · {model_name(path)}" if path else "Built-in model"
        host = _host(settings.base_url)
        return f"{settings.model} · {host}" if settings.model else host

    def is_configured(self) -> bool:
        """Whether a provider was chosen, in the settings or by the environment."""
        return self._effective().configured

    def close(self) -> None:
        """Stops the built-in model at once, whoever still uses it."""
        with self._lock:
            server, self._server = self._server, None
        if server is not None:
            server.stop()

    def _effective(self) -> ProviderSettings:
        stored = self._settings()
        base_url = self._environment.get("ARBORIS_BASE_URL", "").strip()
        model = self._environment.get("ARBORIS_MODEL", "").strip()
        if base_url:
            # The stored model and context belong to another server.
            return ProviderSettings(
                ProviderKind.OPENAI_COMPATIBLE, base_url, model, configured=True
            )
        if model and stored.kind is ProviderKind.OPENAI_COMPATIBLE:
            return ProviderSettings(stored.kind, stored.base_url, model, configured=True)
        return stored

    def _key(self) -> str | None:
        if "ARBORIS_API_KEY" in self._environment:
            return self._environment["ARBORIS_API_KEY"]
        if self._environment.get("ARBORIS_BASE_URL", "").strip():
            # The stored key belongs to another server, which alone may see it.
            return None
        return self._keys.get(PROVIDER_PROFILE)

    def _open_builtin(self, settings: ProviderSettings, background: bool) -> Provider:
        path = _model_path(settings)
        if path is None:
            kind = (
                ErrorKind.BUILT_IN_MODEL_MISSING
                if settings.configured
                else ErrorKind.NOT_CONFIGURED
            )
            raise ProviderError(kind, "the built-in model is not installed")
        from arboris_desktop.llm.builtin import BuiltInProvider

        return BuiltInProvider(self._server_for(path), background=background)

    def _server_for(self, path: Path) -> BuiltInServer:
        from arboris_desktop.llm.builtin_process import BuiltInServer

        with self._lock:
            if self._server is None or self._server.model_path != path:
                if self._server is not None:
                    self._server.retire()
                self._server = BuiltInServer(path, log_file=self._log_file)
            return self._server

    def _retire_server(self) -> None:
        with self._lock:
            server, self._server = self._server, None
        if server is not None:
            server.retire()


async def test_connection(provider: Provider) -> list[str]:
    """Asks the provider for its models and, if one is chosen, for a word; returns the models.

    The word matters: some servers list their models to anybody, whatever the key. Raises
    ``ProviderError`` with the reason why it does not work.
    """
    try:
        models = await provider.list_models()
    except ProviderError as error:
        # Some servers can chat but not list.
        if error.kind not in _NO_LISTING or not provider.model:
            raise
        models = []
    if provider.model:
        question = Message(Role.USER, "Say: yes")
        await complete(provider, ChatRequest((question,), max_tokens=16))
    return models


# Its name is that of a use case; pytest must not collect it where it is imported.
test_connection.__test__ = False  # type: ignore[attr-defined]


def _model_path(settings: ProviderSettings) -> Path | None:
    if settings.model_path:
        path = Path(settings.model_path)
        return path if path.is_file() else None
    return find_bundled_model()


def _host(base_url: str) -> str:
    """The host of an address, without user name and password, which must not be shown."""
    from urllib.parse import urlsplit

    text = base_url.strip()
    try:
        return urlsplit(text if "://" in text else f"//{text}").hostname or text
    except ValueError:
        return text
