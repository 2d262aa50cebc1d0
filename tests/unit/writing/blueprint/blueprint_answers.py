"""A whole blueprint as a model gives it, part by part."""

from __future__ import annotations

from typing import Any

from tests.support.scripted_provider import Behaviour, json_answer, schema_name, text

STORY = "Mara comes home and finds the lamp dark.\n\nShe lights it, and learns who put it out."
PARTS: dict[str, dict[str, object]] = {
    "blueprint_basics": {
        "title": "The Dark Lamp",
        "target_audience": "readers of quiet mysteries",
        "genre": "mystery",
        "style": "third person, past tense, plain",
        "tone": "still, cold",
        "one_sentence_summary": "A daughter looks for the one who put out her father's lamp.",
    },
    "blueprint_world": {
        "core_rules": ["No boat lands after dark.", "The lamp must never go out."],
        "key_locations": [{"name": "The Quay", "description": "smells of tar"}],
        "factions": [{"name": "The Pilots", "description": "want the lamp dark"}],
    },
    "blueprint_characters": {
        "characters": [
            {
                "name": "Mara",
                "identity": "the keeper's daughter",
                "personality": "stubborn",
                "goals": "the truth",
                "abilities": "reads the sea",
                "relation": "",
            },
            {
                "name": "To",
                "identity": "a pilot",
                "personality": "kind, cowardly",
                "goals": "peace",
                "abilities": "knows every rock",
                "relation": "her first love",
            },
        ]
    },
    "blueprint_relationships": {
        "relationships": [{"source": "Mara", "target": "To", "description": "does not trust him"}]
    },
}


def whole_blueprint(request: dict[str, Any]) -> Behaviour:
    """Answers as a good model would."""
    name = schema_name(request)
    return text(STORY) if name is None else json_answer(PARTS[name])
