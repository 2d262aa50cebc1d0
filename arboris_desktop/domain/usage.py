"""Tokens spent by model calls."""

from __future__ import annotations

from arboris_desktop.domain.record import record


@record
class TokenUsage:
    """Tokens read and written by a model. ``estimated`` when the provider did not count them.

    ``cached_tokens`` are those of the prompt that the provider still had from a call before.
    """

    prompt_tokens: int = 0
    completion_tokens: int = 0
    estimated: bool = False
    cached_tokens: int = 0

    def __add__(self, other: TokenUsage) -> TokenUsage:
        return TokenUsage(
            self.prompt_tokens + other.prompt_tokens,
            self.completion_tokens + other.completion_tokens,
            self.estimated or other.estimated,
            self.cached_tokens + other.cached_tokens,
        )

    @property
    def total_tokens(self) -> int:
        """Both directions together."""
        return self.prompt_tokens + self.completion_tokens

    def to_json(self) -> dict[str, int | bool]:
        """The stored form, with the field names of the OpenAI API."""
        return {
            "prompt_tokens": self.prompt_tokens,
            "completion_tokens": self.completion_tokens,
            "total_tokens": self.total_tokens,
            "estimated": self.estimated,
            "cached_tokens": self.cached_tokens,
        }

    @classmethod
    def from_json(cls, data: dict[str, object] | None) -> TokenUsage:
        """Reads what ``to_json`` wrote; missing figures count as zero."""
        data = data or {}
        return cls(
            int(str(data.get("prompt_tokens", 0))),
            int(str(data.get("completion_tokens", 0))),
            bool(data.get("estimated", False)),
            int(str(data.get("cached_tokens", 0))),
        )
