"""Where a request comes from: this machine, or anywhere else."""

from ipaddress import ip_address

from flask import Request

_PROXIED = ("Forwarded", "X-Forwarded-For", "X-Forwarded-Host", "X-Forwarded-Proto", "X-Real-Ip", "Via")


def from_this_machine(request: Request) -> bool:
    """Whether no other machine can have sent it; what came through a proxy or tunnel may be anyone's."""
    if any(name in request.headers for name in _PROXIED):
        return False
    try:
        return ip_address(request.remote_addr or "").is_loopback
    except ValueError:
        return False
