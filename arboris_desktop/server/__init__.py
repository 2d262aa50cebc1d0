"""The HTTP interface for other programs: REST, WebSocket and metrics, without a window.

Needs the packages of the extra ``server``, which neither the window nor the installers have.
"""
