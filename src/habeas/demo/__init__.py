"""The true story in a minute, on a replica: the pages are ours, the people around him are invented.

What public reports said of the case of Izzat Amon is told with its speakers; every other name, each
number and each judge on the replica is invented. The replica is served on loopback and captured,
read and compared by the same code that works on real sources.
"""
