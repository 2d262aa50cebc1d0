"""The wording of the context, in the language of the novel."""

from __future__ import annotations

from arboris_desktop.domain.context import ItemKind
from arboris_desktop.domain.novel import Language

HEADINGS = {
    Language.ENGLISH: {
        ItemKind.BLUEPRINT: "About the novel",
        ItemKind.GUIDE: "How it is told",
        ItemKind.BOOK_SUMMARY: "The story so far",
        ItemKind.VOLUME_SUMMARY: "This part of the story so far",
        ItemKind.CHAPTER_SUMMARY: "What happened in the last chapters",
        ItemKind.CODEX: "Characters, places and things",
        ItemKind.SEED: "Seeds planted and still open",
        ItemKind.PASSAGE: "Earlier passages that may matter",
        ItemKind.NEXT_PLAN: "What is planned for later (do not tell it yet)",
        ItemKind.PREVIOUS_END: "The end of the previous chapter",
    },
    Language.CHINESE: {
        ItemKind.BLUEPRINT: "作品设定",
        ItemKind.GUIDE: "写法要求",
        ItemKind.BOOK_SUMMARY: "全书前情",
        ItemKind.VOLUME_SUMMARY: "本卷前情",
        ItemKind.CHAPTER_SUMMARY: "最近几章",
        ItemKind.CODEX: "人物、地点与事物",
        ItemKind.SEED: "尚未揭开的伏笔",
        ItemKind.PASSAGE: "可能相关的前文",
        ItemKind.NEXT_PLAN: "后续各章的细纲（本章不要写到）",
        ItemKind.PREVIOUS_END: "上一章的结尾",
    },
}
OVERDUE = {
    Language.ENGLISH: " (overdue: bring it up or pay it off)",
    Language.CHINESE: "（逾期未回收：宜在本章推进或回收）",
}
DUE_BY = {
    Language.ENGLISH: " (to be paid off by chapter {number})",
    Language.CHINESE: "（应在第 {number} 章前回收）",
}
PLANNED = {Language.ENGLISH: "planned: {outline}", Language.CHINESE: "细纲：{outline}"}
RANGE = {
    Language.ENGLISH: "Chapters {first} to {last}: {text}",
    Language.CHINESE: "第 {first} 至 {last} 章：{text}",
}
FROM_CHAPTER = {
    Language.ENGLISH: "[Chapter {number}] {text}",
    Language.CHINESE: "［第 {number} 章］{text}",
}
FROM_NAMED = {Language.ENGLISH: "[{name}] {text}", Language.CHINESE: "［{name}］{text}"}
BLUEPRINT = {
    Language.ENGLISH: {
        "genre": "Genre: {text}",
        "tone": "Tone: {text}",
        "audience": "Readers: {text}",
        "gist": "In one sentence: {text}",
        "core_rules": "Rules of the world: {text}",
    },
    Language.CHINESE: {
        "genre": "类型：{text}",
        "tone": "基调：{text}",
        "audience": "读者：{text}",
        "gist": "一句话概括：{text}",
        "core_rules": "世界规则：{text}",
    },
}
GUIDE = {
    Language.ENGLISH: {
        "persona": "Voice: {text}",
        "constitution": "What must always hold:\n{text}",
        "sample": "The manner to write in:\n{text}",
    },
    Language.CHINESE: {
        "persona": "叙述口吻：{text}",
        "constitution": "必须始终遵守的写作规则：\n{text}",
        "sample": "文风样本：\n{text}",
    },
}
SEPARATORS = {Language.ENGLISH: ("; ", ": "), Language.CHINESE: ("；", "：")}
"""Between statements, and after a name."""
