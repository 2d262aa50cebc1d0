"""Model providers: one protocol, an OpenAI-compatible client, and the built-in model."""
