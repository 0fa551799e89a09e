"""The skills of the catalogue, by the names under which stories speak of them."""

DIRECTION, CURRENT, TARGET = "Understand the direction", "Grasp the current condition", "Set a target condition"
OBSTACLES, EXPERIMENT, LEARN = "Identify and focus obstacles", "Design an experiment", "Predict and learn"
ORDER, LISTEN, FOLLOW = "Ask in order", "Listen for the threshold", "Follow up"
FEEDBACK, PLAN = "Give feedback on the pattern", "Plan the next cycle"
