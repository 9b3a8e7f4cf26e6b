"""The storyboard backend: a composition sketch drawn offline from the brief, the cast and the bible, without weights."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from apexsite.kit.progress import Progress
from apexsite.kit.registry import Availability
from apexsite.kit.seeds import seed_mix
from projects.engine.framing import Coverage
from renders.engine.imaging.base import Capabilities, ImageRequest, RenderedImage
from renders.engine.imaging.sketch.camera import HEAD_METRES, Camera, plan_camera
from renders.engine.imaging.sketch.light import Light, plan_light
from renders.engine.imaging.sketch.palette import Scheme, mix, scheme_from, shade
from renders.engine.imaging.sketch.staging import head_points, lead_of, place_cast, subject_x

if TYPE_CHECKING:
    from PIL import Image

    from renders.engine.imaging.sketch.paint import Canvas
    from renders.engine.imaging.sketch.pose import Pen, Placement

ENGINE = "storyboard"
VERSION = "2"
STEPS = 5
OVERSAMPLE = 2


class StoryboardBackend:
    """Draws gouache-like frames with numpy and Pillow; the same request gives the same bytes."""

    capabilities = Capabilities(
        name=ENGINE,
        title="Storyboard sketch",
        tier="storyboard",
        is_deterministic=True,
        needs_network=False,
        licence="own code",
        is_commercial=True,
        most_pixels=4096 * 2304,
    )

    def availability(self) -> Availability:
        """Say that the engine runs wherever Pillow does."""
        from importlib.util import find_spec

        if find_spec("PIL") is None:
            return Availability(False, "Pillow is not installed", "pip install Pillow")
        return Availability(True)

    def render(self, request: ImageRequest, progress: Progress) -> RenderedImage:
        """Draw one picture; raises `Cancelled` when the listener asks to stop."""
        from renders.engine.imaging.sketch.finish import fall_of_weather, finish

        plan = _Plan(request)
        progress.advance(0, STEPS, "set")
        image = _paint_set(plan)
        progress.advance(1, STEPS, "figures")
        image = _paint_cast(plan, image, progress)
        progress.advance(3, STEPS, "weather")
        if request.brief.setting.value != "INT":
            words = f"{request.brief.weather}"
            image = fall_of_weather(image, words, plan.light, plan.stream("weather"))
        progress.advance(4, STEPS, "finish")
        pixels = finish(image, plan.light, plan.scheme, plan.stream("grain"))
        progress.advance(STEPS, STEPS, "done")
        return RenderedImage(pixels, ENGINE, VERSION, plan.parameters())


class _Plan:
    """All decisions of one picture, taken before the first stroke."""

    def __init__(self, request: ImageRequest) -> None:
        from renders.engine.imaging.sketch.sets import set_of

        brief, bible = request.brief, request.bible
        self.request, self.brief = request, brief
        self.seed = seed_mix(request.seed, request.variant_index)
        draw = self.stream("composition")
        self.aspect = request.width / request.height
        self.scheme: Scheme = scheme_from(bible.palette)
        first = 1 if seed_mix(request.seed, "side") % 2 else -1
        side = first if request.variant_index % 2 == 0 else -first
        avoid = request.options.avoid
        # Lit from one side and rejected for its light: the other side, whichever variant it is.
        rejected = set(avoid.get("light_side", ()))
        if len(rejected) == 1:
            side = 1 if rejected == {"left"} else -1
        self.light: Light = plan_light(brief, self.scheme, side=side, mood=bible.mood)
        self.set_name = set_of(brief)
        self.across = subject_x(
            brief,
            rule=bible.composition_rule,
            variant_index=request.variant_index,
            side=first,
            avoid=avoid.get("across", ()),
        )
        lead = request.cast[min(lead_of(brief), len(request.cast) - 1)] if request.cast else None
        eye = (lead.height_cm / 100.0 if lead else 1.72) - HEAD_METRES * 0.5
        self.camera: Camera = plan_camera(
            brief,
            aspect=self.aspect,
            eye_metres=eye,
            nudge=float(draw.uniform(-0.25, 0.25)) * min(1, request.variant_index),
            sway=float(draw.uniform(-0.06, 0.06)) * min(1, request.variant_index),
        )
        self.places: list[Placement] = place_cast(
            brief, request.cast, self.camera, across=self.across, bible_mood=bible.mood
        )
        self.prop_name = ""

    def stream(self, name: str) -> np.random.Generator:
        """Return the random stream of one concern, so that a change in one leaves the others alone."""
        return np.random.default_rng(seed_mix(self.seed, name))

    def parameters(self) -> dict[str, Any]:
        """Return the measured truths of the drawing. Boxes are x0, y0, x1, y1 in pixels, cut at the frame."""
        heads = {p.profile.key: head_points(p, self.camera) for p in self.places}
        lead = next((p for p in self.places if p.is_lead), None)
        point = (self.across, 0.56)
        if lead is not None:
            x, y, tall = heads[lead.profile.key]
            point = (x / self.aspect, y + tall * 0.5)
        faces = {k: (x - 0.36 * t, y, x + 0.36 * t, y + t) for k, (x, y, t) in heads.items()}
        bodies = {p.profile.key: self._body(p, *heads[p.profile.key]) for p in self.places}
        return {
            "horizon_y": self.camera.horizon,
            "head_heights": {k: t for k, (_, _, t) in heads.items()},
            "figure_count": len(self.places),
            "figure_boxes": {k: self._pixels(b) for k, b in bodies.items()},
            "face_boxes": {k: self._pixels(b) for k, b in faces.items()},
            "subject_point": [min(1.0, max(0.0, v)) for v in self._rolled(*point, shares=True)],
            "light_side": "left" if self.light.side < 0 else "right",
            "seed": self.request.seed,
            "variant_index": self.request.variant_index,
            "set_name": self.set_name,
            "prop_name": self.prop_name,
            "lens_mm": self.brief.lens_mm,
            "camera_height_metres": self.camera.height,
            "subject_distance_metres": self.camera.subject,
        }

    def _body(
        self, place: Placement, x: float, y: float, tall: float
    ) -> tuple[float, float, float, float]:
        full = place.profile.height_cm / 100.0 / HEAD_METRES * tall
        return x - 1.3 * tall, y - 0.05 * tall, x + 1.3 * tall, y + full

    def _rolled(self, x: float, y: float, *, shares: bool = False) -> tuple[float, float]:
        c, s = float(np.cos(self.camera.roll)), float(np.sin(self.camera.roll))
        dx, dy = (x * self.aspect if shares else x) - self.aspect / 2, y - 0.5
        px, py = self.aspect / 2 + dx * c - dy * s, 0.5 + dx * s + dy * c
        return (px / self.aspect if shares else px), py

    def _pixels(self, box: tuple[float, float, float, float]) -> list[int]:
        corners = [self._rolled(box[i], box[j]) for i in (0, 2) for j in (1, 3)]
        height, width = self.request.height, self.request.width
        xs = [min(width, max(0, round(x * height))) for x, _ in corners]
        ys = [min(height, max(0, round(y * height))) for _, y in corners]
        return [min(xs), min(ys), max(xs), max(ys)]


def _canvas(plan: _Plan, image: Image.Image) -> Canvas:
    from renders.engine.imaging.sketch.paint import Canvas

    return Canvas(image, height=plan.request.height, oversample=OVERSAMPLE, roll=plan.camera.roll)


def _paint_set(plan: _Plan) -> Image.Image:
    from PIL import Image, ImageFilter

    from renders.engine.imaging.sketch.finish import relight
    from renders.engine.imaging.sketch.props import draw_insert
    from renders.engine.imaging.sketch.sets import SETS
    from renders.engine.imaging.sketch.stage import Stage

    width, height = plan.request.width, plan.request.height
    image = Image.new("RGB", (width * OVERSAMPLE, height * OVERSAMPLE))
    canvas = _canvas(plan, image)
    stage = Stage(canvas, plan.camera, plan.scheme, plan.light, plan.brief, plan.stream("set"))
    SETS[plan.set_name](stage)
    share = HEAD_METRES * plan.camera.scale(plan.camera.subject)
    blur = 0.0055 * min(1.0, max(0.0, share - 0.10)) / 0.5 * (plan.brief.lens_mm / 50.0) ** 0.5
    if plan.brief.coverage is Coverage.INSERT:
        soft = image.reduce(4).filter(ImageFilter.GaussianBlur(height * OVERSAMPLE * 0.010 / 4))
        image.paste(soft.resize(image.size, Image.Resampling.BILINEAR))
        words = plan.brief.prop or plan.brief.action
        plan.prop_name = draw_insert(stage, words, across=plan.across)
        blur = 0.0
    small = relight(image.reduce(OVERSAMPLE), plan.light)
    if blur * height > 0.3:
        small = small.filter(ImageFilter.GaussianBlur(blur * height))
    return small


def _paint_cast(plan: _Plan, image: Image.Image, progress: Progress) -> Image.Image:
    from PIL import Image

    from renders.engine.imaging.sketch.figures import draw_figure
    from renders.engine.imaging.sketch.rim import add_rim

    if not plan.places:
        return image
    size = (image.width * OVERSAMPLE, image.height * OVERSAMPLE)
    canvas = _canvas(plan, image.resize(size, Image.Resampling.BILINEAR))
    for place in plan.places:
        progress.advance(2, STEPS, f"figure {place.profile.key}")
        pen = _pen(plan, canvas, place)
        _contact(plan, canvas, place)
        canvas.start_mask()
        draw_figure(pen, place)
        add_rim(canvas, plan.light, pen, is_back=place.is_back)
    return canvas.image.reduce(OVERSAMPLE)


def _pen(plan: _Plan, canvas: Canvas, place: Placement) -> Pen:
    from renders.engine.imaging.sketch.pose import Pen

    gain = (0.74 if plan.light.is_night else 1.0) * (0.42 + 0.58 * min(1.0, plan.light.exposure))
    if place.is_speaking:
        gain *= 1.06
    if place.is_back:
        gain *= 0.34
    behind = max(0.0, place.z / plan.camera.subject - 1.0)
    return Pen(
        canvas,
        plan.camera.project(place.x, place.lift, place.z),
        plan.camera.scale(place.z),
        plan.light,
        gain=gain,
        veil=min(0.35, behind * 0.18 + (place.z / 90.0)),
    )


def _contact(plan: _Plan, canvas: Canvas, place: Placement) -> None:
    from renders.engine.imaging.sketch.paint import ellipse

    if plan.camera.height < 0.2:
        return
    ring = [
        plan.camera.project(place.x + px - plan.light.side * 0.25, place.lift, place.z + pz)
        for px, pz in ellipse(0.0, 0.0, 0.62, 0.26)
    ]
    tone = shade(mix(plan.light.shadow, (0, 0, 0), 0.6), 0.8)
    canvas.soft(ring, tone, alpha=0.6, blur=0.06 * plan.camera.scale(place.z))
