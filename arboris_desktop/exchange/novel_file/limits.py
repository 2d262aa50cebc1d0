"""The most that a novel file may hold, so that a forged one cannot fill memory or disk.

All of them are far beyond any novel; the writing keeps to them too, so that what was exported can
be imported.
"""

from __future__ import annotations

MEGABYTE = 1024 * 1024

FILE_BYTES = 512 * MEGABYTE
"""Size of the file itself."""

TOTAL_BYTES = 512 * MEGABYTE
"""All members together, unpacked."""

LINE_BYTES = 128 * MEGABYTE
"""One row. A chapter may be a whole book that has no headings."""

MANIFEST_BYTES = MEGABYTE

MEMBERS = 500
ROWS = 2_000_000
"""All rows together."""

RATIO = 200
RATIO_FROM_BYTES = 32 * MEGABYTE
"""Beyond that size, members may be so many times larger unpacked than packed. Prose is about 3."""

DEPTH = 50
"""Lists and objects within one another."""

PARTS = 1_000_000
"""Values in one row: the smallest take two bytes in the file, but up to 60 in memory."""

INTEGER_DIGITS = 19
