"""The inspiration dialogue: questions, choices, and the brief that comes of them."""
