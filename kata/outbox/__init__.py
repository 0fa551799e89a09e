"""The outbox: mails that are to be sent, and sending each of them once."""
