"""The rule of an audience, as a tree: checked, worked out in SQL, put into words, and
changed a step at a time. Nothing here writes to the database.

A rule is {"all": [...]}, {"any": [...]}, {"not": rule} or a leaf {"kind": key, ...}. A
place in it is "2.1": the first within the second; "" is the whole.
"""
