"""Every failure that habeas tells a person about: one class per cause, one file per room.

The base says what each error answers; rooms below import from here only.
"""

from habeas.errors.base import Exit, HabeasError, Retry
from habeas.errors.cases import (
    DeskTaken,
    NothingIsChanged,
    StatementRefused,
    UploadRefused,
)
from habeas.errors.evidence import (
    AuthoritiesRefused,
    EvidenceNotSealed,
    EvidenceNotWritten,
    ImportRefused,
    KeyLocked,
    KeyLost,
    KeyRefused,
    LogNotWritten,
    RecordingUnreadable,
    SealUnknown,
    StoreBusy,
    StoreNewer,
    StoreRefused,
)
from habeas.errors.exhibit import (
    NothingToExhibit,
    NotToBeVerified,
    PackageTaken,
    PaperNotMade,
)
from habeas.errors.fetch import (
    AddressNotOurs,
    AddressRefused,
    CertificateUnusable,
    HeaderRefused,
    PictureNotMade,
    RouteUnclear,
    RouteUnknown,
    VisitUnclear,
)
from habeas.errors.finding import (
    PlaceMissing,
    SearchInterrupted,
)
from habeas.errors.names import (
    CountsRefused,
    NameTooLong,
    NothingLearned,
    NothingToCompare,
    TableRefused,
)
from habeas.errors.reading import (
    NothingToRead,
    OverlapImpossible,
    TextTooLong,
    UnitsDiffer,
)
from habeas.errors.replica import (
    ReplicaRefused,
    ScriptRefused,
)
from habeas.errors.site import (
    DatabaseNotReady,
    NobodyMayAsk,
    PlaceTaken,
    PortTaken,
)
from habeas.errors.sources import (
    DirectoryBroken,
    DirectoryRefused,
    NameInAddress,
    NameWouldLeave,
    NothingProposed,
    RowsUnreadable,
    SourceBroken,
    SourceUnknown,
)
from habeas.errors.watch import (
    ChannelUnclear,
    DecisionRefused,
    LeaseLost,
    ListRefused,
    QuietHoursUnclear,
    WatcherRunning,
)

__all__ = [
    "AddressNotOurs",
    "AddressRefused",
    "AuthoritiesRefused",
    "CertificateUnusable",
    "ChannelUnclear",
    "CountsRefused",
    "DatabaseNotReady",
    "DecisionRefused",
    "DeskTaken",
    "DirectoryBroken",
    "DirectoryRefused",
    "EvidenceNotSealed",
    "EvidenceNotWritten",
    "Exit",
    "HabeasError",
    "HeaderRefused",
    "ImportRefused",
    "KeyLocked",
    "KeyLost",
    "KeyRefused",
    "LeaseLost",
    "ListRefused",
    "LogNotWritten",
    "NameInAddress",
    "NameTooLong",
    "NameWouldLeave",
    "NobodyMayAsk",
    "NotToBeVerified",
    "NothingIsChanged",
    "NothingLearned",
    "NothingProposed",
    "NothingToCompare",
    "NothingToExhibit",
    "NothingToRead",
    "OverlapImpossible",
    "PackageTaken",
    "PaperNotMade",
    "PictureNotMade",
    "PlaceMissing",
    "PlaceTaken",
    "PortTaken",
    "QuietHoursUnclear",
    "RecordingUnreadable",
    "ReplicaRefused",
    "Retry",
    "RouteUnclear",
    "RouteUnknown",
    "RowsUnreadable",
    "ScriptRefused",
    "SealUnknown",
    "SearchInterrupted",
    "SourceBroken",
    "SourceUnknown",
    "StatementRefused",
    "StoreBusy",
    "StoreNewer",
    "StoreRefused",
    "TableRefused",
    "TextTooLong",
    "UnitsDiffer",
    "UploadRefused",
    "VisitUnclear",
    "WatcherRunning",
]
