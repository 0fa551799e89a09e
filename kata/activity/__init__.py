"""What happened, by whom and when: the one append-only record that history, audit and notifications read."""
