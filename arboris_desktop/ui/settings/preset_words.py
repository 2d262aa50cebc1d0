"""Advice on servers, for choosing one."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from arboris_desktop.domain.server_presets import ServerPreset
from arboris_desktop.ui.i18n import QT_TRANSLATE_NOOP

HINTS = {
    "deepseek": QT_TRANSLATE_NOOP(
        "PresetHints",
        "Writes Chinese and English well at a low price. Paid in advance; outside the working "
        "hours of Beijing for half of the price below.",
    ),
    "dashscope": QT_TRANSLATE_NOOP(
        "PresetHints",
        "Alibaba Cloud in Beijing; an account outside China has another address, "
        "dashscope-intl.aliyuncs.com.",
    ),
    "zhipu": QT_TRANSLATE_NOOP(
        "PresetHints", "The address ends in /v4. Some small models of it are free."
    ),
    "moonshot": QT_TRANSLATE_NOOP(
        "PresetHints",
        "A new account is allowed few requests a minute: set the limit below if it refuses. "
        "Outside China the address is api.moonshot.ai.",
    ),
    "ark": QT_TRANSLATE_NOOP(
        "PresetHints",
        "A model has to be activated in the console first; the id of an endpoint (ep-…) does as a "
        "model, too.",
    ),
    "siliconflow": QT_TRANSLATE_NOOP(
        "PresetHints", "Open models of many makers with one key; a name has its maker before it."
    ),
    "minimax": QT_TRANSLATE_NOOP(
        "PresetHints",
        "Outside China the address is api.minimax.io. A key of a subscription is another than one "
        "that is paid by use.",
    ),
    "stepfun": QT_TRANSLATE_NOOP("PresetHints", "Test the connection to list its models."),
    "hunyuan": QT_TRANSLATE_NOOP(
        "PresetHints",
        "The key is the one for OpenAI's protocol, made in the console. Test the connection to "
        "list the models.",
    ),
    "qianfan": QT_TRANSLATE_NOOP(
        "PresetHints", "The address ends in /v2. The key begins with bce-v3/."
    ),
    "spark": QT_TRANSLATE_NOOP(
        "PresetHints",
        "The key is the APIPassword of the model's page, and each model may have one of its own.",
    ),
    "xai": QT_TRANSLATE_NOOP(
        "PresetHints", "The key needs credit of its own: a subscription to Grok is not enough."
    ),
    "groq": QT_TRANSLATE_NOOP(
        "PresetHints",
        "Open models, very fast. Without payment few tokens a minute are allowed: a long chapter "
        "may have to wait.",
    ),
    "together": QT_TRANSLATE_NOOP(
        "PresetHints", "Open models of many makers; a name has its maker before it."
    ),
    "fireworks": QT_TRANSLATE_NOOP(
        "PresetHints",
        "Open models of many makers; a name begins with accounts/fireworks/models/.",
    ),
    "cohere": QT_TRANSLATE_NOOP(
        "PresetHints",
        "Through its address for OpenAI's protocol. A trial key is allowed few calls a minute.",
    ),
    "openai": QT_TRANSLATE_NOOP(
        "PresetHints", "The key needs credit of its own: a subscription to ChatGPT is not enough."
    ),
    "anthropic": QT_TRANSLATE_NOOP(
        "PresetHints",
        "Through its address for OpenAI's protocol. A subscription to Claude is not enough; the "
        "key needs credit.",
    ),
    "gemini": QT_TRANSLATE_NOOP(
        "PresetHints",
        "Through its address for OpenAI's protocol. Keys without payment are allowed few requests "
        "a day.",
    ),
    "openrouter": QT_TRANSLATE_NOOP(
        "PresetHints", "Models of nearly all makers with one key; a name has its maker before it."
    ),
    "mistral": QT_TRANSLATE_NOOP(
        "PresetHints", "Writes European languages well; a maker in France."
    ),
    "ollama": QT_TRANSLATE_NOOP(
        "PresetHints",
        "Needs no key. Load a model first, for instance “ollama pull qwen3:8b”. It reads 4,096 "
        "tokens only, unless OLLAMA_CONTEXT_LENGTH says more: 16384 is good.",
    ),
    "lm-studio": QT_TRANSLATE_NOOP(
        "PresetHints",
        "Needs no key. Load a model and start the server on its page for developers, with a "
        "context of 16384 or more.",
    ),
    "llama-cpp": QT_TRANSLATE_NOOP(
        "PresetHints",
        "Needs no key. Start “llama-server -m model.gguf -c 16384”; it serves the model it was "
        "started with.",
    ),
    "koboldcpp": QT_TRANSLATE_NOOP(
        "PresetHints",
        "Needs no key. It serves the model it was started with; set its context size.",
    ),
    "vllm": QT_TRANSLATE_NOOP(
        "PresetHints",
        "Needs no key, unless it was started with one. It answers several calls at once: set so "
        "below.",
    ),
    "sglang": QT_TRANSLATE_NOOP(
        "PresetHints",
        "Needs no key, unless it was started with one. It answers several calls at once: set so "
        "below.",
    ),
    "text-generation-webui": QT_TRANSLATE_NOOP(
        "PresetHints", "Needs no key. Start it with --api, and load a model on its page."
    ),
    "new-api": QT_TRANSLATE_NOOP(
        "PresetHints",
        "A proxy of your own or of somebody else: its address, and a token that was made on it. "
        "Which models there are is its matter; test the connection to list them.",
    ),
}


def preset_hint(preset: ServerPreset) -> str:
    """Returns advice on a server, in the language of the window."""
    return QCoreApplication.translate("PresetHints", HINTS[preset.id])
