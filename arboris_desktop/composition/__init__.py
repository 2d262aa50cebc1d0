"""The composition root of the window: builds every part once, and wires the signals."""

from arboris_desktop.composition.builder import build_studio

__all__ = ["build_studio"]
