"""What browsers are told about every page that is not TwiML."""

from flask import Flask, Response

_HEADERS = {
    "Content-Security-Policy": "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-store",
    "Cross-Origin-Resource-Policy": "same-origin",
}


def guard(app: Flask, *, https: bool) -> None:
    """Nothing from elsewhere, in no frame, kept nowhere; a page that needs more, like the simulator, says so itself."""
    headers = _HEADERS | ({"Strict-Transport-Security": "max-age=31536000"} if https else {})

    @app.after_request
    def guarded(response: Response) -> Response:
        if response.mimetype != "text/xml":
            for name, value in headers.items():
                response.headers.setdefault(name, value)
        return response
