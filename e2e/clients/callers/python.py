"""Callers in Python, one for each client library: python.py NAME. See protocol.mjs for what they read and write."""

import asyncio
import json
import os
import subprocess
import sys
import tempfile
import threading
import time

BASE = os.environ["BASE_URL"]
KEY = os.environ["API_KEY"]
# Twenty answers may come at once, and each is a line of its own.
WRITING = threading.Lock()
WEATHER = {
    "type": "object",
    "properties": {"city": {"type": "string"}},
    "required": ["city"],
    "additionalProperties": False,
}
FUNCTION = {"name": "get_weather", "description": "Tells the weather of a city", "parameters": WEATHER}


class Tool:
    """What a client's own tool answers; counts how often it was called."""

    def __init__(self):
        self.calls = 0

    def run(self, city):
        self.calls += 1
        return f"It is 21 degrees in {city}"


def seconds(request):
    return request["timeout"] / 1000 if request.get("timeout") else 60


def openai(request):
    import openai

    client = openai.OpenAI(
        base_url=BASE, api_key=KEY, timeout=seconds(request), max_retries=request["retries"],
        default_headers=request.get("headers"),
    )
    body = {"model": request["model"], "messages": list(request["messages"]), **request.get("extra", {})}
    if request.get("tools"):
        tool = Tool()
        body["tools"] = [{"type": "function", "function": FUNCTION}]
        for _ in range(5):
            message = client.chat.completions.create(**body).choices[0].message
            if not message.tool_calls:
                return {"text": message.content, "calls": tool.calls}
            body["messages"].append(message)
            for call in message.tool_calls:
                content = tool.run(**json.loads(call.function.arguments))
                body["messages"].append({"role": "tool", "tool_call_id": call.id, "content": content})
    if request.get("stream"):
        text, finish, usage = "", None, None
        for chunk in client.chat.completions.create(**body, stream=True, stream_options={"include_usage": True}):
            if chunk.choices:
                text += chunk.choices[0].delta.content or ""
                finish = chunk.choices[0].finish_reason or finish
            usage = chunk.usage or usage
        return {"text": text, "finish": finish, "usage": usage and usage.total_tokens}
    answer = client.chat.completions.create(**body)
    choice = answer.choices[0]
    return {"text": choice.message.content, "finish": choice.finish_reason, "usage": answer.usage.total_tokens}


def langchain(request):
    from langchain_core.messages import ToolMessage
    from langchain_openai import ChatOpenAI

    chat = ChatOpenAI(
        base_url=BASE, api_key=KEY, model=request["model"], timeout=seconds(request), max_retries=request["retries"],
        stream_usage=True, default_headers=request.get("headers"),
    )
    said = list(request["messages"])
    if request.get("tools"):
        tool = Tool()
        chat = chat.bind_tools([{"type": "function", "function": FUNCTION}])
        for _ in range(5):
            message = chat.invoke(said)
            if not message.tool_calls:
                return {"text": message.text, "calls": tool.calls}
            said.append(message)
            said += [ToolMessage(tool.run(**call["args"]), tool_call_id=call["id"]) for call in message.tool_calls]
    if request.get("stream"):
        whole = None
        for chunk in chat.stream(said):
            whole = chunk if whole is None else whole + chunk
        usage = whole.usage_metadata
        return {"text": str(whole.text), "finish": whole.response_metadata.get("finish_reason"),
                "usage": usage and usage["total_tokens"]}
    message = chat.invoke(said)
    return {"text": str(message.text), "finish": message.response_metadata["finish_reason"],
            "usage": message.usage_metadata["total_tokens"]}


def litellm(request):
    import litellm

    litellm.suppress_debug_info = True
    litellm.telemetry = False
    ask = {
        "model": "openai/" + request["model"], "api_base": BASE, "api_key": KEY, "timeout": seconds(request),
        "num_retries": request["retries"], "extra_headers": request.get("headers"),
    }
    said = list(request["messages"])
    if request.get("tools"):
        tool = Tool()
        for _ in range(5):
            answer = litellm.completion(**ask, messages=said, tools=[{"type": "function", "function": FUNCTION}])
            message = answer.choices[0].message
            if not message.tool_calls:
                return {"text": message.content, "calls": tool.calls}
            said.append(message)
            for call in message.tool_calls:
                content = tool.run(**json.loads(call.function.arguments))
                said.append({"role": "tool", "tool_call_id": call.id, "content": content})
    if request.get("stream"):
        text, finish, usage = "", None, None
        for chunk in litellm.completion(**ask, messages=said, stream=True, stream_options={"include_usage": True}):
            # The last chunk is about usage alone.
            for choice in chunk.choices:
                text += choice.delta.content or ""
                finish = choice.finish_reason or finish
            usage = getattr(chunk, "usage", None) or usage
        return {"text": text, "finish": finish, "usage": usage and usage.total_tokens}
    answer = litellm.completion(**ask, messages=said)
    choice = answer.choices[0]
    return {"text": choice.message.content, "finish": choice.finish_reason, "usage": answer.usage.total_tokens}


def llamaindex(request):
    from llama_index.core.base.llms.types import ChatMessage, ImageBlock, TextBlock
    from llama_index.core.tools import FunctionTool
    from llama_index.llms.openai_like import OpenAILike

    def blocks(content):
        if isinstance(content, str):
            return content
        return [
            TextBlock(text=part["text"]) if part["type"] == "text" else ImageBlock(url=part["image_url"]["url"])
            for part in content
        ]

    llm = OpenAILike(
        api_base=BASE, api_key=KEY, model=request["model"], is_chat_model=True, is_function_calling_model=True,
        timeout=seconds(request), max_retries=request["retries"], default_headers=request.get("headers"),
    )
    said = [ChatMessage(role=one["role"], content=blocks(one["content"])) for one in request["messages"]]
    if request.get("tools"):
        tool = Tool()

        def get_weather(city: str) -> str:
            """Tells the weather of a city"""
            return tool.run(city)

        made = FunctionTool.from_defaults(fn=get_weather)
        for _ in range(5):
            answer = llm.chat_with_tools([made], chat_history=said)
            calls = llm.get_tool_calls_from_response(answer, error_on_no_tool_call=False)
            if not calls:
                return {"text": answer.message.content, "calls": tool.calls}
            said.append(answer.message)
            for call in calls:
                said.append(ChatMessage(role="tool", content=tool.run(**call.tool_kwargs),
                                        additional_kwargs={"tool_call_id": call.tool_id}))
    if request.get("stream"):
        last = None
        for last in llm.stream_chat(said):
            pass
        return {"text": last.message.content, "finish": "stop"}
    answer = llm.chat(said)
    return {"text": answer.message.content, "finish": answer.raw.choices[0].finish_reason,
            "usage": answer.raw.usage.total_tokens}


def pydantic_ai(request):
    from openai import AsyncOpenAI
    from pydantic_ai import Agent
    from pydantic_ai.messages import BinaryContent, ModelRequest, ModelResponse, TextPart, UserPromptPart
    from pydantic_ai.models.openai import OpenAIChatModel
    from pydantic_ai.providers.openai import OpenAIProvider

    def prompt(content):
        if isinstance(content, str):
            return content
        return [
            part["text"] if part["type"] == "text" else BinaryContent.from_data_uri(part["image_url"]["url"])
            for part in content
        ]

    async def ask():
        client = AsyncOpenAI(base_url=BASE, api_key=KEY, timeout=seconds(request), max_retries=request["retries"],
                             default_headers=request.get("headers"))
        model = OpenAIChatModel(request["model"], provider=OpenAIProvider(openai_client=client))
        system = [one["content"] for one in request["messages"] if one["role"] == "system"]
        agent = Agent(model, instructions="\n".join(system) or None)
        tool = Tool()
        if request.get("tools"):
            @agent.tool_plain
            def get_weather(city: str) -> str:
                """Tells the weather of a city"""
                return tool.run(city)

        said = [one for one in request["messages"] if one["role"] != "system"]
        history = [
            ModelRequest(parts=[UserPromptPart(one["content"])]) if one["role"] == "user"
            else ModelResponse(parts=[TextPart(one["content"])])
            for one in said[:-1]
        ]
        if request.get("stream"):
            async with agent.run_stream(prompt(said[-1]["content"]), message_history=history) as run:
                text = ""
                async for part in run.stream_text(delta=True, debounce_by=None):
                    text += part
                return {"text": text, "finish": "stop", "usage": run.usage().total_tokens}
        run = await agent.run(prompt(said[-1]["content"]), message_history=history)
        return {"text": run.output, "finish": "stop", "calls": tool.calls, "usage": run.usage().total_tokens}

    return asyncio.run(ask())


def agents(request):
    from agents import Agent, ModelSettings, OpenAIChatCompletionsModel, Runner, function_tool, set_tracing_disabled
    from openai import AsyncOpenAI

    set_tracing_disabled(True)

    def parts(content):
        if isinstance(content, str):
            return content
        return [
            {"type": "input_text", "text": part["text"]} if part["type"] == "text"
            else {"type": "input_image", "image_url": part["image_url"]["url"], "detail": "auto"}
            for part in content
        ]

    async def ask():
        client = AsyncOpenAI(base_url=BASE, api_key=KEY, timeout=seconds(request), max_retries=request["retries"],
                             default_headers=request.get("headers"))
        tool = Tool()

        @function_tool
        def get_weather(city: str) -> str:
            """Tells the weather of a city"""
            return tool.run(city)

        system = [one["content"] for one in request["messages"] if one["role"] == "system"]
        agent = Agent(
            name="caller", instructions="\n".join(system) or None,
            model=OpenAIChatCompletionsModel(request["model"], client), model_settings=ModelSettings(include_usage=True),
            tools=[get_weather] if request.get("tools") else [],
        )
        said = [
            {**one, "content": parts(one["content"])} for one in request["messages"] if one["role"] != "system"
        ]
        if request.get("stream"):
            run = Runner.run_streamed(agent, said)
            text = ""
            async for event in run.stream_events():
                if event.type == "raw_response_event" and event.data.type == "response.output_text.delta":
                    text += event.data.delta
            return {"text": text, "finish": "stop", "usage": run.context_wrapper.usage.total_tokens}
        run = await Runner.run(agent, said)
        return {"text": run.final_output, "finish": "stop", "calls": tool.calls,
                "usage": run.context_wrapper.usage.total_tokens}

    return asyncio.run(ask())


def command(words, environment, request):
    home = tempfile.mkdtemp()
    environment = {**os.environ, "HOME": home, **environment(home)}
    done = subprocess.run(words, env=environment, capture_output=True, text=True, stdin=subprocess.DEVNULL,
                          timeout=max(seconds(request), 240))
    if done.returncode:
        raise RuntimeError((done.stderr or done.stdout).strip()[-2000:])
    return {"text": done.stdout.rstrip("\n"), "finish": "stop"}


def llm(request):
    def environment(home):
        with open(os.path.join(home, "extra-openai-models.yaml"), "w") as file:
            file.write(f"- model_id: mine\n  model_name: {request['model']}\n  api_base: {BASE}\n  api_key_name: mine\n")
        with open(os.path.join(home, "keys.json"), "w") as file:
            json.dump({"mine": KEY}, file)
        return {"LLM_USER_PATH": home}

    words = [sys.executable, "-m", "llm", "-m", "mine", request["messages"][-1]["content"]]
    return command(words if request.get("stream") else words + ["--no-stream"], environment, request)


def sgpt(request):
    def environment(home):
        folder = os.path.join(home, ".config", "shell_gpt")
        os.makedirs(folder)
        with open(os.path.join(folder, ".sgptrc"), "w") as file:
            file.write(f"OPENAI_API_KEY={KEY}\nAPI_BASE_URL={BASE}\nDEFAULT_MODEL={request['model']}\n"
                       f"CACHE_PATH={home}/cache\nCHAT_CACHE_PATH={home}/chat\nOPENAI_USE_FUNCTIONS=false\n"
                       "PRETTIFY_MARKDOWN=false\nUSE_LITELLM=false\n")
        return {}

    words = [sys.executable, "-m", "sgpt", "--no-cache", "--no-md",
             request["messages"][-1]["content"]]
    return command(words, environment, request)


CALLERS = {"openai": openai, "langchain": langchain, "litellm": litellm, "llamaindex": llamaindex,
           "pydantic-ai": pydantic_ai, "agents": agents, "llm": llm, "sgpt": sgpt}


def answer(caller, line):
    request = {"model": "assistant", "retries": 2, **json.loads(line)}
    begun = time.time()
    try:
        result = caller(request)
    except BaseException as error:
        result = {"error": f"{type(error).__name__}: {error}", "status": getattr(error, "status_code", None)}
    line = json.dumps({"id": request["id"], "ms": int((time.time() - begun) * 1000), **result}, default=str)
    with WRITING:
        print(line, flush=True)


def main():
    caller = CALLERS[sys.argv[1]]
    threads = []
    for line in sys.stdin:
        threads.append(threading.Thread(target=answer, args=(caller, line), daemon=True))
        threads[-1].start()
    for thread in threads:
        thread.join()


main()
