"""Text that says something else in each sentence: a model that repeats itself is stopped."""

from __future__ import annotations

from itertools import cycle, islice

_WHO = ("Mara", "Tobias", "The keeper", "Her brother", "The boy", "An old woman")
_DID = ("carried", "lost", "watched", "hid", "mended", "found", "sold")
_WHAT = ("lamp", "key", "net", "letter", "boat", "glass", "rope", "coin", "map")
_WHERE = ("harbour", "stair", "window", "well", "mill")
_THEN = ("said nothing", "thought of the storm", "went home", "counted the hours")


def sentences(count: int) -> list[str]:
    """So many sentences, no two of them the same."""
    words = zip(cycle(_WHO), cycle(_DID), cycle(_WHAT), cycle(_WHERE), cycle(_THEN), strict=False)
    return [
        f"{who} {did} the {what} by the {where}, and {then}."
        for who, did, what, where, then in islice(words, count)
    ]


def prose(words: int) -> str:
    """Sentences of so many words together, or a few more."""
    found: list[str] = []
    for sentence in sentences(words):
        found.append(sentence)
        if sum(len(each.split()) for each in found) >= words:
            break
    return " ".join(found)


_ZH_PLACES = (
    "沉钟桥那边",
    "旧码头上",
    "染坊后院",
    "河心的沙洲",
    "城隍庙前",
    "东市的巷口",
    "渡口边",
)
_ZH_THINGS = ("雾", "钟声", "灯影", "潮气", "烟", "雨丝", "风声", "橹声", "人语")
_ZH_MOVES = ("漫过来", "一点点退下去", "停在檐角", "贴着水面走", "散成几缕")
_ZH_NEXT = ("街上没有一声狗叫", "谁家的门轻轻合上", "打更的人换了方向", "石阶还是湿的")


def chinese_prose(count: int) -> str:
    """So many Chinese sentences, no two of them the same."""
    words = zip(
        cycle(_ZH_PLACES), cycle(_ZH_THINGS), cycle(_ZH_MOVES), cycle(_ZH_NEXT), strict=False
    )
    return "".join(
        f"{thing}从{place}{move}，{then}。" for place, thing, move, then in islice(words, count)
    )
