"""A request as the JSON body of `/v1/chat/completions`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from studio.requests import Request, Sampling

MOST_STOPS = 4
"""More are refused by some servers; all of them are looked for here as well."""
EXTRAS = frozenset(
    {
        *("top_k", "min_p", "repetition_penalty", "chat_template_kwargs"),
        *("continue_final_message", "add_generation_prompt", "stream_options"),
    }
)
"""Known to vLLM, SGLang, llama.cpp and this studio; a server that refuses them is asked again
without."""


def body_of(request: Request, model: str) -> dict[str, object]:
    """The body; `model` "" leaves the name to the endpoint's own."""
    sampling = request.sampling
    body: dict[str, object] = {
        "model": model,
        "messages": list(_messages(request)),
        "temperature": sampling.temperature,
        "top_p": sampling.top_p,
        "max_tokens": sampling.max_tokens + sampling.grace_tokens,
        "seed": request.seed,
        "stream": True,
        "stream_options": {"include_usage": True},
        "chat_template_kwargs": {"enable_thinking": False},
    }
    if sampling.stop:
        body["stop"] = list(sampling.stop[:MOST_STOPS])
    if request.opening:
        body |= {"continue_final_message": True, "add_generation_prompt": False}
    return body | dict(_filters(sampling))


def without_extras(body: Mapping[str, object]) -> dict[str, object]:
    """Only what every server knows."""
    return {name: value for name, value in body.items() if name not in EXTRAS}


def _messages(request: Request) -> Iterator[Mapping[str, str]]:
    """The chat, or the raw prompt as one turn; an opening is the beginning of the answer."""
    for message in request.messages:
        yield {"role": message.role, "content": message.content}
    if not request.messages:
        yield {"role": "user", "content": request.prompt}
    if request.opening:
        yield {"role": "assistant", "content": request.opening.rstrip(" ")}


def _filters(sampling: Sampling) -> Iterator[tuple[str, float]]:
    if sampling.top_k:
        yield "top_k", sampling.top_k
    if sampling.min_p:
        yield "min_p", sampling.min_p
    if sampling.repetition_penalty != 1.0:
        yield "repetition_penalty", sampling.repetition_penalty
