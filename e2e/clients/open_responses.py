"""Holds `/v1/responses` to Open Responses: each answer and each event has to fit the types that are made from its
specification, whatever is asked. What is asked is what its own compliance tests ask about, in our words.

PLATFORM_URL and PLATFORM_KEY say where. Prints one line for each mistake.
"""

import base64
import json
import os
import struct
import sys
import urllib.error
import urllib.request
import zlib

import openresponses_types.types as types
from pydantic import TypeAdapter, ValidationError

URL = os.environ["PLATFORM_URL"] + "/v1/responses"
KEY = os.environ["PLATFORM_KEY"]
EVENTS = {
    model.model_fields["type"].annotation: model
    for name, model in vars(types).items()
    if name.endswith("StreamingEvent") and isinstance(model, type)
}
EVENTS = {next(iter(kind)).value: model for kind, model in EVENTS.items()}
RESOURCE = TypeAdapter(types.ResponseResource)
WEATHER = {
    "type": "function",
    "name": "get_weather",
    "description": "Tells the weather of a place",
    "parameters": {
        "type": "object",
        "properties": {"location": {"type": "string", "description": "A city, such as Rome"}},
        "required": ["location"],
    },
}


def picture():
    """Eight by eight red pixels, as PNG."""

    def chunk(kind, data):
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    rows = zlib.compress(b"".join(b"\0" + b"\xff\0\0" * 8 for _ in range(8)))
    head = chunk(b"IHDR", struct.pack(">IIBBBBB", 8, 8, 8, 2, 0, 0, 0))
    png = b"\x89PNG\r\n\x1a\n" + head + chunk(b"IDAT", rows) + chunk(b"IEND", b"")
    return "data:image/png;base64," + base64.b64encode(png).decode()


def post(body):
    request = urllib.request.Request(
        URL,
        json.dumps({"model": "assistant", **body}).encode(),
        {"Content-Type": "application/json", "Authorization": f"Bearer {KEY}"},
    )
    return urllib.request.urlopen(request, timeout=60)


def known(value):
    """The types have no place for the schema of an answer, which OpenAI's clients read: its form alone is checked."""
    if isinstance(value, dict):
        is_format = value.get("type") == "json_schema" and "strict" in value
        return {name: None if is_format and name == "schema" else known(inner) for name, inner in value.items()}
    return [known(inner) for inner in value] if isinstance(value, list) else value


def fits(adapter, value):
    try:
        adapter.validate_json(json.dumps(known(value)), strict=True)
    except ValidationError as wrong:
        raise AssertionError(f"{value.get('type', 'the answer')} does not fit: {wrong}") from wrong
    return value


def respond(**body):
    return fits(RESOURCE, json.load(post(body)))


def stream(**body):
    """The events of an answer: each fits, they are numbered without a gap, and items are whole when they are done."""
    events = []
    for line in post({**body, "stream": True}):
        text = line.decode().rstrip("\n")
        if text.startswith("event: "):
            name = text.removeprefix("event: ")
        if text.startswith("data: ") and text != "data: [DONE]":
            event = json.loads(text.removeprefix("data: "))
            assert event["type"] == name, f"the event is called {name} and says {event['type']}"
            assert event["sequence_number"] == len(events), f"event {len(events)} has {event['sequence_number']}"
            events.append(fits(TypeAdapter(EVENTS[event["type"]]), event))
    done = [event["item"] for event in events if event["type"] == "response.output_item.done"]
    last = events[-1]
    assert last["type"] in ("response.completed", "response.incomplete"), f"it ends with {last['type']}"
    assert done == last["response"]["output"], "the items that were done are not the whole"
    return events


def said(response):
    return "".join(
        part["text"] for item in response["output"] if item["type"] == "message" for part in item["content"]
    )


def call(response):
    calls = [item for item in response["output"] if item["type"] == "function_call"]
    assert calls, "there is no function_call"
    return calls[0]


def user(content):
    return {"type": "message", "role": "user", "content": content}


def basic():
    response = respond(input=[user("Say good morning to everybody.")])
    assert response["status"] == "completed" and said(response)


def streaming():
    events = stream(input=[user("Say one two three four five.")])
    deltas = "".join(event["delta"] for event in events if event["type"] == "response.output_text.delta")
    assert deltas == said(events[-1]["response"]), "the deltas are not the whole"


def system_prompt():
    response = respond(input=[{"type": "message", "role": "system", "content": "Speak like a captain."}, user("Ahoy.")])
    assert response["status"] == "completed" and said(response)


def tool_calling():
    response = respond(input=[user("How is the weather in Lisbon?")], tools=[WEATHER])
    assert call(response)["name"] == "get_weather"
    json.loads(call(response)["arguments"])


def tool_calling_streamed():
    events = stream(input=[user("How is the weather in Lisbon?")], tools=[WEATHER])
    kinds = [event["type"] for event in events]
    assert "response.function_call_arguments.delta" in kinds
    assert "response.function_call_arguments.done" in kinds
    call(events[-1]["response"])


def round_trip():
    choice = {"type": "function", "name": "get_weather"}
    first = respond(input="Ask the tool how warm it is in Lisbon.", tools=[WEATHER], tool_choice=choice)
    result = {"type": "function_call_output", "call_id": call(first)["call_id"], "output": '{"degrees": 23}'}
    whole = [user("Ask the tool how warm it is in Lisbon."), *first["output"], result]
    for body in ({"input": [result], "previous_response_id": first["id"]}, {"input": whole}):
        second = respond(tools=[WEATHER], **body)
        assert second["status"] == "completed" and "23" in said(second), said(second)


def image_input():
    parts = [{"type": "input_text", "text": "Tell me what this is."}, {"type": "input_image", "image_url": picture()}]
    response = respond(input=[user(parts)])
    assert response["status"] == "completed" and "image/png" in said(response), said(response)


def multi_turn():
    turns = [user("I am called Ada."), {"type": "message", "role": "assistant", "content": "Hello Ada."}]
    response = respond(input=[*turns, user("What am I called?")])
    assert response["status"] == "completed" and said(response)


def previous_response():
    first = respond(input="Keep in mind that the rope is 40 m long.")
    second = respond(input="what is 6 * 7", previous_response_id=first["id"])
    assert second["previous_response_id"] == first["id"] and "42" in said(second)


def cut_answer():
    response = respond(input="long answer", max_output_tokens=5)
    assert response["status"] == "incomplete", response["status"]
    assert response["incomplete_details"] == {"reason": "max_output_tokens"}
    assert stream(input="long answer", max_output_tokens=5)[-1]["type"] == "response.incomplete"


def structured():
    schema = {"type": "object", "properties": {"sum": {"type": "integer"}}, "required": ["sum"]}
    form = {"type": "json_schema", "name": "sum", "schema": schema, "strict": True}
    json.loads(said(respond(input="what is 6 * 7", text={"format": form})))


def everything_said():
    """Each field that is given comes back as it was given."""
    given = {
        "instructions": "Be brief.",
        "metadata": {"ship": "Ada"},
        "temperature": 0.5,
        "max_output_tokens": 500,
        "parallel_tool_calls": False,
        "tool_choice": "none",
        "tools": [{**WEATHER, "strict": True}],
        "safety_identifier": "somebody",
        "prompt_cache_key": "a-key",
        "reasoning": {"effort": "low", "summary": "auto"},
        "truncation": "auto",
        "store": False,
        "max_tool_calls": None,
        "top_logprobs": 0,
    }
    response = respond(input="hello", **given)
    for name in given.keys() - {"reasoning", "truncation", "store", "tools"}:
        assert response[name] == given[name], f"{name} is {response[name]!r} and was {given[name]!r}"


def refused():
    """What cannot be done is refused by name: a file, and an unknown response."""
    part = {"type": "input_file", "filename": "a.pdf", "file_data": "data:application/pdf;base64,JVBERi0xLjQK"}
    for body, status, param in (
        ({"input": [user([part])]}, 400, "input/0/content/0/type"),
        ({"input": "x", "previous_response_id": "resp_none"}, 404, None),
        ({"input": "x", "tools": [{"type": "web_search"}]}, 400, "tools/0/type"),
    ):
        try:
            post(body)
        except urllib.error.HTTPError as answer:
            error = json.load(answer)["error"]
            assert (answer.code, error["param"]) == (status, param), f"{answer.code} {error}"
        else:
            raise AssertionError(f"{body} is not refused")


CHECKS = [
    basic,
    streaming,
    system_prompt,
    tool_calling,
    tool_calling_streamed,
    round_trip,
    image_input,
    multi_turn,
    previous_response,
    cut_answer,
    structured,
    everything_said,
    refused,
]

failed = 0
for check in CHECKS:
    try:
        check()
    except Exception as wrong:
        failed += 1
        more = wrong.read().decode() if isinstance(wrong, urllib.error.HTTPError) else ""
        print(f"wrong: {check.__name__}: {wrong} {more}")
print(f"{len(CHECKS) - failed} passed, {failed} failed")
sys.exit(1 if failed else 0)
