"""A build as a plan for many machines: the functions of the other rooms, called for one paper or one name at a time.

What a function needs from beyond its own rows is brought to it by keys: records by what may make them one paper,
names by the key under which spellings meet, entities by their names. Nothing that grows with the collection comes to
one machine; what does is counted first (`Rows.few`) and listed in docs/cluster.md.
"""
