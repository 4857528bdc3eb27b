"""Replica: the portals of the catalogue on loopback, with a scripted calendar and faults to order.

    with serving(script) as replica:
        manners = Manners(replicas=Replicas(replica.at))
        asker = Asker(Store(folder), manners=manners, trust=Trust([replica.ca]))

Every person, judge, number and event on its pages is invented. The names below are its door.
"""

from habeas.replica.clock import ReplicaClock
from habeas.replica.faults import Fault, FaultKind, Orders
from habeas.replica.script import Entry, Happening, Kind, Planned, Script
from habeas.replica.server import Asked, Replica, serving

__all__ = [
    "Asked",
    "Entry",
    "Fault",
    "FaultKind",
    "Happening",
    "Kind",
    "Orders",
    "Planned",
    "Replica",
    "ReplicaClock",
    "Script",
    "serving",
]
