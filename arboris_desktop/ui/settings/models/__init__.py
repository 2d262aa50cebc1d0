"""The page of the settings about models: profiles, and which task goes to which."""
