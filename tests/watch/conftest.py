"""One server in production for all that only looks at it."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.server import PRODUCTION, Server, wait_for

OPERATOR = "a-token-of-many-letters"


@pytest.fixture(scope="package")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """Two workers of granian, and a token for operators."""
    instance: Path = tmp_path_factory.mktemp("watched") / "instance"
    with Server(instance, {**PRODUCTION, "RESPONDER_METRICS_TOKEN": OPERATOR}, workers=2) as found:
        wait_for(lambda: found.output().count("is served from now on") == 2)
        yield found
