"""Refusals of servers as a table: the first matching line determines the kind.

From the documentation of DeepSeek, 通义千问 (DashScope), 智谱, Kimi, 豆包 (Ark), 硅基流动, OpenAI, Anthropic,
Gemini, OpenRouter, Mistral, new-api and one-api, Ollama, LM Studio, llama.cpp, KoboldCpp and vLLM,
and from public reports. The status alone says little: an empty account is reported with 400, 401,
402, 403, 429 and 500.
"""

from __future__ import annotations

import re
from dataclasses import field

from arboris_desktop.domain.errors import ErrorKind
from arboris_desktop.domain.record import record
from arboris_desktop.text.patterns import lazy_pattern

ANY = frozenset(range(600)) | {None}
"""Any status; ``None`` is an error within an answer whose status was a success."""

_BAD_REQUEST = frozenset({None, 400, 403, 404, 405, 406, 409, 410, 412, 415, 422, 424, 451})
_NO_STATUS_OF_ITS_OWN = ANY - {401, 402, 404}


@record
class Line:
    """A kind, and the words and statuses by which it is recognised.

    ``words`` are looked for in all that the server says, including codes, and ``unless`` excludes
    others. ``needs_wait`` restricts it to servers that name a time, or to those that do not.
    """

    kind: ErrorKind
    words: re.Pattern[str]
    statuses: frozenset[int | None] = field(default=ANY)
    unless: re.Pattern[str] | None = None
    needs_wait: bool | None = None


def _words(*alternatives: str) -> re.Pattern[str]:
    return lazy_pattern("|".join(alternatives), re.IGNORECASE)


_PAGE_OF_GUARD = _words(r"^error code: 10(?!15)\d\d\b", r"cf[-_]mitigated", r"^attention required")

SCHEME = _words(
    r"plain http request was sent to https|http request to an https|speaking plain http"
)
"""Said by a server that speaks https and was asked over http."""

_MODERATION = _words(
    r"content[ _-]?(policy|filter|moderation|safety|violation|restrict|block|inspect|risk)",
    r"content[ _-]?management[ _-]?polic|_unsafe\b|\bis unsafe\b|censor|content.{0,60}\bis blocked",
    r"contentfilter|content exists risk|content_exists_risk|considered high risk|high[ _-]?risk",
    r"data_?inspection_?failed|inappropriate content|sensitive[ _-]?(content|words?|information|data)",
    r"sensitivecontent|riskdetection|sensitive_words|content_?security|security_?detection",
    r"responsible ?ai ?policy|usage polic(y|ies)|flagged (as|by|for|content|input)|was flagged",
    r"moderation|\bmoderated\b|prohibited[ _-]?content|unsafe content|harmful content|nsfw",
    r"safety (system|check|filter|setting|polic|guard|reason)|safety_check_failed|\bSAFETY\b",
    r"guardrail|violat\w+ (our |the )?(content|usage|safety|community)|blocked by .{0,30}(filter|safety)",
    r"invalid_prompt|prompt was (blocked|rejected)|input (was )?rejected|output (was )?blocked",
    r"敏感(词|内容|信息)|不安全|内容安全|安全(策略|审核|检测|过滤|审查)|内容审核|审核(未|不)通过|违禁|违规内容",
    r"不当.{0,4}(内容|信息|言论)|内容.{0,12}(违规|违反|不合规|风险|不当|不适)|涉(黄|政|恐|暴)|策略(阻止|拦截)|合规(检查|问题|审核)|风险识别|敏感",
)
_NOT_MODERATION = _words(r"[账帐][户号].{0,8}违规", r"case[ -]sensitive", r"敏感操作")

_EMPTY_ACCOUNT = _words(
    r"insufficient[ _-]?((account|user|your|token)[ _-]?)*(balance|funds?|credits?)",
    r"insufficient_user_quota|pre_consume_token_quota_failed|(user|token) quota is not enough",
    r"balance (is |was )?(insufficient|not enough|too low|exhausted|depleted|negative|below)",
    r"balance.{0,30}(exhausted|depleted|run out|used up)|credit balance is too low|no credits?\b",
    r"(out of|run out of|ran out of|not enough|lack of|exceeded your|requires more|need more) credits?",
    r"credits? (is |are |has |have )?(been )?(exhausted|depleted|used up|insufficient|expired)",
    r"overdue|arrear|account.{0,40}good standing|billing_(hard_limit_reached|not_active)|hard limit",
    r"billing (is |has )?(not active|disabled|inactive)|account is not active|activate payments?",
    r"payment (is )?required|payment_required|unpaid|prepaid|reject_no_credit|quote_exceeded",
    r"(does|do|did)(n't|n’t| not) have any (credits?|balance|funds)|(purchase|buy|add) (more )?credits\b",
    r"requires? billing|enable billing|billing to be enabled",
    r"exceeded_current_quota_error|key limit exceeded|spend(ing)? limit|monthly (limit|budget|spend)",
    r"free ?tier ?only|free (tier|quota|trial|credit|allocated)\w*.{0,60}(exhausted|used up|expired|exceeded|ended)",
    r"specified api usage limits|creditserror|setlimitexceeded|serviceoverdue|trial quota",
    r"subscription (has )?(expired|ended)|plan (has )?expired|exceeded your (monthly|billing)",
    r"not enough (balance|funds)|valid credit card|(wallet|balance|account) is empty",
    r"余额|欠费|充值|储值|续费|资源包|套餐(已)?到期|[账帐]户.{0,6}(停机|停用)",
    r"(积分|点数|算力|token).{0,4}(不足|用完|用尽|耗尽)",
    r"(令牌|用户|[账帐][户号]|预扣费|剩余|可用|免费)?.{0,4}额度.{0,10}(不足|用尽|用完|耗尽|失败|已用|为 ?0|超出|超限)",
    r"无可用额度|推理限额|试用.{0,8}(到期|结束|用完|用尽)",
    r"budget[ _](has been )?exceeded|exceeded[ _](your )?budget|not enough quota",
    r"used (up )?(all|the last)( of)?( your| its)?( available)? credits?",
)
_NO_BALANCE = _words(
    r"insufficient[ _-]?((account|user|your|token)[ _-]?)*(balance|funds?|credits?)|insufficient_user_quota",
    r"balance (is|was)|credit balance|overdue|arrear|余额|欠费|额度.{0,4}(用尽|用完|耗尽|不足)",
)
_RATE = _words(
    r"rate[ _-]?limit|rate_?limit\w*|throttl|too[ _-]?many[ _-]?(requests?|tokens per)|slow[ _-]?down",
    r"(requests?|tokens?|images?)[ _-](per|/)[ _-](min|sec|day|hour|month)|(?<![a-z])(?:[rt]p[mds]|qp[sm])(?![a-z])",
    r"concurren|request burst|requestbursttoofast|frequency|quota.{0,20}per (minute|day|second)",
    r"resource[ _]has been exhausted|resource_exhausted|resourceexhausted|capacity exceeded",
    r"max (request|organization|rpm|tpm)|token-limit|allocated quota exceeded|allocationquota",
    r"daily (request )?limit|(hourly|daily|weekly|session) usage limit|qps|overflow\b",
    r"频率|频繁|频次|速率|限速|限流|并发|请求(次数|过多|太多)|访问量过大|流量限制|次数限额|使用上限|过快|限频|流控|流量受限",
)
_QUOTA = _words(
    r"exceeded your current quota|insufficient[ _-]?quota|quota[ _]?(exceeded|exhausted)|quota has been",
    r"exceed\w*.{0,30}quota|out of quota|no quota|quota is not|usage[ _-]?limit|limit reached",
    r"配额|限额|额度",
)
_REGION = _words(
    r"unsupported_country|country,? (or )?region|country not supported|territory|(un)?supported region",
    r"(country|region|location|area|territory)[^.]{0,40}(is |are )?(not |un)(supported|available|allowed|permitted)",
    r"not (supported|available|allowed|permitted|offered) in (your|this|the) (current )?(country|region|location|area|territory)",
    r"(country|region|location|geo)\w*[ _-]?(restrict|block|denied|ban)|blocked in your (country|region)",
    r"(地区|区域|国家|所在地|属地).{0,12}(不支持|不可用|受限|限制|无法|未开放|禁止)",
    r"(不支持|不对|未对|暂不|禁止|限制).{0,10}(地区|区域|国家|所在地)",
)
_SURELY_OF_OUTPUT = _words(r"[`'\"]max_(completion_)?tokens[`'\"] must be (less|at most|<=)")
_OUTPUT_LIMIT = _words(
    r"could not finish the message because max_tokens",
    r"model output limit was reached|output limit was reached",
)
_LIMIT_OF_OUTPUT = _words(
    r"max_(completion_|output_|new_)?tokens?\b.{0,80}(exceed|too large|at most|must be|should be|greater|less|larger|maximum|invalid|range|cannot|limit)",
    r"(exceed|maximum|max)\w*.{0,30}(output|completion|generat\w+)[ _]?(token|length|limit|size)",
    r"(supports?|limit\w*|allows?).{0,20}at most \d+ (completion|output) tokens",
    r"max_tokens.{0,30}(超|大于|过大|最大|范围|不能|上限|非法)|(输出|生成).{0,10}(长度|token).{0,10}(超|上限)",
)
_CONTEXT = _words(
    r"context[ _-]?(length|size|window|limit)|(maximum|max|model|available)('s)? context|n_ctx",
    r"exceed_context_size|context_length_exceeded|string_above_max_length|max_model_len|max_seq_?len",
    r"(prompt|input|messages?|request|text|content)s?( is| are|_is)?[ _](too|so) (long|large|big)",
    r"too (long|large|many tokens|many input)|request[ _]too[ _]large|payload too large|entity too large",
    r"(range of input length|input length|prompt length|number of input tokens|input tokens?)",
    r"tokens?.{0,40}exceed|exceed\w*.{0,40}(tokens?\b|context|input|prompt|max(imum)? (length|size))",
    r"reduce (the |your )?(length|prompt|input|message)|trying to keep the first \d+ tokens",
    r"tokens?_too_(long|many)|max(imum)? length of (the )?(messages?|prompt|input)",
    r"max_tokens must be at least 1, got -|prompt_tokens must be less|maximum prompt length",
    r"must have less than \d+ tokens|max_new_tokens.{0,10} must be <=|truncate prompt|n_keep",
    r"(number of|total) tokens.{0,40}must be (less|<=|at most|no more)|context limit|max input (characters|tokens)",
    r"上下文|超长|过长|太长|(超出|超过|大于).{0,16}(长度|限制|上限|token)|(输入|长度|token).{0,10}(超出|超过|过多|超限)",
)
_SIZE_OF_CONTEXT = _words(
    r"context[ _](size|length|window|limit)",
    r"exceed_context_size",
    r"maximum context|max_seq_?len|max_model_len|max_num_tokens",
    r"(prompt|input)( tokens?)?( is| are)? too (long|big|large)|too long for (the |this )?(context|model)",
    r"\(input \+ max_tokens\)|inputs?` tokens \+ `max_new_tokens",
    r"上下文.{0,10}(超|长)",
)
_MODEL = _words(
    r"model[ _-]?not[ _-]?(found|exist|open|available|supported_error|loaded)|modelnotopen|model_not_found",
    r"(invalid|unknown|no such|unrecognized|nonexistent|non-existent|wrong|unsupported)[ _-]model",
    r"model[ ._-]?(access[ ._-]?denied|not[ _]supported)|model.{0,80}not supported by any provider",
    r"invalid model|invalidendpointormodel|invalid_?model|not a valid model|model_not_available",
    r"model\b[^{]{0,120}?(does not|doesn't|doesn’t|did not|not) exist|no models? (loaded|available|found)",
    r"model\b[^{]{0,120}?(not found|no longer (available|supported)|has been (deprecated|removed|retired|disabled|shut)|is (deprecated|disabled|retired|not available|unavailable|not activated|not loaded|not enabled|not ready|offline))",
    r"(not|n't|n’t) have access to (the |this )?model|not activated the model|access to (the )?model.{0,40}denied",
    r"no (allowed |available )?(endpoints?|providers?|channels?) (found|are available)? ?(for|matching)|no endpoints found",
    r"no models? (is |are )(currently )?loaded|model has not been loaded|multiple models are loaded",
    r"closed ?endpoint|endpoint that is (currently )?closed|does not work with the specified model",
    r"requires a subscription|not support model|(selected|requested|specified) model is (invalid|not valid)",
    r"try pulling it|failed to load model|model .{0,80}(could not|cannot|failed to) be loaded|unloaded",
    r"not authorized to (use|access) .{0,30}model|models? .{0,60}not allowed for|not (allowed|permitted) to (use|access) (the |this )?model",
    r"模型.{0,60}?(不存在|未开通|不可用|已下线|下线|未找到|无可用渠道|未配置|不支持该|暂未开放|停用|停止服务|未授权)",
    r"无可用渠道|没有可用(的)?渠道|无权(访问|使用|限使用)?.{0,10}模型|未开通.{0,10}模型|不存在.{0,4}模型|权限.{0,10}模型",
    r"deployment.{0,60}(not exist|not found)|deploymentnotfound|unpurchased",
)
_MODEL_AT_ANY_STATUS = _words(
    r"model_not_found|modelnotfound|model_not_available|无可用渠道|没有可用(的)?渠道|no available channel",
    r"(failed|unable) to load model|could not load model|model[ =].{1,60} failed to load|no models? loaded",
    r"model_price_error|(倍率|价格).{0,6}未配置",
    r"try pulling it|on-demand throughput isn",
)
_MODEL_BESIDE_THE_KEY = _words(r"no permission to use the model|\bmodel .{1,60} is not supported")
_ADDRESS = _words(
    r"invalid url|no route|route not found|unknown (url|path|endpoint|route)|unexpected endpoint",
    r"page not found|cannot (get|post)|url\.not_found|path not found|endpoint .{0,60}not found",
    r"file not found|no such (path|route|endpoint)|接口不存在|路径.{0,6}(不存在|错误)|地址.{0,6}(不存在|错误)",
    r"not a chat|does not support chat|method not allowed",
)
_ADDRESS_AT_ANY_STATUS = _words(r"could not route to|api[ -]version (is )?not supported")
_NO_KEY = _words(r"(provide|supply|specify|include) (an? |your |a valid )?api[ _-]?key")
_KEY = _words(
    r"api[ _-]?key.{0,60}(invalid|not valid|incorrect|wrong|expired|missing|not found|required|revoked|disabled|deleted|not provided|does not)",
    r"(invalid|incorrect|wrong|missing|expired|no|malformed|unauthorized|bad|unknown|revoked|disabled)[ _-](api[ _-]?|access[ _-]?|auth\w*[ _-]?|secret[ _-]?)?(key|token|credentials?)\b",
    r"nosuchkey|noauth|token (is )?(invalid|expired|no longer valid)|no permission to access",
    _NO_KEY.pattern,
    r"authenticat|auth[ ._]?failure|unauthori[sz]ed|api_key_invalid|invalidapikey|no auth|user not found|not logged in",
    r"permission[ _-]?(denied|error)|permissiondenied|access[ _-]?denied|accessdenied|(?<!extra_)forbidden|signature",
    r"api[ _-]?key.{0,8}(错误|无效|有误|过期|不正确)",
    r"令牌.{0,10}(无效|过期|不可用|错误|禁用|不存在)|无效的.{0,8}(令牌|密钥|key|token)|(密钥|金钥).{0,10}(无效|错误|过期|不正确)",
    r"身份(验证|认证)|鉴权|认证失败|[账帐][户号].{0,8}(锁定|禁用|封禁|冻结|不存在|违规)|未授权|(ip|IP).{0,6}不在",
)
_NO_CHAT_MODEL = _words(
    r"not a chat model|only supported in v1/responses|not supported in the v1/chat/completions",
    r"model.{0,40}does not support (chat|text generation)|\" does not support chat",
)
_NO_CHAT_SERVER = _words(r"server does not support (chat|completions)")
_FIELD = _words(
    r"extra_forbidden|extra inputs are not permitted|(unknown|unrecognized|unexpected) (field|parameter|request argument|role|name)",
    r"unsupported (parameter|value)\b|handle the requested parameters|verified to stream|stream mode",
    r"(temperature|response_format|stream_options|max_tokens)\W{0,3} (is|are) (deprecated|not supported|unsupported)",
    r"message role|role.{0,20}['\"]system['\"]|first message must",
)
"""About a field of the request, whatever else is mentioned."""

_CRASHED = _words(
    r"(has|have|had) (crashed|terminated|exited)|exit code: -?\d|out of memory|segmentation fault",
)
_NO_MEMORY = _words(
    r"insufficient (system )?(resources|memory)|not enough (system |gpu |video )?memory|\bvram\b",
    r"more system memory|内存不足|显存不足",
)
_NO_JSON_CAME = _words(r"json_validate_failed|failed_generation|failed to (generate|validate) json")
"""The model was asked for JSON and did not produce it: the server knows the form."""

_NOTHING_ALLOWED = _words(r"quota exceeded for metric[^\n]{0,300}?\blimit: ?0\b")
"""The model is not part of the free tier; waiting, as the server suggests, changes nothing."""
_PASSES = _words(
    r"请.{0,4}(稍后|稍候|过一?会儿?)|(系统|服务器?|模型).{0,4}(繁忙|过载)|网络(错误|异常)",
    r"(please )?try again later|temporarily unavailable",
)
"""Unrelated failures that are reported with the status of a bad request."""

_INVALID_REQUEST = _words(
    r"invalid[ _-]?request|bad[ _-]?request|invalid[ _-]?param|参数",
    r"unsupported_(value|parameter)",
)

_SLOW = ErrorKind.RATE_LIMITED
TABLE: tuple[Line, ...] = (
    Line(ErrorKind.WRONG_SCHEME, SCHEME, frozenset({400})),
    Line(ErrorKind.GUARD_PAGE, _PAGE_OF_GUARD),
    Line(ErrorKind.ANSWER_CUT, _OUTPUT_LIMIT),
    Line(ErrorKind.REGION, _REGION, ANY - {401, 402}),
    Line(ErrorKind.MODERATED, _MODERATION, _NO_STATUS_OF_ITS_OWN - {429}, _NOT_MODERATION),
    Line(ErrorKind.INVALID_ANSWER, _NO_JSON_CAME, frozenset({None, 400, 422})),
    Line(ErrorKind.QUOTA_EXHAUSTED, _NOTHING_ALLOWED, frozenset({None, 429})),
    # Some rate limits are worded like an empty account, and told apart by their code or their time.
    Line(_SLOW, _words(r"throttling|token-limit|allocated quota exceeded"), unless=_NO_BALANCE),
    Line(_SLOW, _QUOTA, frozenset({None, 403, 429}), unless=_NO_BALANCE, needs_wait=True),
    Line(ErrorKind.QUOTA_EXHAUSTED, _EMPTY_ACCOUNT, unless=_words(r"free-models-per-")),
    Line(
        ErrorKind.CONTEXT_TOO_LONG, _words(r"request too large"), frozenset({None, 400, 413, 429})
    ),
    Line(_SLOW, _RATE, frozenset({None, 429})),
    Line(
        _SLOW,
        _words(r"rate[ _-]?limit|too many requests|request limit reached|限流|频率"),
        frozenset({400, 403, 500}),
    ),
    Line(ErrorKind.QUOTA_EXHAUSTED, _QUOTA, ANY - {404} - frozenset(range(500, 600))),
    Line(ErrorKind.SERVER_ERROR, _NO_MEMORY),
    Line(ErrorKind.MODEL_NOT_FOUND, _MODEL_AT_ANY_STATUS),
    Line(ErrorKind.NOT_AN_API, _ADDRESS_AT_ANY_STATUS, frozenset({400, 404})),
    Line(ErrorKind.REQUEST_REFUSED, _SURELY_OF_OUTPUT, frozenset({400, 422})),
    Line(
        ErrorKind.REQUEST_REFUSED,
        _LIMIT_OF_OUTPUT,
        _BAD_REQUEST,
        _words(_SIZE_OF_CONTEXT.pattern, r"got -\d"),
    ),
    Line(ErrorKind.CONTEXT_TOO_LONG, _CONTEXT, frozenset({400, 413, 422})),
    Line(ErrorKind.CONTEXT_TOO_LONG, _SIZE_OF_CONTEXT, frozenset({None, 403, 500})),
    Line(ErrorKind.REQUEST_REFUSED, _FIELD, frozenset({400, 403, 404, 422})),
    Line(ErrorKind.MODEL_NOT_FOUND, _NO_CHAT_MODEL, _BAD_REQUEST),
    Line(ErrorKind.MODEL_NOT_FOUND, _NO_CHAT_SERVER, frozenset({400, 501})),
    Line(ErrorKind.MODEL_NOT_FOUND, _MODEL_BESIDE_THE_KEY, frozenset({401})),
    Line(ErrorKind.NOT_AN_API, _ADDRESS, frozenset({None, 404, 405, 501})),
    Line(ErrorKind.MODEL_NOT_FOUND, _MODEL, _BAD_REQUEST),
    Line(ErrorKind.UNAUTHORIZED, _KEY, frozenset({None, 400, 401, 403})),
    Line(ErrorKind.UNAUTHORIZED, _NO_KEY, frozenset({422})),
    Line(ErrorKind.SERVER_ERROR, _CRASHED, frozenset({400, 422})),
    Line(ErrorKind.SERVER_ERROR, _PASSES, frozenset({400, 422})),
    Line(ErrorKind.REQUEST_REFUSED, _INVALID_REQUEST, frozenset({None})),
)
