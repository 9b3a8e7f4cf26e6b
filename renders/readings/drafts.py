"""A draft of a script as its page shows it: how far it is, or its lines, and what it would be as a film."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from apexsite.kit.errors import InputError
from projects.engine.breakdown import break_down
from projects.engine.script import parse_script
from projects.engine.script.layout import Line, TitlePage, laid_out, title_page
from projects.engine.writing.wish import LANGUAGES
from projects.models import Episode, ScriptDraft
from projects.readings.writing import styles_now
from projects.services.writing import endpoint_now
from renders import states
from renders.models import JobKind, RenderTask
from renders.readings.breakdown import clock

LENGTHS: tuple[tuple[int, str], ...] = (
    (10, "Short: about 10 shots"),
    (20, "About 20 shots"),
    (40, "An episode: about 40 shots"),
    (80, "Long: about 80 shots"),
)


@dataclass(slots=True)
class DraftPage:
    """Everything the page of a draft shows. `fault` is why it was not written, `problem` why it cannot be broken down."""

    draft: ScriptDraft
    style: str
    language: str
    is_on_its_way: bool = False
    said: str = ""
    fault: str = ""
    problem: str = ""
    title: TitlePage = field(default_factory=TitlePage)
    lines: list[Line] = field(default_factory=list)
    scenes: int = 0
    shots: int = 0
    clock: str = ""
    people: list[str] = field(default_factory=list)


def draft_page(draft: ScriptDraft) -> DraftPage:
    """Return the page of a draft."""
    styles = styles_now()
    name = str(draft.asked.get("style", ""))
    page = DraftPage(
        draft,
        style=styles[name].title if name in styles else name,
        language=LANGUAGES.get(str(draft.asked.get("language", "")), ""),
    )
    if draft.written_at is None:
        _how_far(page)
        return page
    page.title = title_page(draft.text)
    try:
        screenplay = parse_script(draft.text.encode(), name="draft.fountain")
        page.lines = laid_out(draft.text, screenplay)
        made = break_down(screenplay, rate=draft.episode.project.rate)
    except InputError as err:
        page.problem = err.message
        return page
    page.scenes, page.shots = len(made.scenes), len(made.shots)
    page.clock = clock(float(draft.episode.project.rate.seconds_at(made.duration_frames)))
    page.people = [person.name for person in made.characters]
    return page


def tasks_of_drafts(episode_id: UUID) -> dict[str, RenderTask]:
    """Return the task of each draft of a film by the draft's id, in one query."""
    tasks = RenderTask.objects.filter(job__kind=JobKind.SCRIPT, job__episode=episode_id)
    return {str(task.request["draft"]): task for task in tasks.select_related("job")}


def writing_choices() -> dict[str, Any]:
    """Return what the form of a topic offers, and who would write."""
    where = endpoint_now()
    return {
        "styles": [(style.name, style.title) for style in styles_now().values()],
        "lengths": LENGTHS,
        "languages": list(LANGUAGES.items()),
        "model": where.model if where else "",
    }


def drafts_shown(episode: Episode) -> list[tuple[ScriptDraft, str, str]]:
    """Return a film's drafts, newest first, each with its state and its style in words."""
    styles = {name: style.title for name, style in styles_now().items()}
    tasks = tasks_of_drafts(episode.pk)
    rows = ScriptDraft.objects.filter(episode=episode)[:20]
    return [
        (
            draft,
            _state(draft, tasks.get(str(draft.pk)), script=episode.script_text),
            styles.get(draft.asked.get("style", ""), ""),
        )
        for draft in rows
    ]


def _state(draft: ScriptDraft, task: RenderTask | None, *, script: str) -> str:
    if draft.used_at is not None:
        return "is the script" if draft.text == script else "was the script"
    if draft.written_at is not None:
        return "edited" if draft.is_edited else "written"
    return "being written" if task and task.status in states.OPEN else "not written"


def _how_far(page: DraftPage) -> None:
    task = tasks_of_drafts(page.draft.episode_id).get(str(page.draft.pk))
    if task is None:
        page.fault = "nobody writes it; ask again"
        return
    page.is_on_its_way = task.status in states.OPEN
    page.said = task.progress_message if page.is_on_its_way else ""
    if not page.is_on_its_way:
        page.fault = task.error or f"it was {task.job.get_status_display().lower()}"
