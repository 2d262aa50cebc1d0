"""Knowledge of the providers: learnt from tasks here, and shared with other processes."""

from __future__ import annotations

import logging
from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject, Signal

from arboris_desktop.background.pool import Pool
from arboris_desktop.background.queue_work import Wishes
from arboris_desktop.domain.tasks import OpenCircuit
from arboris_desktop.tasks.breaker import Circuit, CircuitBreaker, CircuitState, SharedCircuits
from arboris_desktop.tasks.outcome import OutcomeKind, TaskOutcome

log = logging.getLogger(__name__)


class ProviderWatch(QObject):
    """Keeps the breaker of this process in step with what all processes know."""

    changed = Signal(object)
    """A ``Circuit``: the provider is out of order, is being probed, or works again."""

    def __init__(
        self,
        breaker: CircuitBreaker,
        circuits: SharedCircuits,
        wishes: Wishes,
        forget_faults: Callable[[], None],
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._breaker = breaker
        self._circuits = circuits
        self._wishes = wishes
        self._forget_faults = forget_faults
        # One thread: what is told last must be what others know.
        self._teller = Pool(1, self)

    def try_now(self) -> None:
        """Lets a provider that is out of order be asked at once."""
        self._breaker.probe_now()
        self._share_afresh(self._circuits.probe_now)

    def start_afresh(self) -> None:
        """Forgets what was learnt: the provider is another one."""
        self._breaker.reset()
        self.changed.emit(self._breaker.circuit)
        self._share_afresh(self._circuits.close)

    def probe_started(self) -> None:
        """The one task was claimed that is to find out whether the provider works again."""
        self._breaker.probe_started()
        self.changed.emit(self._breaker.circuit)

    def follow(self, circuit: OpenCircuit | None) -> None:
        """Takes over what another process has found."""
        if self._breaker.follow(circuit):
            self.changed.emit(self._breaker.circuit)

    def learn(self, outcome: TaskOutcome) -> None:
        """Tells the breaker, from the end of a task, how the provider did."""
        before = self._breaker.circuit.state
        if outcome.kind is OutcomeKind.COMPLETED:
            self._breaker.succeeded(*outcome.answered)
        elif outcome.kind in (OutcomeKind.FAILED, OutcomeKind.POSTPONED) and outcome.error:
            self._breaker.failed(
                outcome.provider, outcome.error, outcome.retry_after, answered=outcome.answered
            )
        else:
            self._breaker.not_probed()
        circuit = self._breaker.circuit
        if circuit.state is not before:
            log.warning("the provider's circuit is %s (%s)", circuit.state, circuit.reason)
            self.changed.emit(circuit)
            self._tell_others(circuit)

    def wait(self, milliseconds: int) -> bool:
        """Blocks until others were told; false when that took too long."""
        return self._teller.wait(milliseconds)

    def _tell_others(self, circuit: Circuit) -> None:
        if circuit.state is CircuitState.CLOSED:
            self._share(self._circuits.close)
        elif circuit.state is CircuitState.OPEN and circuit.reason is not None:
            found = (self._breaker.provider, circuit.reason, self._breaker.wait)
            self._share(partial(self._circuits.open, *found, circuit.seconds_to_probe))

    def _share_afresh(self, tell: Callable[[], None]) -> None:
        """As ``_share``; before that, every provider is taken for sound."""

        def forget_and_tell() -> None:
            self._forget_faults()
            tell()

        self._share(forget_and_tell)

    def _share(self, tell: Callable[[], None]) -> None:
        """Tells other processes of the provider; what is claimed meanwhile would go by what they
        knew before."""
        self._wishes.keep(self._teller, tell)
