"""What is believed, as files. One file per format, one line each in the registry."""
