"""Taking from an answer what is not the answer: thoughts, tokens of templates, words to us."""
