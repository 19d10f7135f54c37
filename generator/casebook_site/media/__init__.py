"""Photos and files as they are published: what they show, and nothing of who made them and where."""
