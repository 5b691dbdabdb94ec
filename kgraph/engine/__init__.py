"""How stages are run: rows mapped over processes, set statements in SQL."""
