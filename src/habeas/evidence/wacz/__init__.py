"""Packages of recordings in WACZ 1.1.1, with our own index and page list, signed (wacz-auth 0.1.0).

    packaged = write_wacz(Path("out.wacz"), Contents(archives=[warc]), signer=signer)

The common packer leaves out the page list of pages in windows-1251 and indexes nothing that was
not linked from another page; and what it checks, it checks against hashes that anybody can redo.
"""

from habeas.evidence.wacz.package import Contents, Packaged, PackageSigner, write_wacz

__all__ = ["Contents", "PackageSigner", "Packaged", "write_wacz"]
