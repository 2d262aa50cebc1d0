"""Numbers in the words of other languages than English and Chinese: Zweites, troisième, вторая."""

from __future__ import annotations

import unicodedata
from functools import lru_cache

from arboris_desktop.text.patterns import lazy_pattern

_CARDINALS = (
    # German, French, Spanish, Italian, Portuguese, Dutch, Russian, Vietnamese
    "eins zwei drei vier fünf sechs sieben acht neun zehn elf zwölf dreizehn vierzehn fünfzehn "
    "sechzehn siebzehn achtzehn neunzehn zwanzig",
    "un deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize",
    "uno dos tres cuatro cinco seis siete ocho nueve diez once doce trece catorce quince dieciséis "
    "diecisiete dieciocho diecinueve veinte veintiuno veintidós veintitrés veinticuatro "
    "veinticinco veintiséis veintisiete veintiocho veintinueve",
    "uno due tre quattro cinque sei sette otto nove dieci undici dodici tredici quattordici "
    "quindici sedici diciassette diciotto diciannove venti ventuno ventidue ventitré "
    "ventiquattro venticinque ventisei ventisette ventotto ventinove",
    "um dois três quatro cinco seis sete oito nove dez onze doze treze quatorze quinze dezesseis "
    "dezessete dezoito dezenove vinte",
    "een twee drie vier vijf zes zeven acht negen tien elf twaalf dertien veertien vijftien",
    "один два три четыре пять шесть семь восемь девять десять одиннадцать двенадцать тринадцать "
    "четырнадцать пятнадцать шестнадцать семнадцать восемнадцать девятнадцать двадцать",
    "một hai ba bốn năm sáu bảy tám chín",
)
_ORDINALS = (
    "erst zweit dritt viert fünft sechst siebt acht neunt zehnt elft zwölft dreizehnt vierzehnt "
    "fünfzehnt sechzehnt siebzehnt achtzehnt neunzehnt zwanzigst",
    "premier deuxième troisième quatrième cinquième sixième septième huitième neuvième dixième "
    "onzième douzième treizième quatorzième quinzième seizième",
    "première seconde",
    "unième second",
    "primer segund tercer cuart quint sext séptim octav noven décim undécim duodécim",
    "prim second terz quart quint sest settim ottav non decim undicesim dodicesim tredicesim",
    "primeir segund terceir quart quint sext sétim oitav non décim",
    "eerst tweed derd vierd vijfd zesd zevend achtst negend tiend",
    "перв втор треть четверт пят шест седьм восьм девят десят одиннадцат двенадцат тринадцат "
    "четырнадцат пятнадцат шестнадцат семнадцат восемнадцат девятнадцат двадцат",
    "první druhá třetí čtvrtá pátá šestá sedmá osmá devátá desátá",
    "pierwsz drug trzec czwart piąt szóst siódm ósm dziewiąt dziesiąt",
    "birinci ikinci üçüncü dördüncü beşinci altıncı yedinci sekizinci dokuzuncu onuncu",
    "nhất nhì tam tứ ngũ lục",
)
_TENS = {
    "zwanzig dreißig vierzig fünfzig sechzig siebzig achtzig neunzig": 20,
    "zwanzigst dreißigst vierzigst fünfzigst sechzigst siebzigst": 20,
    "vingt trente quarante cinquante soixante": 20,
    "vingtième trentième quarantième cinquantième": 20,
    "veinte treinta cuarenta cincuenta sesenta setenta ochenta noventa": 20,
    "vigésim trigésim cuadragésim": 20,
    "venti trenta quaranta cinquanta sessanta": 20,
    "ventesim trentesim quarantesim": 20,
    "vinte trinta quarenta cinquenta sessenta": 20,
    "двадцать тридцать сорок пятьдесят шестьдесят семьдесят": 20,
    "тридцат сороков пятидесят": 30,
    "mười": 10,
    "mươi": 10,
}
_MORE = {"mốt": 1, "lăm": 5, "второ": 2, "третий": 3, "третьe": 3, "tercero": 3, "primero": 1}
_ENDINGS = (
    "",
    *"oaeiy",
    "er",
    "es",
    "en",
    "e",
    "os",
    "ая",
    "ый",
    "ой",
    "ий",
    "ое",
    "ья",
    "я",
    "ий",
)
_BETWEEN = ("et", "y", "e", "und", "thu")
_LETTERS = str.maketrans("łđı", "ldi")
_COMPOUND = lazy_pattern(r"(?P<unit>\w{3,7})und(?P<ten>\w{6,})")
_WORDS = lazy_pattern(r"\w+")


def without_accents(text: str) -> str:
    """A text in small letters without the signs above and below them."""
    parts = unicodedata.normalize("NFKD", text.casefold())
    plain = "".join(part for part in parts if not unicodedata.combining(part))
    return unicodedata.normalize("NFC", plain.translate(_LETTERS))


@lru_cache(maxsize=1)
def _values() -> dict[str, int]:
    values: dict[str, int] = {}
    for words in (*_ORDINALS, *_CARDINALS):
        values |= {without_accents(word): n for n, word in enumerate(words.split(), 1)}
    for words, first in _TENS.items():
        values |= {without_accents(word): first + 10 * n for n, word in enumerate(words.split())}
    return values | {without_accents(word): value for word, value in _MORE.items()}


@lru_cache(maxsize=1024)
def value_in_words(words: str) -> int | None:
    """The value of a number in words (dritte, vingt-deux, двадцать первая); ``None`` if none."""
    total = 0
    last = 1000
    for word in _tokens(without_accents(words)):
        value = _value_of(word)
        if value is None:
            return None
        if total and total < value <= 20 and value % 10 == 0:
            total, last = total * value, value  # quatre-vingt, hai mươi
        elif value < last and (last >= 10 or last == 1000):
            total, last = total + value, value
        else:
            return None
    return total or None


def _tokens(words: str) -> list[str]:
    tokens: list[str] = []
    for word in _WORDS.findall(words):
        if compound := _COMPOUND.fullmatch(word):
            unit = compound["unit"]
            tokens += [compound["ten"], "eins" if unit == "ein" else unit]
        elif word not in _BETWEEN:
            tokens.append(word)
    return tokens


def _value_of(word: str) -> int | None:
    values = _values()
    stems = (word.removesuffix(ending) for ending in _ENDINGS if word.endswith(ending))
    return next((values[stem] for stem in stems if stem in values), None)
