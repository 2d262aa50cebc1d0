"""The child process that runs the built-in model: llama.cpp's server on the loopback address.

A process of its own, so that neither a crash of native code nor its work can harm the window.
"""

from __future__ import annotations

import json
import os
import sys

CONTEXT_TOKENS = 8192
SLOTS = 2
"""Requests answered at once; the context is divided among them."""

KEY_VARIABLE = "ARBORIS_BUILT_IN_KEY"


def main(arguments: list[str]) -> int:
    """Serves the model file named by the first argument until standard input is closed.

    The second argument is the number of threads. Prints one line of JSON with the address.
    """
    import xllamacpp

    if hasattr(os, "nice"):
        os.nice(5)
    parameters = xllamacpp.CommonParams()
    parameters.model.path = arguments[0]
    parameters.n_ctx = CONTEXT_TOKENS
    parameters.n_parallel = SLOTS
    parameters.model_alias = {os.path.splitext(os.path.basename(arguments[0]))[0]}
    parameters.hostnames = ["127.0.0.1"]
    parameters.port = 0
    parameters.api_keys = [os.environ.pop(KEY_VARIABLE)]
    parameters.verbosity = 0
    parameters.cache_ram_mib = 0
    parameters.cpuparams.n_threads = int(arguments[1])
    server = xllamacpp.Server(parameters)
    # Standard output is the parent's pipe; what llama.cpp prints goes to standard error.
    os.write(1, json.dumps({"base_url": server.listening_address}).encode() + b"\n")
    # The pipe closes when the parent ends, however it ends: no model is left running.
    while sys.stdin.buffer.read(1024):
        pass
    sys.stdout.flush()
    os._exit(0)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
