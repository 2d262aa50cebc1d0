"""Refusals of servers by their numeric codes."""

from __future__ import annotations

from arboris_desktop.domain.errors import ErrorKind

CODES: dict[str, ErrorKind] = {
    # 智谱
    "1000": ErrorKind.UNAUTHORIZED,
    "1001": ErrorKind.UNAUTHORIZED,
    "1002": ErrorKind.UNAUTHORIZED,
    "1003": ErrorKind.UNAUTHORIZED,
    "1004": ErrorKind.UNAUTHORIZED,
    "1005": ErrorKind.UNAUTHORIZED,
    "1110": ErrorKind.UNAUTHORIZED,
    "1111": ErrorKind.UNAUTHORIZED,
    "1112": ErrorKind.UNAUTHORIZED,
    "1121": ErrorKind.UNAUTHORIZED,
    "1120": ErrorKind.SERVER_ERROR,
    "1200": ErrorKind.SERVER_ERROR,
    "1230": ErrorKind.SERVER_ERROR,
    "1234": ErrorKind.SERVER_ERROR,
    "1113": ErrorKind.QUOTA_EXHAUSTED,
    "1309": ErrorKind.QUOTA_EXHAUSTED,
    "1210": ErrorKind.REQUEST_REFUSED,
    "1212": ErrorKind.REQUEST_REFUSED,
    "1213": ErrorKind.REQUEST_REFUSED,
    "1214": ErrorKind.REQUEST_REFUSED,
    "1215": ErrorKind.REQUEST_REFUSED,
    "1211": ErrorKind.MODEL_NOT_FOUND,
    "1220": ErrorKind.MODEL_NOT_FOUND,
    "1311": ErrorKind.MODEL_NOT_FOUND,
    "1221": ErrorKind.NOT_AN_API,
    "1222": ErrorKind.NOT_AN_API,
    "1261": ErrorKind.CONTEXT_TOO_LONG,
    "1301": ErrorKind.MODERATED,
    "1302": ErrorKind.RATE_LIMITED,
    "1303": ErrorKind.RATE_LIMITED,
    "1304": ErrorKind.RATE_LIMITED,
    "1305": ErrorKind.RATE_LIMITED,
    "1308": ErrorKind.RATE_LIMITED,
    "1310": ErrorKind.RATE_LIMITED,
    "1312": ErrorKind.RATE_LIMITED,
    "1313": ErrorKind.RATE_LIMITED,
    # 硅基流动
    "30001": ErrorKind.QUOTA_EXHAUSTED,
    "30003": ErrorKind.MODEL_NOT_FOUND,
    "20012": ErrorKind.MODEL_NOT_FOUND,
    # 千帆 and 星火
    "336103": ErrorKind.CONTEXT_TOO_LONG,
    "10013": ErrorKind.MODERATED,
    "10014": ErrorKind.MODERATED,
    "10907": ErrorKind.CONTEXT_TOO_LONG,
    "11200": ErrorKind.UNAUTHORIZED,
    "11201": ErrorKind.RATE_LIMITED,
    "11202": ErrorKind.RATE_LIMITED,
    "11203": ErrorKind.RATE_LIMITED,
    "50501": ErrorKind.SERVER_ERROR,
    "50505": ErrorKind.SERVER_ERROR,
}
"""Error numbers of servers that say little in words."""

CODES_OF_MINIMAX: dict[str, ErrorKind] = {
    "1002": ErrorKind.RATE_LIMITED,
    "1004": ErrorKind.UNAUTHORIZED,
    "1008": ErrorKind.QUOTA_EXHAUSTED,
    "1026": ErrorKind.MODERATED,
    "1027": ErrorKind.MODERATED,
    "1039": ErrorKind.CONTEXT_TOO_LONG,
    "1041": ErrorKind.RATE_LIMITED,
    "2013": ErrorKind.REQUEST_REFUSED,
    "2045": ErrorKind.RATE_LIMITED,
    "2049": ErrorKind.UNAUTHORIZED,
    "2056": ErrorKind.RATE_LIMITED,
    "2061": ErrorKind.MODEL_NOT_FOUND,
}
"""The same for servers that put them into ``base_resp``, where some have another meaning."""
