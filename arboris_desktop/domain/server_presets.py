"""The servers that authors usually have: where they are, what they offer, and what it costs.

Prices are those of a day and the author may change them; a server without prices costs nothing, or
nobody knows what.
"""

from __future__ import annotations

from datetime import date
from urllib.parse import urlsplit

from arboris_desktop.domain.profiles import is_loopback
from arboris_desktop.domain.record import record
from arboris_desktop.domain.settings import PriceSettings

_SUMMER, _AUTUMN = date(2026, 7, 2), date(2026, 11, 29)
"""The days on which prices and contexts were looked up."""

USEFUL_CONTEXT = 65_536
"""More is not proposed: what a chapter is told grows with it, and so does what it costs."""


@record
class UsualModel:
    """A model that writes. Prices are per million tokens, in the currency that is paid there.

    ``context_tokens`` is 0 where it depends on how the server was started; prices are 0 where
    nobody knows them. Where they go by the hour, the higher ones stand here. ``looked_up`` is of
    what day all this is.
    """

    name: str
    context_tokens: int = 0
    input_price: float = 0.0
    output_price: float = 0.0
    currency: str = "USD"
    cached_price: float = 0.0
    looked_up: date = _SUMMER

    @property
    def proposed_context(self) -> int:
        """The context to enter for it; see ``USEFUL_CONTEXT``."""
        return min(self.context_tokens, USEFUL_CONTEXT)

    @property
    def prices(self) -> PriceSettings:
        """Prices of its tokens."""
        return PriceSettings(self.input_price, self.output_price, self.currency, self.cached_price)


@record
class ServerPreset:
    """A server. ``key_page`` is where its keys are made; empty where it needs none.

    ``id`` names its hint. ``is_chinese`` is one that authors in China reach, and pay.
    """

    id: str
    name: str
    address: str
    models: tuple[UsualModel, ...] = ()
    key_page: str = ""
    is_chinese: bool = False

    @property
    def is_here(self) -> bool:
        """True if it runs on the author's own computer."""
        return is_loopback(urlsplit(self.address).hostname or "")

    def model(self, name: str) -> UsualModel | None:
        """The usual model of that name; ``None`` for any other."""
        return next((model for model in self.models if model.name == name), None)


@record
class LocalServer:
    """A server that was found running on this computer, with the models that it lists."""

    name: str
    base_url: str
    models: tuple[str, ...]


PRESETS = (
    ServerPreset(
        "deepseek",
        "DeepSeek",
        "https://api.deepseek.com/v1",
        (
            UsualModel("deepseek-flash", 1_000_000, 2.0, 8.0, "CNY", 0.04, _AUTUMN),
            UsualModel("deepseek-v4-pro", 1_000_000, 9.0, 27.0, "CNY", 0.3, _AUTUMN),
            UsualModel("deepseek-v4-flash", 1_000_000, 2.0, 8.0, "CNY", 0.04, _AUTUMN),
        ),
        "https://platform.deepseek.com/api_keys",
        is_chinese=True,
    ),
    ServerPreset(
        "dashscope",
        "通义千问 Qwen (DashScope)",
        "https://dashscope.aliyuncs.com/compatible-mode/v1",
        (
            UsualModel("qwen3.7-plus", 1_000_000, 0.5, 3.0),
            UsualModel("qwen3.7-max", 1_000_000, 2.5, 7.5),
            UsualModel("qwen3.6-flash", 1_000_000, 0.1875, 1.125),
            UsualModel("qwen-plus", 1_000_000, 0.115, 0.287),
        ),
        "https://bailian.console.aliyun.com/?tab=model#/api-key",
        is_chinese=True,
    ),
    ServerPreset(
        "zhipu",
        "智谱 GLM (Zhipu)",
        "https://open.bigmodel.cn/api/paas/v4",
        (
            UsualModel("glm-5.2", 1_000_000, 1.4, 4.4),
            UsualModel("glm-4.7", 204_800, 0.6, 2.2),
            UsualModel("glm-4.5-air", 131_072, 0.2, 1.1),
        ),
        "https://open.bigmodel.cn/usercenter/apikeys",
        is_chinese=True,
    ),
    ServerPreset(
        "moonshot",
        "Kimi (Moonshot)",
        "https://api.moonshot.cn/v1",
        (
            UsualModel("kimi-k2.6", 262_144, 0.95, 4.0),
            UsualModel("kimi-k3", 1_048_576, 20.0, 100.0, "CNY", 2.0, _AUTUMN),
            UsualModel("kimi-k2.5", 262_144, 0.6, 3.0),
        ),
        "https://platform.moonshot.cn/console/api-keys",
        is_chinese=True,
    ),
    ServerPreset(
        "ark",
        "豆包 Doubao (Ark)",
        "https://ark.cn-beijing.volces.com/api/v3",
        (
            UsualModel("doubao-seed-1-8-251228", 256_000, 0.12, 1.0),
            UsualModel("doubao-seed-2-1-pro-260915", 256_000, 6.0, 30.0, "CNY", 0.0, _AUTUMN),
            UsualModel("doubao-seed-1-6-251015", 256_000, 0.12, 1.0),
            UsualModel("doubao-seed-1-6-flash-250828", 256_000, 0.02, 0.22),
        ),
        "https://console.volcengine.com/ark/region:ark+cn-beijing/apiKey",
        is_chinese=True,
    ),
    ServerPreset(
        "siliconflow",
        "硅基流动 SiliconFlow",
        "https://api.siliconflow.cn/v1",
        (
            UsualModel("deepseek-ai/DeepSeek-V4-Flash", 1_000_000, 0.14, 0.28),
            UsualModel("deepseek-ai/DeepSeek-V3.2", 164_000, 0.27, 0.42),
            UsualModel("zai-org/GLM-5.2", 1_000_000, 1.4, 4.4),
            UsualModel("Qwen/Qwen3-8B", 131_000, 0.06, 0.06),
        ),
        "https://cloud.siliconflow.cn/account/ak",
        is_chinese=True,
    ),
    ServerPreset(
        "minimax",
        "MiniMax",
        "https://api.minimaxi.com/v1",
        (
            UsualModel("MiniMax-M3", 1_000_000, 0.3, 1.2, "USD", 0.06, _AUTUMN),
            UsualModel("MiniMax-M2.7", 204_800, 0.3, 1.2, "USD", 0.06, _AUTUMN),
        ),
        "https://platform.minimaxi.com/user-center/basic-information/interface-key",
        is_chinese=True,
    ),
    ServerPreset(
        "stepfun",
        "阶跃星辰 StepFun",
        "https://api.stepfun.com/v1",
        key_page="https://platform.stepfun.com/interface-key",
        is_chinese=True,
    ),
    ServerPreset(
        "hunyuan",
        "腾讯混元 Hunyuan",
        "https://api.hunyuan.cloud.tencent.com/v1",
        key_page="https://console.cloud.tencent.com/hunyuan/api-key",
        is_chinese=True,
    ),
    ServerPreset(
        "qianfan",
        "百度千帆 Qianfan",
        "https://qianfan.baidubce.com/v2",
        key_page="https://console.bce.baidu.com/iam/#/iam/apikey/list",
        is_chinese=True,
    ),
    ServerPreset(
        "spark",
        "讯飞星火 Spark",
        "https://spark-api-open.xf-yun.com/v1",
        key_page="https://console.xfyun.cn/services",
        is_chinese=True,
    ),
    ServerPreset(
        "openai",
        "OpenAI",
        "https://api.openai.com/v1",
        (
            UsualModel("gpt-5.4", 1_050_000, 2.5, 15.0),
            UsualModel("gpt-5.5", 1_050_000, 5.0, 30.0),
            UsualModel("gpt-5.4-mini", 400_000, 0.75, 4.5),
            UsualModel("gpt-4.1", 1_047_576, 2.0, 8.0),
        ),
        "https://platform.openai.com/api-keys",
    ),
    ServerPreset(
        "anthropic",
        "Anthropic (Claude)",
        "https://api.anthropic.com/v1",
        (
            UsualModel("claude-sonnet-5-5", 200_000, 2.0, 10.0, "USD", 0.1, _AUTUMN),
            UsualModel("claude-opus-5-5", 200_000, 4.0, 20.0, "USD", 0.2, _AUTUMN),
            UsualModel("claude-haiku-5-5", 200_000, 0.1, 0.5, "USD", 0.01, _AUTUMN),
            UsualModel("claude-sonnet-5", 1_000_000, 2.0, 10.0, "USD", 0.2, _AUTUMN),
        ),
        "https://console.anthropic.com/settings/keys",
    ),
    ServerPreset(
        "gemini",
        "Google Gemini",
        "https://generativelanguage.googleapis.com/v1beta/openai",
        (
            UsualModel("gemini-3.5-flash", 1_048_576, 1.5, 9.0),
            UsualModel("gemini-3.1-pro-preview", 1_048_576, 2.0, 12.0),
            UsualModel("gemini-3.1-flash-lite", 1_048_576, 0.25, 1.5),
        ),
        "https://aistudio.google.com/apikey",
    ),
    ServerPreset(
        "openrouter",
        "OpenRouter",
        "https://openrouter.ai/api/v1",
        (
            UsualModel("anthropic/claude-sonnet-5", 1_000_000, 2.0, 10.0),
            UsualModel("google/gemini-3.5-flash", 1_048_576, 1.5, 9.0),
            UsualModel("deepseek/deepseek-v4-flash", 1_048_575, 0.098, 0.196),
            UsualModel("qwen/qwen3.7-plus", 1_000_000, 0.32, 1.28),
        ),
        "https://openrouter.ai/settings/keys",
    ),
    ServerPreset(
        "mistral",
        "Mistral",
        "https://api.mistral.ai/v1",
        (
            UsualModel("mistral-large-latest", 262_144, 0.5, 1.5),
            UsualModel("mistral-medium-latest", 262_144, 0.4, 2.0),
            UsualModel("mistral-small-latest", 256_000, 0.15, 0.6),
        ),
        "https://console.mistral.ai/api-keys",
    ),
    ServerPreset(
        "xai",
        "xAI (Grok)",
        "https://api.x.ai/v1",
        (
            UsualModel("grok-4.6", 500_000, 2.0, 6.0, "USD", 0.5, _AUTUMN),
            UsualModel("grok-4.3", 1_000_000, 1.25, 2.5, "USD", 0.0, _AUTUMN),
        ),
        "https://console.x.ai",
    ),
    ServerPreset(
        "groq",
        "Groq",
        "https://api.groq.com/openai/v1",
        (
            UsualModel("openai/gpt-oss-120b", 131_072, 0.15, 0.6, "USD", 0.0, _AUTUMN),
            UsualModel("llama-3.3-70b-versatile", 131_072, 0.59, 0.79, "USD", 0.0, _AUTUMN),
        ),
        "https://console.groq.com/keys",
    ),
    ServerPreset(
        "together",
        "Together",
        "https://api.together.xyz/v1",
        key_page="https://api.together.ai/settings/api-keys",
    ),
    ServerPreset(
        "fireworks",
        "Fireworks",
        "https://api.fireworks.ai/inference/v1",
        key_page="https://app.fireworks.ai/settings/users/api-keys",
    ),
    ServerPreset(
        "cohere",
        "Cohere",
        "https://api.cohere.ai/compatibility/v1",
        key_page="https://dashboard.cohere.com/api-keys",
    ),
    ServerPreset(
        "ollama",
        "Ollama",
        "http://localhost:11434/v1",
        (UsualModel("qwen3:8b"), UsualModel("qwen3:4b"), UsualModel("gemma3:12b")),
    ),
    ServerPreset("lm-studio", "LM Studio", "http://localhost:1234/v1"),
    ServerPreset("llama-cpp", "llama.cpp", "http://localhost:8080/v1"),
    ServerPreset("koboldcpp", "KoboldCpp", "http://localhost:5001/v1"),
    ServerPreset("vllm", "vLLM", "http://localhost:8000/v1"),
    ServerPreset("sglang", "SGLang", "http://localhost:30000/v1"),
    ServerPreset("text-generation-webui", "text-generation-webui", "http://localhost:5000/v1"),
    ServerPreset(
        "new-api",
        "new-api / one-api",
        "http://localhost:3000/v1",
        key_page="http://localhost:3000/token",
    ),
)
"""Those that the settings offer."""


def offered_presets(*, chinese_first: bool) -> tuple[ServerPreset, ...]:
    """The presets in the order in which an author looks for them; those of this computer last."""
    return tuple(
        sorted(PRESETS, key=lambda preset: (preset.is_here, preset.is_chinese != chinese_first))
    )


def preset_at(address: str) -> ServerPreset | None:
    """The preset that an address belongs to, however it was typed; ``None`` for any other."""
    wanted = _place(address)
    return next((preset for preset in PRESETS if _place(preset.address) == wanted), None)


def usual_model(address: str, name: str) -> UsualModel | None:
    """The facts known about a model at an address; ``None`` when there are none."""
    preset = preset_at(address)
    return preset.model(name) if preset else None


def _place(address: str) -> tuple[str, str, int | None, str]:
    """Scheme, host, port and path; every name of this computer is the same host."""
    text = address.strip()
    try:
        parts = urlsplit(text if "://" in text else f"https://{text}")
        port = parts.port
    except ValueError:
        return "", "", None, text
    host = parts.hostname or ""
    path = parts.path.rstrip("/")
    return parts.scheme, "localhost" if is_loopback(host) else host, port, path or "/v1"
