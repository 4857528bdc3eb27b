"""The vault: everything a home keeps is encrypted if its user sets a passphrase.

One random key encrypts: the database through SQLCipher, every file through age. That key is kept
in `vault.json`, wrapped twice: by the passphrase, and by a recovery key that is printed on paper.
See `docs/how-to/protect-with-a-passphrase.md` and decision 0004.

    keys.py     the random key, wrapped and opened
    opened.py   whether this process has opened the home
    bytes.py    files written and read through it
    turning.py  an unencrypted home turned into an encrypted one
    database.py the same for its database
    backup.py   encrypted copies of a home
    register.py which copies were made, and which were destroyed
    using.py    who works in a home just now
"""
