"""The limits of a novel file, so that a forged one cannot fill memory or disk.

All of them are far beyond any novel; exports keep to them too, so that they can be imported.
"""

from __future__ import annotations

MEGABYTE = 1024 * 1024

FILE_BYTES = 512 * MEGABYTE
"""Size of the file itself."""

TOTAL_BYTES = 512 * MEGABYTE
"""All members together, unpacked."""

LINE_BYTES = 128 * MEGABYTE
"""One row. A chapter may be a whole book without headings."""

MANIFEST_BYTES = MEGABYTE

MEMBERS = 500
ROWS = 2_000_000
"""All rows together."""

RATIO = 200
RATIO_FROM_BYTES = 32 * MEGABYTE
"""The largest compression ratio of members beyond that size. Prose has about 3."""

DEPTH = 50
"""Nesting of lists and objects."""

PARTS = 1_000_000
"""Values in one row: the smallest take two bytes in the file, but up to 60 in memory."""

INTEGER_DIGITS = 19
