"""Traffic with a server over HTTP: its bytes, its words, and how long it may take."""
