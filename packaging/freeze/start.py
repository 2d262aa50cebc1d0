"""The start of the frozen application: the same as `arboris-desktop`."""

from __future__ import annotations

import sys

from arboris_desktop.cli import main

sys.exit(main())
