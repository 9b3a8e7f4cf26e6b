"""Pictures by an inference endpoint of the site's own through huggingface_hub's InferenceClient.

The package does not try again by itself, and neither does this: a job does, and waits for an endpoint that wakes.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from apexsite.kit.errors import BackendError, InputError, Transient
from apexsite.kit.outbound import base_url_checked, guarded_client
from apexsite.kit.progress import Progress
from apexsite.kit.registry import Availability
from renders.engine.imaging.base import Capabilities, ImageRequest, RenderedImage
from renders.engine.imaging.cloud.asking import (
    is_installed,
    printable,
    received,
    spoken_of,
    watched,
)
from renders.engine.imaging.cloud.endpointfaults import fault_of
from renders.engine.imaging.cloud.endpointprofiles import (
    PARTS,
    EndpointProfile,
    looks_split,
    profile_asked,
)
from renders.engine.prompting.sentences import PROSE_LIMIT

if TYPE_CHECKING:
    import httpx2

ENGINE = "hf_endpoint"
VERSION = "1"


class EndpointBackend:
    """Asks one endpoint for pictures. What a seed means there is the endpoint's own affair: told as best effort."""

    def __init__(self) -> None:
        try:
            profile = profile_asked()
        except InputError:
            # A wrong setting keeps nobody from starting; availability tells it.
            profile = EndpointProfile("unknown", "")
        self.capabilities = Capabilities(
            name=ENGINE,
            title="Hugging Face endpoint",
            tier="final",
            is_deterministic=False,
            needs_network=True,
            licence=profile.licence,
            is_commercial=profile.is_commercial,
            most_pixels=max((w * h for w, h in profile.sizes), default=2048 * 2048),
            cost_cents=round(profile.cost_cents),
            dialect="prose",
            sizes=profile.sizes,
            takes_negative="negative_prompt" in profile.takes,
            seed="best_effort" if "seed" in profile.takes else "none",
        )

    def availability(self) -> Availability:
        """Say what is lacking: the package, the address, the token."""
        if not is_installed("huggingface_hub"):
            return Availability(
                False, "the huggingface_hub package is not installed", "make install TIER=hosted"
            )
        for name, what in (
            ("APEX_HF_ENDPOINT", "the address of your inference endpoint"),
            (
                "APEX_HF_TOKEN",
                "a token that may ask it, from https://huggingface.co/settings/tokens",
            ),
        ):
            if not os.environ.get(name):
                return Availability(False, f"{name} is not set", f"{what} in {name}")
        try:
            base_url_checked(os.environ["APEX_HF_ENDPOINT"], name="APEX_HF_ENDPOINT")
            profile_asked()
        except InputError as err:
            return Availability(False, err.message, "another value of that setting")
        return Availability(True)

    def render(self, request: ImageRequest, progress: Progress) -> RenderedImage:
        """Ask for one picture."""
        self.availability().require()
        url = base_url_checked(os.environ["APEX_HF_ENDPOINT"], name="APEX_HF_ENDPOINT")
        profile = profile_asked()
        asking = _asking(request, profile)
        with guarded_client(url) as line:
            client = _client(url, line)
            body = watched(
                lambda: _asked(client, asking.words, asking.parameters),
                progress,
                message="the endpoint draws",
                stop=line.close,
            )
        picture = received(body, engine=ENGINE, width=request.width, height=request.height)
        parameters = {
            "model": url,
            "profile": profile.name,
            "prompt": asking.words,
            "dropped": list(asking.dropped),
            "asked": asking.parameters,
            "size_asked": list(asking.sides),
            "looks_as_parameters": asking.looks_sent,
            "looks_in_words": asking.looks_in_words,
            "received": [picture.file_format, *picture.size],
            "crop": list(picture.crop),
            "references_left_out": len(request.references),
            "cost_cents": profile.cost_cents,
            "seed": request.seed,
            "variant_index": request.variant_index,
        }
        return RenderedImage(picture.pixels, ENGINE, VERSION, parameters)


@dataclass(frozen=True, slots=True)
class _Asking:
    """What is sent, and which of the look's controls went as parameters and which in words."""

    words: str
    parameters: dict[str, Any]
    sides: tuple[int, int]
    looks_sent: list[str]
    looks_in_words: dict[str, str]
    dropped: tuple[str, ...]


def _asking(request: ImageRequest, profile: EndpointProfile) -> _Asking:
    """Return a request as an endpoint of this profile takes it."""
    sent, in_words = looks_split(profile, request)
    spoken = spoken_of(
        request,
        most=profile.most_letters,
        limit=PROSE_LIMIT,
        takes_negative="negative_prompt" in profile.takes,
        without=[PARTS[look] for look in profile.extra.values()],
    )
    sides = profile.size_for(request.width, request.height)
    values = {
        "negative_prompt": printable(spoken.negative.text) or None,
        "width": sides[0],
        "height": sides[1],
        "num_inference_steps": request.options.steps,
        "guidance_scale": request.options.guidance,
        "seed": request.seed,
    }
    asked = {k: v for k, v in values.items() if k in profile.takes and v is not None}
    return _Asking(
        printable(spoken.prompt.text),
        {**asked, "extra_body": sent} if sent else asked,
        sides,
        sorted(sent),
        in_words,
        tuple(left.name for left in spoken.dropped),
    )


def _client(url: str, line: httpx2.Client) -> Any:
    from huggingface_hub import InferenceClient

    class Bounded(InferenceClient):
        """The package's client on a line of ours: its own is shared, unbounded and follows anywhere."""

        body = b""

        def _inner_post(self, request_parameters: Any, *, stream: bool = False) -> Any:
            with line.stream(
                "POST",
                request_parameters.url,
                json=request_parameters.json,
                headers={"Accept": "image/png", **request_parameters.headers},
            ) as response:
                self.body = response.read()
            if response.status_code >= 400:
                raise fault_of(response.status_code, self.body, response.headers, model=url)
            if self.body.lstrip()[:1] in (b"{", b"["):
                raise fault_of(200, self.body, {}, model=url)
            return self.body

    return Bounded(model=url, token=os.environ["APEX_HF_TOKEN"])


def _asked(client: Any, words: str, asked: dict[str, Any]) -> bytes:
    """Ask through the package; returns the bytes it was sent, whatever they are a picture of."""
    import httpx2
    from PIL import Image

    try:
        client.text_to_image(words, **asked)
    except BackendError:
        raise
    except httpx2.HTTPError as err:
        raise Transient(f"the endpoint: the line broke: {err or type(err).__name__}") from err
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        # What it sent is no picture to the package either; the one reader of pictures says why.
        pass
    return bytes(client.body)
