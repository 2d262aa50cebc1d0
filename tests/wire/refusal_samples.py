"""Refusals in the words of each server, with the kind that the author is told."""

from __future__ import annotations

import json

from arboris_desktop.domain.errors import ErrorKind

CREDIT, RATE, KEY_REFUSED = (
    ErrorKind.QUOTA_EXHAUSTED,
    ErrorKind.RATE_LIMITED,
    ErrorKind.UNAUTHORIZED,
)
REGION, MODERATED, MODEL = ErrorKind.REGION, ErrorKind.MODERATED, ErrorKind.MODEL_NOT_FOUND
ADDRESS, CONTEXT, SERVER = ErrorKind.NOT_AN_API, ErrorKind.CONTEXT_TOO_LONG, ErrorKind.SERVER_ERROR
GUARD, FORM = ErrorKind.GUARD_PAGE, ErrorKind.REQUEST_REFUSED


def openai(message: str, code: object = None, kind: object = None) -> dict[str, object]:
    return {"error": {"message": message, "type": kind, "param": None, "code": code}}


def bare(code: object, message: str) -> dict[str, object]:
    return {"code": code, "message": message, "data": None}


def google(message: str, status: str, code: int, **details: object) -> list[dict[str, object]]:
    error = {"code": code, "message": message, "status": status}
    return [{"error": {**error, **({"details": [details]} if details else {})}}]


QUOTA = "You exceeded your current quota, please check your plan and billing details."
REFUSALS: list[tuple[str, int, object, ErrorKind]] = [
    # DeepSeek
    ("deepseek", 402, openai("Insufficient Balance", "invalid_request_error"), CREDIT),
    ("deepseek", 401, openai("Authentication Fails (no such user)"), KEY_REFUSED),
    ("deepseek", 400, openai("Content Exists Risk", "invalid_request_error"), MODERATED),
    ("deepseek", 400, openai("Model Not Exist", "invalid_request_error"), MODEL),
    ("deepseek", 503, openai("Service is too busy."), SERVER),
    ("deepseek", 400, openai("This model's maximum context length is 65536 tokens."), CONTEXT),
    # 通义千问
    (
        "dashscope",
        400,
        openai(
            "Access denied, please make sure your account is in good standing.",
            "Arrearage",
            "Arrearage",
        ),
        CREDIT,
    ),
    (
        "dashscope",
        403,
        openai("The free tier of the model has been exhausted.", "AllocationQuota.FreeTierOnly"),
        CREDIT,
    ),
    (
        "dashscope",
        429,
        openai(
            f"{QUOTA} For details, see: https://example.com/error-code#token-limit",
            "insufficient_quota",
            "insufficient_quota",
        ),
        RATE,
    ),
    ("dashscope", 429, openai("Requests throttling triggered.", "Throttling.RateQuota"), RATE),
    (
        "dashscope",
        429,
        openai(
            "Allocated quota exceeded, please increase your quota limit.",
            "Throttling.AllocationQuota",
        ),
        RATE,
    ),
    (
        "dashscope",
        400,
        openai("Input data may contain inappropriate content.", "data_inspection_failed"),
        MODERATED,
    ),
    ("dashscope", 401, openai("Incorrect API key provided.", "invalid_api_key"), KEY_REFUSED),
    ("dashscope", 404, openai("The model `qwen-x` does not exist.", "model_not_found"), MODEL),
    (
        "dashscope",
        403,
        bare("AccessDenied.Unpurchased", "Access to model denied. Please make sure"),
        MODEL,
    ),
    (
        "dashscope",
        400,
        openai("Range of input length should be [1, 30720]", "InvalidParameter"),
        CONTEXT,
    ),
    # 智谱
    ("zhipu", 429, openai("余额不足或无可用资源包,请充值。", "1113"), CREDIT),
    ("zhipu", 429, openai("您的账户已欠费，请充值后重试", "1113"), CREDIT),
    (
        "zhipu",
        429,
        openai("您当前使用该API的并发数过高，请降低并发，或联系客服增加限额。", "1302"),
        RATE,
    ),
    ("zhipu", 429, openai("您的账户已达到速率限制，请您控制请求频率", "1302"), RATE),
    ("zhipu", 429, openai("该模型当前访问量过大，请您稍后再试", "1305"), RATE),
    ("zhipu", 400, openai("系统检测到输入或生成内容可能包含不安全或敏感内容", "1301"), MODERATED),
    ("zhipu", 400, openai("模型不存在，请检查模型代码", "1211"), MODEL),
    ("zhipu", 401, openai("身份验证失败", "1000"), KEY_REFUSED),
    ("zhipu", 429, openai("账户存违规行为,账号已被锁定", "1121"), KEY_REFUSED),
    ("zhipu", 400, openai("Prompt 超长", "1261"), CONTEXT),
    (
        "zhipu",
        404,
        {"timestamp": "x", "status": 404, "error": "Not Found", "path": "/v1/v1"},
        ADDRESS,
    ),
    # Kimi
    (
        "kimi",
        429,
        openai(
            "Your account is suspended, please check your plan and billing details",
            None,
            "exceeded_current_quota_error",
        ),
        CREDIT,
    ),
    (
        "kimi",
        429,
        openai(
            "Your account reached max organization concurrency: 1, please try again "
            "after 1 seconds",
            None,
            "rate_limit_reached_error",
        ),
        RATE,
    ),
    (
        "kimi",
        429,
        openai("The engine is currently overloaded", None, "engine_overloaded_error"),
        RATE,
    ),
    (
        "kimi",
        400,
        openai(
            "The request was rejected because it was considered high risk", None, "content_filter"
        ),
        MODERATED,
    ),
    (
        "kimi",
        401,
        openai("Invalid Authentication", None, "invalid_authentication_error"),
        KEY_REFUSED,
    ),
    (
        "kimi",
        404,
        openai("Not found the model x or Permission denied", None, "resource_not_found_error"),
        MODEL,
    ),
    (
        "kimi",
        400,
        openai("Invalid request: Your request exceeded model token limit: 8192"),
        CONTEXT,
    ),
    ("kimi", 404, {"code": 5, "error": "url.not_found", "message": "没找到对象"}, ADDRESS),
    # 豆包
    (
        "ark",
        403,
        openai(
            "The request failed because your account has an overdue balance.",
            "AccountOverdueError",
            "Forbidden",
        ),
        CREDIT,
    ),
    (
        "ark",
        429,
        openai(
            "Your account has reached the set inference limit for the model",
            "SetLimitExceeded",
            "TooManyRequests",
        ),
        CREDIT,
    ),
    (
        "ark",
        429,
        openai("Requests are too frequent", "RateLimitExceeded.EndpointRPMExceeded"),
        RATE,
    ),
    (
        "ark",
        400,
        openai(
            "The request failed because the input text may contain sensitive information.",
            "SensitiveContentDetected",
        ),
        MODERATED,
    ),
    ("ark", 400, openai("The output text includes content", "OutputTextRiskDetection"), MODERATED),
    ("ark", 404, openai("Your account has not activated the model doubao.", "ModelNotOpen"), MODEL),
    (
        "ark",
        404,
        openai(
            "The model or endpoint ep-1 does not exist or you do not have access to it.",
            "InvalidEndpointOrModel.NotFound",
        ),
        MODEL,
    ),
    (
        "ark",
        401,
        openai("The API key or AK/SK in the request is missing or invalid.", "AuthenticationError"),
        KEY_REFUSED,
    ),
    # 硅基流动
    ("siliconflow", 403, bare(30001, "Sorry, your account balance is insufficient"), CREDIT),
    ("siliconflow", 400, bare(20012, "Model does not exist. Please check it carefully."), MODEL),
    (
        "siliconflow",
        429,
        {"message": "Request was rejected due to rate limiting. If you want more"},
        RATE,
    ),
    ("siliconflow", 401, "Invalid token", KEY_REFUSED),
    ("siliconflow", 503, bare(50505, "Model service overloaded. Please try again later."), SERVER),
    (
        "siliconflow",
        400,
        bare(20015, "length of prompt_tokens (9000) must be less than max_seq_len"),
        CONTEXT,
    ),
    # OpenAI
    ("openai", 429, openai(QUOTA, "insufficient_quota", "insufficient_quota"), CREDIT),
    (
        "openai",
        400,
        openai("Billing hard limit has been reached", "billing_hard_limit_reached"),
        CREDIT,
    ),
    (
        "openai",
        429,
        openai(
            "Rate limit reached for gpt on requests per min (RPM): Limit 3. Please try "
            "again in 20s.",
            "rate_limit_exceeded",
            "requests",
        ),
        RATE,
    ),
    (
        "openai",
        429,
        openai(
            "Request too large for gpt-4o on tokens per min (TPM): Limit 30000, Requested 40000.",
            "rate_limit_exceeded",
            "tokens",
        ),
        CONTEXT,
    ),
    (
        "openai",
        403,
        openai(
            "Country, region, or territory not supported",
            "unsupported_country_region_territory",
            "request_forbidden",
        ),
        REGION,
    ),
    (
        "openai",
        400,
        openai(
            "Your prompt was flagged as potentially violating our usage policy.", "invalid_prompt"
        ),
        MODERATED,
    ),
    (
        "openai",
        400,
        openai(
            "Your request was rejected as a result of our safety system.",
            "content_policy_violation",
        ),
        MODERATED,
    ),
    ("openai", 401, openai("Incorrect API key provided: sk-***", "invalid_api_key"), KEY_REFUSED),
    (
        "openai",
        404,
        openai(
            "The model `gpt-9` does not exist or you do not have access to it.", "model_not_found"
        ),
        MODEL,
    ),
    (
        "openai",
        404,
        openai("Invalid URL (POST /v1/v1/chat/completions)", None, "invalid_request_error"),
        ADDRESS,
    ),
    # Anthropic's compatible address
    (
        "anthropic",
        529,
        {"type": "error", "error": {"type": "overloaded_error", "message": "Overloaded"}},
        SERVER,
    ),
    (
        "anthropic",
        400,
        openai(
            "Your credit balance is too low to access the Anthropic API.",
            None,
            "invalid_request_error",
        ),
        CREDIT,
    ),
    (
        "anthropic",
        400,
        openai("Output blocked by content filtering policy", None, "invalid_request_error"),
        MODERATED,
    ),
    ("anthropic", 400, openai("prompt is too long: 210000 tokens > 200000 maximum"), CONTEXT),
    ("anthropic", 404, openai("model: claude-x", None, "not_found_error"), MODEL),
    ("anthropic", 401, openai("invalid x-api-key", None, "authentication_error"), KEY_REFUSED),
    ("anthropic", 429, openai("This request would exceed your organization's rate limit"), RATE),
    # Gemini's compatible address
    (
        "gemini",
        429,
        google(
            f"{QUOTA} * Quota exceeded for metric: free_tier_requests, limit: 250\n"
            "Please retry in 26.3s.",
            "RESOURCE_EXHAUSTED",
            429,
        ),
        RATE,
    ),
    ("gemini", 429, google(QUOTA, "RESOURCE_EXHAUSTED", 429, retryDelay="26s"), RATE),
    (
        "gemini",
        429,
        google("Resource has been exhausted (e.g. check quota).", "RESOURCE_EXHAUSTED", 429),
        RATE,
    ),
    (
        "gemini",
        400,
        google(
            "API key not valid. Please pass a valid API key.",
            "INVALID_ARGUMENT",
            400,
            reason="API_KEY_INVALID",
        ),
        KEY_REFUSED,
    ),
    (
        "gemini",
        400,
        google("User location is not supported for the API use.", "FAILED_PRECONDITION", 400),
        REGION,
    ),
    (
        "gemini",
        404,
        google("models/gemini-9 is not found for API version v1main", "NOT_FOUND", 404),
        MODEL,
    ),
    (
        "gemini",
        503,
        google("The model is overloaded. Please try again later.", "UNAVAILABLE", 503),
        SERVER,
    ),
    # OpenRouter
    (
        "openrouter",
        402,
        openai("Insufficient credits. Add more using https://example.com", 402),
        CREDIT,
    ),
    (
        "openrouter",
        402,
        openai("This request requires more credits, or fewer max_tokens.", 402),
        CREDIT,
    ),
    (
        "openrouter",
        403,
        {
            "error": {
                "code": 403,
                "message": "Provider returned error",
                "metadata": {
                    "reasons": ["violence"],
                    "flagged_input": "x",
                    "raw": "Your chosen model requires moderation and your input was flagged",
                },
            }
        },
        MODERATED,
    ),
    (
        "openrouter",
        429,
        {
            "error": {
                "code": 429,
                "message": "Rate limit exceeded: free-models-per-day. "
                "Add 10 credits to unlock 1000 free model requests per day",
            }
        },
        RATE,
    ),
    (
        "openrouter",
        429,
        {
            "error": {
                "code": 429,
                "message": "Provider returned error",
                "metadata": {
                    "raw": "x/y is temporarily rate-limited upstream. Please retry shortly"
                },
            }
        },
        RATE,
    ),
    ("openrouter", 404, openai("No endpoints found for x/y.", 404), MODEL),
    ("openrouter", 400, openai("x/y is not a valid model ID", 400), MODEL),
    ("openrouter", 401, openai("No auth credentials found", 401), KEY_REFUSED),
    ("openrouter", 403, openai("Key limit exceeded (total limit).", 403), CREDIT),
    # Mistral
    ("mistral", 401, {"message": "Unauthorized", "request_id": "x"}, KEY_REFUSED),
    (
        "mistral",
        400,
        {"object": "error", "message": "Invalid model: x", "type": "invalid_model", "code": "1500"},
        MODEL,
    ),
    ("mistral", 429, {"message": "Requests rate limit exceeded"}, RATE),
    (
        "mistral",
        429,
        {
            "object": "error",
            "message": "Service tier capacity exceeded for this model.",
            "code": "3505",
        },
        RATE,
    ),
    # new-api and one-api
    (
        "new-api",
        401,
        openai(
            "该令牌额度已用尽 !token.UnlimitedQuota && token.RemainQuota = -1", "", "new_api_error"
        ),
        CREDIT,
    ),
    ("new-api", 403, openai("用户额度不足, 剩余额度: ＄0.01", "insufficient_user_quota"), CREDIT),
    (
        "new-api",
        403,
        openai(
            "token quota is not enough, token remain quota: ＄0.25",
            "pre_consume_token_quota_failed",
        ),
        CREDIT,
    ),
    ("new-api", 403, openai("预扣费额度失败, 用户剩余额度: ¥0.1"), CREDIT),
    ("new-api", 401, openai("无效的令牌", "", "new_api_error"), KEY_REFUSED),
    ("new-api", 401, openai("该令牌已过期"), KEY_REFUSED),
    (
        "new-api",
        503,
        openai("当前分组 default 下对于模型 gpt-4 无可用渠道", "model_not_found"),
        MODEL,
    ),
    ("new-api", 403, openai("该令牌无权访问模型 gpt-4"), MODEL),
    ("new-api", 429, openai("您的请求过于频繁，请稍后再试"), RATE),
    ("new-api", 400, openai("用户输入包含敏感词", "sensitive_words_detected"), MODERATED),
    ("new-api", 500, openai("当前分组上游负载已饱和，请稍后再试"), SERVER),
    # Servers on one's own computer
    (
        "ollama",
        404,
        openai('model "x" not found, try pulling it first', None, "not_found_error"),
        MODEL,
    ),
    ("ollama", 404, "404 page not found", ADDRESS),
    ("ollama", 500, openai("model requires more system memory (8 GiB) than is available"), SERVER),
    (
        "ollama",
        503,
        openai("server busy, please try again. maximum pending requests exceeded"),
        SERVER,
    ),
    (
        "lm studio",
        404,
        openai("No models loaded. Please load a model in the developer page"),
        MODEL,
    ),
    (
        "lm studio",
        200,
        {"error": "Unexpected endpoint or method. (POST /api/chat/completions)"},
        ADDRESS,
    ),
    (
        "lm studio",
        400,
        {
            "error": "Trying to keep the first 5600 tokens when context the overflows. "
            "However, the model is loaded with context length of only 4096"
        },
        CONTEXT,
    ),
    ("llama.cpp", 503, openai("Loading model", 503, "unavailable_error"), SERVER),
    (
        "llama.cpp",
        400,
        openai(
            "request (9000 tokens) exceeds the available context size (4096 tokens)",
            400,
            "exceed_context_size_error",
        ),
        CONTEXT,
    ),
    ("llama.cpp", 500, openai("Context size has been exceeded.", 500, "server_error"), CONTEXT),
    ("llama.cpp", 401, openai("Invalid API Key", 401, "authentication_error"), KEY_REFUSED),
    ("llama.cpp", 404, openai("File Not Found", 404, "not_found_error"), ADDRESS),
    (
        "koboldcpp",
        503,
        {
            "detail": {
                "msg": "Server is busy; please try again later.",
                "type": "service_unavailable",
            }
        },
        SERVER,
    ),
    (
        "vllm",
        404,
        {
            "object": "error",
            "message": "The model `x` does not exist.",
            "type": "NotFoundError",
            "code": 404,
        },
        MODEL,
    ),
    (
        "vllm",
        400,
        {
            "object": "error",
            "message": "This model's maximum context length is 4096 tokens. "
            "However, you requested 5000 tokens",
            "code": 400,
        },
        CONTEXT,
    ),
    (
        "vllm",
        400,
        {"object": "error", "message": "max_tokens must be at least 1, got -100."},
        CONTEXT,
    ),
    ("fastapi", 404, {"detail": "Not Found"}, ADDRESS),
    ("gateway", 404, {"message": "no Route matched with those values"}, ADDRESS),
    ("express", 404, "Cannot POST /api/chat/completions", ADDRESS),
    ("gateway", 405, "Method Not Allowed", ADDRESS),
    # With status 200
    ("proxy", 200, bare(401, "无效的API密钥"), KEY_REFUSED),
    ("proxy", 200, bare(20001, "您的账户余额不足"), CREDIT),
    ("proxy", 200, {"code": 429, "msg": "too many requests"}, RATE),
    ("proxy", 200, {"success": False, "message": "internal failure", "code": "E1"}, SERVER),
    (
        "minimax",
        200,
        {"base_resp": {"status_code": 1008, "status_msg": "insufficient balance"}},
        CREDIT,
    ),
    (
        "minimax",
        200,
        {"base_resp": {"status_code": 1026, "status_msg": "input new_sensitive"}},
        MODERATED,
    ),
    ("minimax", 200, {"base_resp": {"status_code": 1002, "status_msg": "rate limit"}}, RATE),
    # Nested once more
    (
        "proxy",
        500,
        openai('upstream said: {"error":{"message":"Insufficient Balance","code":"x"}}'),
        CREDIT,
    ),
    (
        "proxy",
        429,
        openai(json.dumps(google(QUOTA, "RESOURCE_EXHAUSTED", 429, retryDelay="9s"))),
        RATE,
    ),
]
