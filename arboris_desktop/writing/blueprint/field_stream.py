"""Asking a model for a field of the blueprint in plain words."""

from __future__ import annotations

from contextlib import aclosing

from arboris_desktop.domain.blueprint import BlueprintField
from arboris_desktop.domain.model_calls import CallPurpose
from arboris_desktop.text.prose import whole_sentences
from arboris_desktop.writing.asking import BuildRequest, ModelCalls
from arboris_desktop.writing.blueprint.reading import Progress
from arboris_desktop.writing.call_events import Bill, CallEnded, CallText, TellEvent


class FieldStream:
    """Streams the text of one field. What has arrived stays here if the call is stopped."""

    def __init__(
        self, field: BlueprintField, tell: TellEvent, progress: Progress, bill: Bill
    ) -> None:
        self.text = ""
        self._field = field
        self._tell = tell
        self._progress = progress
        self._bill = bill
        self._is_cut = False

    async def read(self, calls: ModelCalls, purpose: CallPurpose, build: BuildRequest) -> None:
        """Reads the answer to its end. Raises ``ProviderError``."""
        async with aclosing(calls.stream(purpose, build)) as stream:
            async for event in stream:
                if isinstance(event, CallEnded):
                    self._is_cut = not event.is_whole
                    self._bill.add(event)
                    continue
                self._tell(event)
                if isinstance(event, CallText):
                    self.text = event.after(self.text)
                    self._progress(self._field, self.text)

    def sentences(self) -> str:
        """Returns the answer; one that was cut off ends with its last complete sentence."""
        return whole_sentences(self.text) if self._is_cut else self.text
