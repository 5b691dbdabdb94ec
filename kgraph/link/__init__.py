"""Resolved things attached to each other: relations and co-mentions. Never merges."""
