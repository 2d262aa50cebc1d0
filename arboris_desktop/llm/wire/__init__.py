"""Communication with a server over HTTP: bytes, messages, and time limits."""
