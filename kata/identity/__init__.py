"""Who someone is: accounts, sign-in, sessions, one-time links and the profile."""
