"""The settings page about models: profiles, and which task goes to which."""
