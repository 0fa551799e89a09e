"""The coaching kata: a coach asks five questions at a learner's board, a second coach helps the coach to ask them.

What is written about a person here is for that person and their coaches; ``queries.people`` says who those are, and
every other query of the room is built on it.
"""
