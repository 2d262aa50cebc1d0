"""A chapter for the studio's tests, and what a perfect model finds in it."""

from __future__ import annotations

from tests.support.prose import chinese_prose
from tests.support.scripted_provider import ChapterFacts

BEGINNING = "陶七推开门，雾里站着一个叫阿照的姑娘。她手里提着一盏没有点亮的纸灯。"
CHAPTER = BEGINNING + "\n\n" + chinese_prose(55)
FACTS = ChapterFacts(
    CHAPTER,
    summary="陶七在门外遇见阿照。",
    answers={
        "new_characters": {
            "characters": [
                {
                    "quotation": "雾里站着一个叫阿照的姑娘",
                    "name": "阿照",
                    "aliases": [],
                    "role": "supporting",
                    "description": "提着纸灯的姑娘。",
                    "confidence": 0.95,
                }
            ]
        }
    },
)
