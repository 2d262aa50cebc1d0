"""Instructions for a passage, by kind of revision; they stand in the prompt ``revise_passage``."""

from __future__ import annotations

from arboris_desktop.domain.novel import Language
from arboris_desktop.domain.revision import RevisionKind

REVISION_TASKS = {
    Language.ENGLISH: {
        RevisionKind.REWRITE: "Rewrite the passage: the same events, said better.",
        RevisionKind.EXPAND: (
            "Write the passage out to about twice its length, with concrete detail and action; "
            "add no new events."
        ),
        RevisionKind.CONDENSE: (
            "Condense the passage to about half its length; keep every event and what matters."
        ),
        RevisionKind.DIALOGUE: (
            "Improve the dialogue: each voice its own, more said between the lines, fewer tags. "
            "Leave the narration as it is."
        ),
        RevisionKind.SETTING: (
            "Let the place be seen, heard and smelt: light, weather, things at hand. Keep the pace."
        ),
        RevisionKind.INNER_LIFE: (
            "Bring out what the viewpoint character feels and wants, through body, thought and "
            "choice rather than by naming feelings."
        ),
        RevisionKind.RHYTHM: (
            "Improve the rhythm: vary the length of sentences, cut fillers and repetitions, end "
            "strong."
        ),
    },
    Language.CHINESE: {
        RevisionKind.REWRITE: "重写这一段：事件不变，写得更好。",
        RevisionKind.EXPAND: (
            "把这一段扩写到大约两倍的篇幅，用具体的细节和动作来写，不要增加新的事件。"
        ),
        RevisionKind.CONDENSE: "把这一段压缩到大约一半的篇幅，保留所有事件和要紧之处。",
        RevisionKind.DIALOGUE: (
            "改进对白：各人有各人的口吻，话里有话，少用“某某说”。叙述部分保持不变。"
        ),
        RevisionKind.SETTING: (
            "写出现场感：光线、天气、手边的物件，可见、可闻、可触。节奏不要拖慢。"
        ),
        RevisionKind.INNER_LIFE: (
            "写出视角人物的感受和欲望，通过身体、念头和选择来表现，而不是直接说出情绪。"
        ),
        RevisionKind.RHYTHM: "改进节奏：句子长短相间，删去赘语和重复，收尾有力。",
    },
}
