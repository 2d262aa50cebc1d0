"""Plain data and rules of the novel and its analysis. Imports nothing else of ours."""
