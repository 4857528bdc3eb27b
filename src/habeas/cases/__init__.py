"""Case files: one page per person, statements with a speaker, disputes in the open.

Each folder here is one feature and a Django app of its own: models, pages, templates together.
A feature is plugged in by being there (see `features`); delete the folder and it is gone. All of
them stand on `statements`; none but the pages that gather (sheet, board, dossier) knows another.
"""
