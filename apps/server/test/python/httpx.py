"""As much of httpx as upstream's sample uses, on the standard library."""

import json as _json
import urllib.request


class Response:
    def __init__(self, status_code, content):
        self.status_code = status_code
        self.content = content

    def json(self):
        return _json.loads(self.content)


def post(url, headers, json):
    body = _json.dumps(json).encode()
    request = urllib.request.Request(url, body, {**headers, "Content-Type": "application/json"}, method="POST")
    with urllib.request.urlopen(request) as response:
        return Response(response.status, response.read())
