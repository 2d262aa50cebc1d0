"""What passes between us and a server over HTTP: its bytes, its words, and how long it may take."""
