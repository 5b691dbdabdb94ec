"""Resolved things attached to each other: relations, co-mentions and citations. Never merges."""
