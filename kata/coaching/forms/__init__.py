"""What the room asks for: shapes and required fields; the rules live with the models and the actions."""
