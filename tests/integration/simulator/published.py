"""Twilio's published description of its REST API, and what it says of an answer.

The description is read where it lies beside the project; it is not part of it.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from pathlib import Path
from typing import Any

from jsonschema import Draft202012Validator, FormatChecker
from twilio.http.http_client import TwilioHttpClient
from twilio.http.response import Response

DESCRIPTION = Path(__file__).parents[4] / "shared" / "data" / "twilio_calls_messages.openapi.json"

FORMATS = FormatChecker(formats=())


@FORMATS.checks("date-time-rfc-2822", raises=(TypeError, ValueError))
def _is_rfc_2822(value: object) -> bool:
    return not isinstance(value, str) or (value.endswith(" +0000") and bool(parsedate_to_datetime(value)))


@FORMATS.checks("uri")
def _is_address_in_the_api(value: object) -> bool:
    return not isinstance(value, str) or re.fullmatch(r"/2010-04-01/Accounts/AC[0-9a-f]{32}\S*", value) is not None


@FORMATS.checks("uri-map")
def _are_addresses_in_the_api(value: object) -> bool:
    return not isinstance(value, dict) or all(map(_is_address_in_the_api, value.values()))


@FORMATS.checks("phone-number")
def _is_number_or_name(value: object) -> bool:
    return not isinstance(value, str) or re.fullmatch(r"\+[1-9]\d{6,14}|[A-Za-z0-9 ]{1,11}", value) is not None


@FORMATS.checks("currency")
def _is_currency(value: object) -> bool:
    return not isinstance(value, str) or re.fullmatch("[A-Z]{3}", value) is not None


@dataclass(frozen=True)
class Exchange:
    """One request of the SDK and its answer."""

    method: str
    path: str
    status: int
    text: str


class Recorder(TwilioHttpClient):
    """The SDK's own HTTP client; keeps what went through it."""

    def __init__(self) -> None:
        super().__init__(timeout=5)
        self.seen: list[Exchange] = []

    def request(self, method: str, url: str, *arguments: Any, **options: Any) -> Response:
        response = super().request(method, url, *arguments, **options)
        path = url.partition("?")[0]
        self.seen.append(Exchange(method.lower(), path[path.index("/2010") :], response.status_code, response.text))
        return response


class Published:
    """The description, asked for the schema of an answer."""

    def __init__(self) -> None:
        self._document = _as_json_schema(json.loads(DESCRIPTION.read_text()))

    def operation(self, exchange: Exchange) -> str:
        """The name of what was asked for, such as CreateCall."""
        return str(self._operation(exchange)["operationId"])

    def mistakes(self, exchange: Exchange) -> list[str]:
        """In which ways the answer is not as described."""
        described = self._operation(exchange)["responses"]
        if str(exchange.status) not in described:
            return [f"the status is {exchange.status}, described are {', '.join(described)}"]
        content = described[str(exchange.status)].get("content")
        if content is None:
            return ["there is a body where none is described"] if exchange.text else []
        schema = content["application/json"]["schema"]
        answer = json.loads(exchange.text)
        validator = Draft202012Validator({**schema, "components": self._document["components"]}, format_checker=FORMATS)
        found = [f"{error.json_path}: {error.message}" for error in validator.iter_errors(answer)]
        return found + self._names(schema, answer)

    def _names(self, schema: dict[str, Any], answer: dict[str, Any]) -> list[str]:
        """Fields that are described and missing, or the other way round; in the items of a list as well."""
        if "$ref" in schema:
            schema = self._document["components"]["schemas"][schema["$ref"].rpartition("/")[2]]
        properties: dict[str, Any] = schema["properties"]
        found = [f"{name} is {'missing' if name in properties else 'unknown'}" for name in properties.keys() ^ answer]
        for name, described in properties.items():
            for item in answer[name] if described.get("type") == "array" else []:
                found += self._names(described["items"], item)
        return found

    def _operation(self, exchange: Exchange) -> dict[str, Any]:
        for template, methods in self._document["paths"].items():
            pattern = re.sub(r"\\\{\w+\\\}", "[^/]+", re.escape(template))
            if re.fullmatch(pattern, exchange.path) and exchange.method in methods:
                operation: dict[str, Any] = methods[exchange.method]
                return operation
        raise AssertionError(f"{exchange.method} {exchange.path} is not in the description")


def _as_json_schema(node: Any) -> Any:
    """OpenAPI 3.0 says `nullable` where JSON Schema has a type `null`."""
    if isinstance(node, list):
        return [_as_json_schema(one) for one in node]
    if not isinstance(node, dict):
        return node
    changed = {key: _as_json_schema(value) for key, value in node.items()}
    if changed.get("nullable") is True and isinstance(changed.get("type"), str):
        changed["type"] = [changed["type"], "null"]
        if "enum" in changed:
            changed["enum"] = [*changed["enum"], None]
    return changed
