"""The door of the studio: who may come in, how often, with how much, and what answers allow.

Door            one ASGI wrapper around the whole app, built from the settings
Accounts        STUDIO_AUTH: names and passwords, sessions, personal keys, a person's id
"""

from studio.door.accounts import Accounts
from studio.door.behind_door import BehindDoor
from studio.door.door import Door
from studio.door.file_owners import FileOwners

__all__ = ["Accounts", "BehindDoor", "Door", "FileOwners"]
