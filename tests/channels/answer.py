"""A worker of its own: says when it is ready, answers each message given on standard input, prints what it sent."""

import json
import sys
import time
from pathlib import Path

from responder.app import create_app
from responder.settings import Settings


def main(folder: str, redis: str) -> None:
    settings = Settings(mode="development", instance=Path(folder), hash_keys=("key",), redis_url=redis)
    app = create_app(settings)
    journal = app.extensions["responder.journal"]
    while journal.state().mode == "starting":
        time.sleep(0.02)
    print("ready", flush=True)
    for line in sys.stdin:
        document = app.test_client().post("/sms", data=json.loads(line)).get_data(as_text=True)
        print(json.dumps(document), flush=True)
    journal.stop()


if __name__ == "__main__":
    main(*sys.argv[1:])
