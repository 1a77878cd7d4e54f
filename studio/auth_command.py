"""`studio auth`: what STUDIO_AUTH needs."""

from __future__ import annotations

import argparse
import getpass
import sys

from studio.door.accounts import Accounts
from studio.door.passwords import hashed
from studio.errors import InvalidInput
from studio.settings import Settings


def auth(arguments: argparse.Namespace, settings: Settings) -> int:
    """`studio auth hash` prints a password's hash, `studio auth key NAME` a personal key."""
    print(_key(arguments.name, settings) if arguments.action == "key" else hashed(_password()))
    return 0


def _password() -> str:
    """Asked for without showing it, or the first line of what is piped in; never an argument,
    which other programs on the machine could read."""
    if sys.stdin.isatty():
        return getpass.getpass("Password: ")
    return sys.stdin.readline().rstrip("\n")


def _key(name: str, settings: Settings) -> str:
    accounts = Accounts.of(settings)
    if accounts is None or not accounts.knows(name):
        raise InvalidInput("name", "STUDIO_AUTH has no such name.", code="setting_auth")
    return accounts.key(name)
