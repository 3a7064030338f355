"""Looks for known weaknesses in the packages of a folder (pip-audit), where the list of them can be reached.

    python tools/weaknesses.py .venv/lib/python3.11/site-packages

Exit code 1 for a weakness that is known. Where the list cannot be reached it says so and does not fail: a laptop on a
train must be able to check its work.
"""

import json
import subprocess
import sys
from urllib.error import URLError
from urllib.request import urlopen

LIST = "https://pypi.org/pypi/pip/json"
"""Where pip-audit looks, for a package that is always there."""
_PATIENCE = 10
_COMMAND = [sys.executable, "-m", "pip_audit", "--format", "json", "--progress-spinner", "off"]


def main(folder: str) -> int:
    """Prints what is found."""
    if not _reachable():
        print(f"Dependencies were NOT checked for known weaknesses: {LIST} cannot be reached from here.")
        return 0
    command = [*_COMMAND, "--timeout", str(_PATIENCE), "--path", folder]
    found = subprocess.run(command, check=False, capture_output=True, text=True)
    try:
        packages = json.loads(found.stdout)["dependencies"]
    except (ValueError, KeyError):
        last = (found.stderr.strip().splitlines() or ["no reason given"])[-1]
        print(f"Dependencies were NOT checked for known weaknesses: pip-audit failed ({last}).")
        return 0
    checked = [one for one in packages if "vulns" in one]
    if not checked:
        print("Dependencies were NOT checked for known weaknesses: this index tells of none at all.")
        return 0
    weak = [(one, flaw) for one in checked for flaw in one["vulns"]]
    for one, flaw in weak:
        mended = " or ".join(flaw["fix_versions"]) or "no version yet"
        print(f"{one['name']} {one['version']}: {flaw['id']}, mended in {mended}")
    print(f"{len(checked)} of {len(packages)} packages checked for known weaknesses, {len(weak)} found.")
    return 1 if weak else 0


def _reachable() -> bool:
    try:
        with urlopen(LIST, timeout=_PATIENCE):
            return True
    except (URLError, OSError):
        return False


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
