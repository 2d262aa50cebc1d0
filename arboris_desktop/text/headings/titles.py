"""The title in a heading: without what parts it from the number, and without rubbish of sites."""

from __future__ import annotations

import re
from functools import lru_cache

from arboris_desktop.text.headings.heading import LIKELY, UNLIKELY
from arboris_desktop.text.patterns import lazy_pattern

_LONG_TITLE = 40
"""In columns of Chinese; a longer one may be a sentence."""

_SEPARATORS = lazy_pattern(r"^(?:[\s:：、·_|｜/]|[.．](?![.．])|[-–—]+\s)+")
_SENTENCE = lazy_pattern(r"。|[；;]$")
_GOES_ON = lazy_pattern(r"[，,、：:]$")

_WISH = (
    r"求\S{0,8}?(?:票|收藏|订|訂|赏|賞|支持|推荐|推薦|关注|追读)|月票|推荐票|推薦票|第?[一二三四五六七八九十两\d]+更"
    r"|加更|补更|補更|首订|盟主|更新|[二三四两]合一|[千万萬\d]字|大章|免费|免費|VIP|vip|入[vV]|捉虫|捉蟲"
    r"|本章未完|第\d+(?:/\d+)?页"
)
_REVISED = r"(?:已|大|小|精|重)?修(?:改|文|订|訂)?(?:版|过|完)?|改错字?|补(?:昨|前|上|更).{0,4}"
_IN_BRACKETS = lazy_pattern(
    rf"\s*[(（\[【〔{{]\s*(?:(?:{_REVISED})\s*|[^()（）\[\]【】〔〕{{}}]*(?:{_WISH})[^()（）\[\]【】〔〕{{}}]*)[)）\]】〕}}]"
)
_PLEA = lazy_pattern(
    r"(?<=\S)[\s,，!！★☆~～|]+(?:跪|继续|新书)?(?:求(?:个|下|各种)?(?:月票|推荐票?|推薦票?|票票?|收藏|订阅|訂閱|首订|打赏|打賞"
    r"|支持|追读|关注|鲜花)|点击收藏|收藏推荐)+[\s!！★☆~～]*$"
)
"""A plea behind the title, which ends with it."""
_META = lazy_pattern(
    r"[\s,，|/-]*(?:(?:(?:最新|最后|最後)?更新(?:时间|時間|于)|发布(?:时间|時間)|發佈時間)\s*[:：]?"
    r"|(?:本章|章节|全文)?字[数數]\s*[:：])"
    r"\s*[\d０-９][\d\s:：/.\-年月日时分秒]*(?:字(?![数數]))?"
    r"|\s+\d{4}[-/.]\d{1,2}[-/.]\d{1,2}(?:\s+\d{1,2}:\d\d(?::\d\d)?)?$|\s+\d{3,5}字$|\s+作者\s*[:：]\s*\S+$"
)
_EMPTY_BRACKETS = lazy_pattern(r"\s*(?:\(\s*\)|（\s*）|\[\s*\]|【\s*】)")
_ADDRESS = lazy_pattern(
    r"\s*[-_—|(（【\[]*\s*(?:https?://)?(?:www\.|[wWmM][wW]*\s*\.)?[A-Za-z0-9-]+\s*[.．。]\s*"
    r"(?:com|net|org|cc|cn|la|info|me|top|xyz)\b[^\s】）)\]]*[】）)\]]*"
)
_SITE = lazy_pattern(
    r"\s*[-_—|]+\s*(?:起点|起點|晋江|晉江|番茄|纵横|縱橫|笔趣阁|筆趣閣|飞卢|飛盧|七猫|刺猬猫)[\w]{0,8}$"
    r"|\s*(?:手机用户请|最新章节|無彈窗|无弹窗|全文阅读|全文閱讀|免费阅读|(?:文字|正版)?首发|手打|文字版)\S*$"
)
_ENDS = lazy_pattern(
    r"[（(【\[]?\s*(?:本章)?(?:完|终|終|结束|結束|完结|完結|未完|待续|待續|end|ends)\s*[)）】\]。.!！]*",
    re.I,
)


def tidy_title(title: str) -> str:
    """A title in one line, with single spaces and without what parts it from the number."""
    return _SEPARATORS.sub("", " ".join(title.split())).strip()


def clean_title(title: str) -> str:
    """A tidy title without what sites put there: dates, counts, addresses, pleas for votes."""
    return _clean_title(title) if title else ""


@lru_cache(maxsize=4096)
def _clean_title(title: str) -> str:
    plain = tidy_title(title)
    for rubbish in (_META, _IN_BRACKETS, _EMPTY_BRACKETS, _ADDRESS, _SITE, _PLEA):
        plain = rubbish.sub("", plain)
    return tidy_title(plain)


def ends_a_chapter(title: str) -> bool:
    """True if what follows the number says that the chapter ends here."""
    return _ENDS.fullmatch(title) is not None


def doubt_of_title(title: str, *, is_apart: bool = False) -> int:
    """The doubt about a title, the more it reads like a sentence. ``is_apart``: a blank parts it
    from its number, as prose does not."""
    doubt = 0
    if _GOES_ON.search(title):
        doubt += LIKELY if is_apart else UNLIKELY
    elif _SENTENCE.search(title):
        doubt += LIKELY
    width = len(title) if title.isascii() else 2 * len(title)
    if width > 2 * _LONG_TITLE:
        doubt += LIKELY
    return doubt


def reads_on(title: str) -> bool:
    """True if a title begins with a small letter, as the middle of a sentence does."""
    return title[:1].islower() and title[:1].isascii()
