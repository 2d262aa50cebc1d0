"""Versions as semver.org writes them, in their order."""

from __future__ import annotations

from functools import total_ordering

from arboris_desktop.domain.record import record
from arboris_desktop.text.patterns import lazy_pattern

_LONGEST = 64
_NUMBER = r"(?:0|[1-9][0-9]*)"
_WORD = rf"(?:{_NUMBER}|[0-9]*[A-Za-z-][0-9A-Za-z-]*)"
_VERSION = lazy_pattern(
    rf"({_NUMBER})\.({_NUMBER})\.({_NUMBER})(?:-({_WORD}(?:\.{_WORD})*))?(?:\+[0-9A-Za-z.-]+)?"
)


@total_ordering
@record
class Version:
    """A version. Of two, a prerelease comes before its release; build metadata says nothing."""

    numbers: tuple[int, int, int]
    prerelease: tuple[str, ...] = ()

    @classmethod
    def parse(cls, text: str) -> Version:
        """The version that the text writes; raises ``ValueError`` for anything else."""
        found = _VERSION.fullmatch(text) if len(text) <= _LONGEST else None
        if found is None:
            raise ValueError("this is not a version")
        major, minor, patch, prerelease = found.groups()
        words = tuple(prerelease.split(".")) if prerelease else ()
        return cls((int(major), int(minor), int(patch)), words)

    def __str__(self) -> str:
        release = ".".join(str(number) for number in self.numbers)
        return f"{release}-{'.'.join(self.prerelease)}" if self.prerelease else release

    def __lt__(self, other: Version) -> bool:
        return self._key() < other._key()

    def _key(self) -> tuple[tuple[int, int, int], bool, tuple[tuple[bool, int, str], ...]]:
        words = tuple(
            (False, int(word), "") if word.isdigit() else (True, 0, word)
            for word in self.prerelease
        )
        return self.numbers, not self.prerelease, words
