"""How an answer ended, by the word that the provider used for it."""

from __future__ import annotations

import re

from arboris_desktop.domain.answers import AnswerEnd
from arboris_desktop.text.patterns import lazy_pattern

_WORDS: dict[AnswerEnd, str] = {
    AnswerEnd.WHOLE: (
        "stop stopped stop_sequence stop_token stop_str eos eos_token eos_found end eot end_token "
        "end_turn endturn end_of_turn end_of_text end_of_sequence endoftext complete completed "
        "completion finish finished done normal success succeeded"
    ),
    AnswerEnd.CUT: (
        "length max_length max_tokens max_token maxtokens max_output_tokens max_new_tokens "
        "max_completion_tokens max_tokens_reached token_limit tokens_limit token_limit_reached "
        "output_limit limit length_limit length_exceeded model_length context_length "
        "context_length_exceeded context_window context_window_exceeded max_context_length "
        "model_context_window_exceeded truncated incomplete pause_turn budget_exceeded"
    ),
    AnswerEnd.WITHHELD: (
        "content_filter contentfilter content_filtered filter filtered content_policy "
        "content_policy_violation policy_violation moderation moderated sensitive "
        "sensitive_content safety unsafe image_safety recitation blocklist blocked block "
        "prohibited_content prohibited spii risk high_risk censored censorship guardrail "
        "guardrails guardrail_intervened refusal refused rejected violation data_inspection "
        "data_inspection_failed security"
    ),
    AnswerEnd.FAILED: (
        "error errored fail failed failure internal_error server_error api_error upstream_error "
        "network_error connection_error insufficient_system_resource insufficient_system_resources "
        "insufficient_resources out_of_memory abort aborted cancel cancelled canceled "
        "interrupted interrupt timeout timed_out time_limit max_time overloaded "
        "engine_overloaded preempted unavailable exception crash crashed disconnected "
        "malformed_response"
    ),
}
_ENDS = {word: end for end, words in _WORDS.items() for word in words.split()}
_NOTHING = frozenset({"", "null", "none", "nil", "undefined"})
_PREFIX = lazy_pattern(r"^(finish|stop)_?reason[_.:]*(?=.)")


def end_of(word: object) -> AnswerEnd | None:
    """The end that a provider's word means; ``None`` when it is not an end, as an empty one."""
    if not isinstance(word, str):
        return None
    name = re.sub(r"[\s\-]+", "_", word.strip()).lower().strip("_.")
    if name in _NOTHING:
        return None
    name = _PREFIX.sub("", name)
    return _ENDS.get(name) or _ENDS.get(re.sub("_", "", name)) or AnswerEnd.UNKNOWN
