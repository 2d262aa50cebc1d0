"""The child process that runs the built-in model. Started by ``builtin``, never by hand.

It serves the OpenAI API on 127.0.0.1 with llama.cpp, prints its address as one line of JSON, and
exits when its standard input is closed, which happens however the parent ends.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import threading
from collections.abc import Sequence

KEY_VARIABLE = "ARBORIS_BUILTIN_KEY"
"""The environment variable that passes the key to the child; arguments would be visible to every
user."""

_NICENESS = 5

_BATCH_TOKENS = 64
"""Tokens of a prompt that are processed at a time.

Other answers pause meanwhile: with llama.cpp's default of 2048, a chapter stops streaming for
twenty seconds on a slow machine; with 64, for less than one, and prompts take a sixth longer.
"""


def main(argv: Sequence[str]) -> int:
    """Serves until standard input is closed. Returns 1 if the model cannot be loaded."""
    options = _parser().parse_args(argv)
    report = _take_stdout()
    # Before the model is loaded: the parent may exit meanwhile.
    threading.Thread(target=_exit_with_parent, daemon=True).start()
    if hasattr(os, "nice"):
        os.nice(_NICENESS)
    try:
        server = _start(options)
        address = server.listening_address
    except Exception as error:
        # Whatever the native library raises: the parent turns it into an error for the author.
        os.write(report, _line({"error": f"{type(error).__name__}: {error}"}))
        return 1
    os.write(report, _line({"base_url": f"{address}/v1"}))
    threading.Event().wait()
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="arboris-desktop --builtin-server")
    parser.add_argument("--model", required=True)
    parser.add_argument("--alias", required=True)
    parser.add_argument("--slots", type=int, required=True)
    parser.add_argument("--slot-tokens", type=int, required=True)
    parser.add_argument("--threads", type=int, required=True)
    return parser


def _take_stdout() -> int:
    """Returns a private descriptor of standard output; everything else that is printed goes to the
    log."""
    report = os.dup(1)
    os.dup2(2, 1)
    return report


def _exit_with_parent() -> None:
    while os.read(0, 1024):
        pass
    # Exit at once: native threads are busy and hold nothing that has to be saved.
    os._exit(0)


def _start(options: argparse.Namespace):  # type: ignore[no-untyped-def]
    import xllamacpp

    params = xllamacpp.CommonParams()
    params.model.path = options.model
    params.model_alias = {options.alias}
    params.hostnames = ["127.0.0.1"]
    params.port = 0
    params.api_keys = [os.environ.pop(KEY_VARIABLE)]
    params.n_parallel = options.slots
    params.n_ctx = options.slots * options.slot_tokens
    params.kv_unified = False
    params.n_batch = params.n_ubatch = _BATCH_TOKENS
    params.cpuparams.n_threads = options.threads
    # Processing a prompt may use every core: the author is waiting for the first word.
    params.cpuparams_batch.n_threads = os.cpu_count() or options.threads
    # llama.cpp would otherwise cache up to 8 GB of old prompts.
    params.cache_ram_mib = 0
    params.verbosity = 0
    return xllamacpp.Server(params)


def _line(message: dict[str, str]) -> bytes:
    return json.dumps(message).encode() + b"\n"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
