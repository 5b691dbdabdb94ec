"""Papers and citations from the services that know them, as files that `build` reads."""
