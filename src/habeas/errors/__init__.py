"""Every failure that habeas tells a person about: one class per cause, one file per room.

The base says what each error answers; rooms below import from here only.
"""

from habeas.errors.base import Exit, HabeasError, Retry
from habeas.errors.evidence import (
    EvidenceNotWritten,
    RecordingUnreadable,
)
from habeas.errors.fetch import (
    AddressNotOurs,
    AddressRefused,
    CertificateUnusable,
    HeaderRefused,
    RouteUnknown,
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
    "CertificateUnusable",
    "ChannelUnclear",
    "CountsRefused",
    "DatabaseNotReady",
    "DecisionRefused",
    "DirectoryBroken",
    "DirectoryRefused",
    "EvidenceNotWritten",
    "Exit",
    "HabeasError",
    "HeaderRefused",
    "LeaseLost",
    "ListRefused",
    "NameInAddress",
    "NameTooLong",
    "NameWouldLeave",
    "NobodyMayAsk",
    "NothingLearned",
    "NothingProposed",
    "NothingToCompare",
    "PlaceMissing",
    "PlaceTaken",
    "PortTaken",
    "QuietHoursUnclear",
    "RecordingUnreadable",
    "ReplicaRefused",
    "Retry",
    "RouteUnknown",
    "RowsUnreadable",
    "ScriptRefused",
    "SearchInterrupted",
    "SourceBroken",
    "SourceUnknown",
    "TableRefused",
    "WatcherRunning",
]
