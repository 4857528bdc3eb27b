"""Row security of PostgreSQL: the database itself keeps a member from the rows of other cases.

Each member with named cases has a role of the database, which cannot sign in. A request of theirs
runs as that role, and the policies ask who runs: `current_user`, never a setting that a client
could write. The policies are made of the very rules that the managers follow (`seen_by`).
"""
