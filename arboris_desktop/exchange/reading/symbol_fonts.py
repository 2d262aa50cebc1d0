"""The characters of symbol fonts as Unicode characters."""

from __future__ import annotations

_SYMBOL = {
    **dict(zip(range(0xAB, 0xB0), "↔←↑→↓", strict=True)),
    **dict(zip(range(0xA7, 0xAB), "♣♦♥♠", strict=True)),
    **{0xB0: "°", 0xB1: "±", 0xB3: "≥", 0xB4: "×", 0xB7: "•", 0xB9: "≠", 0xBB: "≈", 0xBC: "…"},
    **{0xA3: "≤", 0xA5: "∞", 0xD2: "®", 0xD3: "©", 0xD4: "™"},
}
_WINGDINGS = {
    **{0x4A: "☺", 0x4B: "😐", 0x4C: "☹", 0x6C: "●", 0x6E: "■", 0x6F: "□", 0x76: "❖", 0xA7: "▪"},
    **{0xAB: "★", 0xD8: "➢", 0xDF: "←", 0xE0: "→", 0xE1: "↑", 0xE2: "↓", 0xE8: "➔"},
    **{0xFB: "✗", 0xFC: "✓"},
}
_PRIVATE = 0xF000


def character_of(font: str, code: str) -> str:
    """Returns the character of a symbol; a white square for an unknown one."""
    try:
        number = int(code, 16)
    except ValueError:
        return ""
    if not 0xE000 <= number <= 0xF8FF:
        return chr(number) if 0x20 <= number < 0xD800 or 0xF900 <= number < 0x110000 else ""
    known = _WINGDINGS if font.lower().startswith("wingdings") else _SYMBOL
    letter = number - _PRIVATE
    return known.get(letter) or (chr(letter) if font == "Symbol" and 0x20 < letter < 0x40 else "□")
