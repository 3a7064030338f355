"""A worker under load, to be killed: it answers without end and prints each message id once its reply has left."""

import itertools
import os
import sys
from pathlib import Path

from responder.journal import Journal, Options

from .conftest import SENDER, a_turn


def main(folder: str, database: str) -> None:
    journal = Journal(Options(Path(folder), database, hash_keys=("key",)))
    for number in itertools.count():
        message_id = f"SM{os.getpid()}-{number}"
        journal.known(message_id, SENDER)
        journal.record(a_turn(message_id))
        os.write(1, f"{message_id}\n".encode())


if __name__ == "__main__":
    main(*sys.argv[1:])
