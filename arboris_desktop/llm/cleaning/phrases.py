"""Phrases by which a model addresses the user, before or after the text."""

from __future__ import annotations

import re

from arboris_desktop.text.patterns import lazy_pattern

_NOUN = (
    r"chapters?|continuation|story|stories|scene|draft|passage|text|novel|section|part|version|"
    r"opening|beginning|rewrite|revision|summary|narrative|prose|piece|instal+ment|excerpt"
)
_ASSENT = (
    r"sure(?: thing)?|certainly|of course|absolutely|definitely|okay|ok|got it|understood|great|"
    r"alright|all right|no problem|happy to(?: help)?|gladly|with pleasure|as (?:you )?requested|"
    r"as per your (?:request|instructions)"
)
_HERE = (
    r"here(?:'|’)?s|here is|here are|here comes|here it is|here you (?:go|are)|here we go|below is|below you(?:'|’)ll find|"
    r"the following is|this is|i(?:'|’)ve written|i have written|i(?:'|’)ll (?:write|continue|now)|"
    r"i will (?:write|continue|now)|let me (?:write|continue)|let(?:'|’)s (?:continue|begin)|"
    r"i(?:'|’)d be happy|i would be happy|i(?:'|’)m happy|i can (?:write|help)"
)
_ENGLISH_PREFACES = (
    # "Sure! Here is chapter 1", with or without punctuation at its end.
    rf"(?:{_ASSENT})\b[\s,.!:;–—-]*(?:[^\n]{{0,60}}?[.!]\s*)?(?:{_HERE})\b"
    rf"(?:[^\n]{{0,160}}\b(?:{_NOUN})\b[^\n]{{0,100}}|[^\n]{{0,160}}[:：!])",
    # "Certainly! Chapter 1:"
    rf"(?:{_ASSENT})\b[^\n]{{0,160}}\b(?:{_NOUN})\b[^\n]{{0,80}}[:：]",
    # "Here is the continuation of the chapter:"
    rf"(?:{_HERE})\b[^\n:：]{{0,160}}\b(?:{_NOUN})\b[^\n:：]{{0,120}}[:：]",
)
_ENGLISH_ALONE = (
    # These are a preface only if a line break or a heading sets them apart from the text.
    rf"(?:{_HERE})\b[^\n]{{0,120}}\b(?:{_NOUN})\b[^\n]{{0,120}}[.!]?",
    rf"(?:{_ASSENT})[.!]",
)
_LABELS = (
    r"\[?(?:chapter|story|text) (?:begins|starts|text)[\]:：]*",
    r"(?:response|output|continuation|answer|result)\s*[:：]",
    r"[【\[](?:正文|续写|章节正文|小说正文)[】\]]",
    r"(?:正文|续写|章节正文|小说正文|续写内容|输出|回答)\s*[:：]",
)
"""Announcements of the text on a line of their own; as the very first line they do not belong to
it."""

_CHINESE_NOUN = (
    "正文|续写|续文|章|内容|故事|小说|文稿|稿|段落|版本|开头|场景|片段|创作|摘要|总结|改写|修改"
)
_CHINESE_ASSENT = (
    "好的|好|当然可以|当然|没问题|可以|明白了|明白|收到|了解|遵命|非常乐意|很乐意|很高兴"
)
_CHINESE_HERE = "以下是|以下为|下面是|下面为|这是|这里是|如下|我将|我会|我来|让我|为您|为你|根据您|根据你|按照您|按照你|按您|按你|接下来"
_CHINESE_PREFACES = (
    rf"(?:{_CHINESE_ASSENT})[，,。.！!~～、：:的呀啊 ]*(?:[^\n。]{{0,30}}?)(?:{_CHINESE_HERE})[^\n]{{0,120}}",
    rf"(?:{_CHINESE_ASSENT})[，,。！!：: ][^\n]{{0,60}}(?:{_CHINESE_NOUN})[^\n]{{0,40}}[：:]",
    rf"(?:以下|下面|这里|这)(?:是|为)[^\n：:]{{0,60}}(?:{_CHINESE_NOUN})[^\n：:]{{0,40}}[：:]",
    rf"(?:根据|按照)(?:您|你)?[^\n：:]{{0,60}}(?:{_CHINESE_NOUN})[^\n：:]{{0,40}}[：:]",
)
_CHINESE_ALONE = (
    rf"(?:以下|下面|这里|这)(?:是|为)[^\n]{{0,60}}(?:{_CHINESE_NOUN})[^\n]{{0,40}}[。！!]?",
    rf"(?:{_CHINESE_ASSENT})[。！!]",
)

_MARKS = r"[*_#>\s]*"


def _whole(patterns: tuple[str, ...]) -> re.Pattern[str]:
    return lazy_pattern(rf"{_MARKS}(?:{'|'.join(patterns)}){_MARKS}", re.IGNORECASE)


PREFACE = _whole(_ENGLISH_PREFACES + _CHINESE_PREFACES + _LABELS)
"""A first line that does not belong to the text, whatever follows."""

PREFACE_SET_APART = _whole(_ENGLISH_ALONE + _CHINESE_ALONE)
"""A first line that does not belong to the text if a rule, a heading or a fence follows."""

PREFACE_BEGINNINGS = (
    "sure",
    "certainly",
    "of course",
    "absolutely",
    "definitely",
    "okay",
    "ok",
    "got it",
    "understood",
    "great",
    "alright",
    "all right",
    "no problem",
    "happy to",
    "gladly",
    "with pleasure",
    "as requested",
    "as you requested",
    "as per your",
    "here is",
    "here's",
    "here’s",
    "here are",
    "here it",
    "here you",
    "here we",
    "here comes",
    "below is",
    "below you",
    "the following",
    "this is",
    "i've written",
    "i’ve written",
    "i have written",
    "i'll",
    "i’ll",
    "i will",
    "i'd be",
    "i’d be",
    "i would be",
    "i'm happy",
    "i’m happy",
    "let me",
    "let's",
    "let’s",
    "好",
    "当然",
    "没问题",
    "可以",
    "明白",
    "收到",
    "了解",
    "遵命",
    "非常乐意",
    "很乐意",
    "很高兴",
    "以下",
    "下面",
    "这是",
    "这里",
    "根据",
    "按照",
    "[",
    "【",
    "chapter",
    "story",
    "text",
    "response",
    "output",
    "continuation",
    "answer",
    "result",
    "正文",
    "续写",
    "章节正文",
    "小说正文",
    "输出",
    "回答",
)
"""Possible beginnings of a preface; with any other beginning the first words may be shown at
once."""

_OFFER = (
    r"would you like|do you want|shall i|should i|let me know|want me to|feel free|i can also|"
    r"i could also|i(?:'|’)d be (?:happy|glad)|i would be (?:happy|glad)|if you(?:'|’)d like|"
    r"if you would like|if you want|just let me know|please let me know|what would you like|"
    r"how would you like|ready for|i hope (?:you|this)|hope you enjoy|hope this"
)
_WORK = (
    r"continue|continuation|next (?:chapter|part|scene|section)|chapters?|scenes?|revis\w+|adjust\w*|"
    r"edit\w*|rewrit\w+|chang\w+|tweak\w*|tone|pacing|style|draft|story|word count|length|feedback|"
    r"expand|version|what happens next|happen next|make it (?:longer|shorter|darker)|help"
)
OFFER = lazy_pattern(
    rf"[*_(\[#>\s]*(?:[^\n]{{0,80}}[.!?]\s+)?(?:{_OFFER})\b[^\n]{{0,240}}?\b(?:{_WORK})\b[^\n]{{0,240}}"
    rf"|[*_(\[（【\s]*(?:[^\n]{{0,30}}[。！？，]\s*)?(?:需要我|是否需要|是否继续|要不要|要我|您希望|你希望|您想|你想|您看|你看|如果(?:您|你)|"
    r"如需|若需|若(?:您|你)|请问|您觉得|你觉得|希望(?:您|你|这)|请告诉我|欢迎|随时|期待(?:您|你))[^\n]{0,60}"
    r"(?:继续|续写|下一章|后续|修改|调整|改写|情节|剧情|风格|字数|要求|意见|反馈|告诉我|喜欢|满意|帮助|想法|细节|内容)[^\n]{0,80}",
    re.IGNORECASE,
)
"""A last paragraph that addresses the author of the work."""

NOTE = lazy_pattern(
    r"[*_(\[（【\s]*(?:word count|approx(?:imate)? word count|total words?|words?|字数|总字数|全文|本章字数|本章|约)"
    r"[*_\s]*(?:[:：]|约|共计?|统计[:：]?)?[*_\s]*[:：]?\s*(?:approximately|approx\.?|about|around)?\s*[~≈约]?\s*[\d,，]+\s*(?:words?|字|个字)?[^\n]{0,20}",
    re.IGNORECASE,
)
"""A last line that counts words."""

DOUBTFUL_CLOSING = lazy_pattern(
    rf"[*_(\[（【#>\s]*(?:{_OFFER}|note\b|author(?:'|’)s note|\(?end of (?:chapter|part|scene)|to be continued|"
    r"注[：:]|说明[：:]|备注[：:]|作者的话|以上(?:是|为|就是)|本章完|全文完|未完待续)[^\n]{0,300}",
    re.IGNORECASE,
)
"""A last paragraph that may address the author, or belong to the text."""

_CANNOT = (
    r"(?:can(?:'|’)?t|cannot|can not|couldn(?:'|’)t|won(?:'|’)t|will not|am (?:not able|unable)|"
    r"(?:'|’)m (?:not able|unable)|am not (?:comfortable|allowed)|(?:'|’)m not (?:comfortable|allowed)|"
    r"must decline|have to decline|need to decline|decline|shouldn(?:'|’)t)"
)
_DO = (
    r"assist|help|fulfil+|comply|generate|write|create|provide|continue|engage|produce|complete|"
    r"answer|respond|do that|discuss|support|participate|proceed|accommodate|offer|share|depict|describe"
)
_PRELUDE = (
    r"(?:i (?:understand|appreciate|know|see|recogni[sz]e|realize|have to|need to)[^\n]{0,140}?[.,;:—–-]\s*"
    r"(?:but|however|and)?[\s,]*)?"
)
REFUSAL = lazy_pattern(
    rf"[*_\s]*{_PRELUDE}(?:(?:i(?:'|’)?m|i am|we(?:'|’)?re)?\s*(?:very |so |really |truly )?(?:sorry|afraid)|apologies|my apologies|"
    rf"i apologi[sz]e|unfortunately|as an ai[^\n]{{0,60}}|thank you for[^\n]{{0,80}})?[\s,.;:!—–-]*(?:but|however|that)?[\s,]*"
    rf"(?:i(?:'|’)?m|i|we)\s*{_CANNOT}\s*(?:to\s+|be able to\s+)?[^\n]{{0,40}}?(?:{_DO})\b"
    r"|[*_\s]*i(?:(?:'|’)m| am)? (?:must|have to|need to|will have to) (?:\w+ )?decline\b"
    r"|[*_\s]*i (?:do not|don(?:'|’)t) feel (?:comfortable|able)"
    rf"|[*_\s]*{_PRELUDE}i(?:'|’)?m not going to (?:{_DO})\b"
    r"|[*_\s\[(]*(?:request|content|response|message|output|text) (?:was |has been |is )?(?:blocked|removed|withheld|filtered|rejected)\b"
    r"|[*_\s]*let(?:'|’)s (?:talk about|discuss|try) something (?:else|different)"
    r"|[*_\s]*sorry,? (?:that(?:'|’)s beyond my current scope|i can(?:'|’)t (?:answer|help))"
    r"|[*_\s]*(?:this|the|your) (?:request|content|prompt|topic)[^\n]{0,60}"
    r"(?:violates?|against|goes against|not allowed|inappropriate|cannot be (?:completed|fulfilled))"
    r"|[*_\s]*(?:(?:非常|很|十分|实在|真的)?(?:抱歉|对不起|不好意思|遗憾)|作为(?:一个|一名|一款)?(?:AI|人工智能|语言模型)[^\n]{0,40})"
    r"[，,。！!\s]*[^\n]{0,40}(?:无法|不能|没法|没办法|不便|不可以|不会|拒绝|不支持)[^\n]{0,40}"
    r"(?:提供|协助|帮|满足|生成|继续|回答|创作|编写|写|完成|讨论|参与|处理|请求|要求|内容|话题|问题|给到)"
    r"|[*_\s]*(?:(?:我(?:理解|明白|知道|很理解)|根据|由于|鉴于|考虑到|这个|这段|这篇|该|此|您的|你的|这一)[^\n。]{0,50}[，,；;]\s*)"
    r"(?:但是?|所以|因此|不过|很?抱歉|遗憾的是)?[，,]?\s*我?(?:无法|不能|没办法|不会)(?:再|继续|够)*"
    r"(?:给到|提供|生成|协助|满足|回答|继续|创作|完成|续写|撰写|编写|写)"
    r"|[*_\s]*(?:抱歉|对不起|不好意思)[，,][^\n]{0,20}(?:还没有学会|学不会|暂时无法|暂时不能)"
    r"|[*_\s]*(?:抱歉|對不起|不好意思)[，,。！!\s]*[^\n]{0,40}(?:無法|不能|沒辦法|拒絕)[^\n]{0,40}"
    r"(?:提供|協助|幫|滿足|生成|繼續|回答|創作|撰寫|寫|完成|討論|請求|要求|內容|話題|問題)"
    r"|[*_\s]*(?:我)?(?:无法|不能)(?:给到|提供|生成|协助|满足|回答|继续|创作|完成)[^\n]{0,40}(?:内容|请求|要求|问题|话题|帮助)"
    r"|[*_\s]*(?:你好|您好)[，,][^\n]{0,30}(?:暂时)?(?:无法回答|不能回答)"
    r"|[*_\s]*[^\n]{0,20}(?:让我们)?换个话题(?:再聊|聊聊|吧)"
    r"|[*_\s]*(?:该|此|您的|你的|这个?)(?:请求|内容|问题|话题)[^\n]{0,30}(?:违反|不符合|涉及敏感|不合规|无法)",
    re.IGNORECASE,
)
"""The beginning of an answer in which the model refuses."""

OF_A_REQUEST = lazy_pattern(
    r"request|content|guideline|polic(?:y|ies)|as an ai|language model|explicit|current scope|"
    r"this (?:story|scene|chapter|topic|narrative|conversation|kind)|"
    r"请求|内容|话题|准则|政策|规定|法律|法规|(?<![a-z])AI(?![a-z])|人工智能|语言模型|要求|创作",
    re.IGNORECASE,
)
"""Subjects of a refusal, as opposed to a character in a novel who cannot go on."""
