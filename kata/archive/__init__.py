"""An installation as files: backup, restore, export, and whether what it holds is whole.

It reads the tables by what the database says of them, not by the models, so that an older schema is read as it is and
a room that is added tomorrow is not forgotten.
"""
