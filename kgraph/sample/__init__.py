"""The embedded sample: well-known papers on machine-learning systems and hardware, summarised in our own words."""
