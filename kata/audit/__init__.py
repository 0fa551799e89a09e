"""The audit log: who did what, when and from where, for administrators; it reads the record and writes nothing."""
