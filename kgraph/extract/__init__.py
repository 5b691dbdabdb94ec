"""What one text says: title and abstract in, mentions and relation mentions out. Pure; knows no other text."""
