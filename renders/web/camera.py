"""One shot's camera on a page: move, keys, shutter, depth; tried as a clip first, kept as a new version of the cut."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from apexsite.kit.errors import ApexError, InputError, StateError
from projects import access
from projects.engine.briefsheet import choices_of
from projects.models import Event
from renders.engine.motion.easing import CURVES
from renders.engine.motion.keyframes import MOST_ZOOM, Key
from renders.engine.motion.spec import Motion
from renders.models import Cut
from renders.readings.cameras import camera_of
from renders.readings.rows import cut_for
from renders.services.cameras import camera_edit, camera_edits
from renders.services.motionedits import MotionEdit
from renders.services.previews import shot_preview
from renders.web.cutedit import clip_answer

BLANK_KEYS = 2
MOST_KEYS = 200
NUMBERS = ("amount", "shutter_degrees", "parallax", "focus", "aperture")
KEY_PARTS = ("frame", "x", "y", "zoom", "curve")


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def camera(request: HttpRequest, cut_id: UUID) -> HttpResponse:
    """Show how a shot's camera moves; keep how it shall move as a new version of the cut."""
    right = "make" if request.method == "POST" else "view"
    cut = cut_for(request.user, cut_id, right=right)
    code = (request.POST if request.method == "POST" else request.GET).get("shot", "")
    if request.method != "POST":
        return _page(request, cut, code)
    try:
        move, motion = motion_from(request.POST)
        made = camera_edit(user=request.user, cut=cut, shot_code=code, move=move, motion=motion)
    except (InputError, StateError) as err:
        return _page(request, cut, code, fault=err, typed=request.POST)
    same = made.pk == cut.pk
    messages.success(
        request, "Nothing was changed." if same else f"Cut {made.version}: {code} moves so."
    )
    return redirect(f"{reverse('camera', args=[made.pk])}?shot={code}")


@require_safe
@login_required
def preview(request: HttpRequest, cut_id: UUID) -> HttpResponse:
    """Send a small clip of the shot as the form would move it."""
    cut = cut_for(request.user, cut_id, right="view")
    code = request.GET.get("shot", "")
    move, motion = motion_from(request.GET)
    edits = camera_edits(cut, shot_code=code, move=move, motion=motion)
    content = shot_preview(user=request.user, cut=cut, edits=edits, shot_code=code)
    return clip_answer(content)


def motion_from(form: QueryDict) -> tuple[str | None, MotionEdit]:
    """Return the move and the motion a form says; raises `InputError` naming the field."""
    values: dict[str, Any] = {
        name: _number(form[name], name.replace("_", " ")) for name in NUMBERS if name in form
    }
    if "depth" in form:
        values["is_deep"] = form["depth"] == "1"
        if not values["is_deep"]:
            values = {k: v for k, v in values.items() if k not in ("aperture", "parallax", "focus")}
    if "curve" in form:
        values["curve"] = form["curve"]
    if "key_frame" in form:
        values["keys"] = _keys(form)
    return form.get("move"), MotionEdit(**values)


def _keys(form: QueryDict) -> tuple[Key, ...]:
    columns = [form.getlist(f"key_{part}") for part in KEY_PARTS]
    if len({len(column) for column in columns}) > 1:
        raise InputError(f"each key needs {', '.join(KEY_PARTS)}")
    if len(columns[0]) > MOST_KEYS:
        raise InputError(f"{len(columns[0])} keys are too many; a shot has at most {MOST_KEYS}")
    keys = []
    for frame, x, y, zoom, curve in zip(*columns, strict=True):
        if not frame.strip():
            continue
        if not (frame.strip().isascii() and frame.strip().isdigit() and len(frame.strip()) < 8):
            raise InputError(f"frame of a key is {frame[:20]!r}; it must be a whole number")
        keys.append(
            Key(
                int(frame),
                _number(x or "50", "across of a key") / 100,
                _number(y or "50", "down of a key") / 100,
                _number(zoom or "1", "zoom of a key"),
                curve,
            )
        )
    return tuple(sorted(keys, key=lambda key: key.frame))


def _number(text: str, name: str) -> float:
    words = text.strip().replace(",", ".").replace("\u2212", "-")
    try:
        return float(words)
    except ValueError as err:
        raise InputError(f"{name} is {text[:20]!r}; it must be a number") from err


def _page(
    request: HttpRequest,
    cut: Cut,
    code: str,
    *,
    fault: ApexError | None = None,
    typed: QueryDict | None = None,
) -> HttpResponse:
    reading, project = camera_of(cut, code), cut.episode.project
    context = {
        "project": project,
        "episode": cut.episode,
        "cut": cut,
        "code": code,
        "camera": reading,
        "fault": str(fault) if fault else "",
        **_filled(str(reading.clip.move), reading.clip.motion, typed),
        "moves": choices_of("move"),
        "curves": CURVES,
        "most_zoom": MOST_ZOOM,
        "tier": cut.tier,
        "seq": Event.objects.filter(project=project).count(),
        "may_make": access.may(request.user, project, "make"),
        "here": "cut",
    }
    status = 200 if fault is None else 409 if isinstance(fault, StateError) else 400
    return render(request, "renders/camera.html", context, status=status)


def _filled(move: str, motion: Motion, typed: QueryDict | None) -> dict[str, Any]:
    """Return what stands in the form: what is kept, or what somebody typed that could not be."""
    if typed is not None:
        columns = [typed.getlist(f"key_{part}") for part in KEY_PARTS]
        keys = [dict(zip(KEY_PARTS, row, strict=True)) for row in zip(*columns, strict=False)]
        return {
            "move": typed.get("move", move),
            "curve": typed.get("curve", ""),
            "is_deep": typed.get("depth") == "1",
            "numbers": {name: typed.get(name, "") for name in NUMBERS},
            "keys": keys,
        }
    keys = [
        {
            "frame": key.frame,
            "x": f"{100 * key.centre_x:g}",
            "y": f"{100 * key.centre_y:g}",
            "zoom": f"{key.zoom:g}",
            "curve": key.curve,
        }
        for key in motion.keys
    ]
    blank = {"frame": "", "x": "50", "y": "50", "zoom": "1", "curve": "sine"}
    return {
        "move": move,
        "curve": motion.curve,
        "is_deep": motion.depth is not None,
        "numbers": {name: f"{getattr(motion, name):g}" for name in NUMBERS},
        "keys": [*keys, *[blank] * BLANK_KEYS],
    }
