"""Looking for one sought person in saved or recorded pages: places in, findings out.

The room joins the ones below it: it reads places (files, folders, archives), lets the sources read
the bytes, lets `names` compare every name that is printed there, and adds up what could and what
could not be looked at. It asks nobody anything: addresses are captured first, by `fetch`.
"""
