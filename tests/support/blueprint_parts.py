"""A model's answers to the questions about the parts of a blueprint, by prompt."""

from __future__ import annotations

BLUEPRINT_PARTS: dict[str, dict[str, object]] = {
    "blueprint_basics": {
        "title": "暗塔",
        "target_audience": "喜欢安静悬疑的读者",
        "genre": "文学悬疑",
        "style": "白描",
        "tone": "静、冷",
        "one_sentence_summary": "守塔人的女儿要找出是谁熄了父亲的灯。",
    },
    "blueprint_world": {
        "core_rules": ["天黑之后船不靠岸。", "灯绝不能熄。"],
        "key_locations": [{"name": "旧码头", "description": "柏油气味"}],
        "factions": [{"name": "引水帮", "description": "要灯一直暗着"}],
    },
    "blueprint_characters": {
        "characters": [
            {"name": "阿照", "identity": "守塔人的女儿"},
            {"name": "陶七", "identity": "引水员"},
        ]
    },
    "blueprint_relationships": {
        "relationships": [{"source": "阿照", "target": "陶七", "description": "不信他"}]
    },
}
