"""What an episode's run made, as one document and in words: script, pictures, scores, drift, proofs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from django.db.models import Avg

from projects.models import Episode, Scene
from renders.models import RerenderProof, Score, Variant
from renders.readings.drift import drift_chart
from renders.services.engines import stand_in_note
from renders.services.episodes import POLICY, approved_in_order

Report = dict[str, Any]


def tier_report(
    episode: Episode, *, tier: str, proved: Sequence[Variant], files: Mapping[str, Path]
) -> Report:
    """Return what a tier's pictures are like: a row a shot, and the figures over all of them."""
    approved = approved_in_order(episode, tier=tier)
    chart = drift_chart(episode, tier=tier)
    drifts = {row.variant_id: row for row in chart.rows}
    shots = [
        {
            "code": one.shot.code,
            "scene": one.shot.scene.number,
            "place": one.shot.scene.place,
            "size": one.shot.size,
            "variant": str(one.pk),
            "number": one.number,
            "sha256": one.media.sha256,
            "score": round(one.score_total or 0.0, 4),
            "drift": drifts[one.pk].distance if one.pk in drifts else None,
            "is_over": one.pk in drifts and drifts[one.pk].is_over,
            "issues": drifts[one.pk].issues if one.pk in drifts else [],
        }
        for one in approved
    ]
    return {
        "tier": tier,
        "engine": Counter(one.engine for one in approved).most_common(1)[0][0],
        "stand_in": stand_in_note(tier),
        "pictures": Variant.objects.filter(shot__scene__episode=episode, tier=tier).count(),
        "policy": POLICY,
        "scores": _scores(approved),
        "drift": {
            "bible_version": chart.bible_version,
            "limit": chart.baseline.limit,
            "words": chart.baseline.words,
            "mean": chart.baseline.mean,
            "alarms": [row.code for row in chart.alarms],
            "wanders_from": chart.wanders_from,
            "unmeasured": chart.unmeasured,
        },
        "made_again": _proofs(proved),
        "shots": shots,
        "files": {name: str(path) for name, path in files.items()},
    }


def _scores(approved: Sequence[Variant]) -> Report:
    totals = [one.score_total or 0.0 for one in approved]
    means = (
        Score.objects.filter(variant__in=approved).values("criterion").annotate(mean=Avg("value"))
    )
    lowest = min(approved, key=lambda one: one.score_total or 0.0)
    return {
        "mean": round(sum(totals) / len(totals), 4),
        "least": round(min(totals), 4),
        "least_of": lowest.shot.code,
        "most": round(max(totals), 4),
        "criteria": {
            row["criterion"]: round(row["mean"], 4) for row in means.order_by("criterion")
        },
    }


def _proofs(proved: Sequence[Variant]) -> Report:
    newest: dict[Any, RerenderProof] = {}
    for proof in RerenderProof.objects.filter(variant__in=proved).order_by("created_at"):
        newest[proof.variant_id] = proof
    rows = []
    for one in proved:
        proof = newest.get(one.pk)
        rows.append(
            {
                "code": one.shot.code,
                "number": one.number,
                "result": proof.result if proof else "failed",
                "is_as_expected": bool(proof and proof.is_as_expected),
                "words": proof.words if proof else "it could not be made again; the job says why",
            }
        )
    return {
        "chosen": len(rows),
        "as_promised": sum(row["is_as_expected"] for row in rows),
        "results": dict(Counter(row["result"] for row in rows)),
        "rows": rows,
    }


def episode_report(
    episode: Episode,
    *,
    script: Report,
    tiers: Sequence[Report],
    seconds: Mapping[str, float],
    sample: str,
    seed: int,
) -> Report:
    """Return the whole report of a run."""
    return {
        "schema": "apex.episode-report/1",
        "title": str(episode),
        "project": str(episode.project_id),
        "episode": str(episode.pk),
        "script": script,
        "scenes": Scene.objects.filter(episode=episode).count(),
        "shots": len(tiers[0]["shots"]),
        "sample": sample,
        "seed": seed,
        "tiers": list(tiers),
        "seconds": dict(seconds),
    }


def in_words(report: Report) -> str:
    """Return a report as Markdown."""
    script = report["script"]
    lines = [
        f"# {report['title']}",
        "",
        f"{report['scenes']} scenes, {report['shots']} shots. {script['credit']}.",
        *(
            f"Asked first: {hop['model']} ({hop['fault']}): {hop['words']}."
            for hop in script["hops"]
            if hop["model"]
        ),
    ]
    for tier in report["tiers"]:
        lines += _tier_in_words(tier, report)
    total = sum(report["seconds"].values())
    stages = ", ".join(f"{name} {value:.1f}" for name, value in report["seconds"].items())
    return "\n".join([*lines, "", f"Seconds: {total:.1f} in all; {stages}.", ""])


def _tier_in_words(tier: Report, report: Report) -> list[str]:
    drift, proofs, scores = tier["drift"], tier["made_again"], tier["scores"]
    criteria = ", ".join(f"{name} {value:.2f}" for name, value in scores["criteria"].items())
    alarms = ", ".join(drift["alarms"]) or "none"
    results = ", ".join(f"{count} {name}" for name, count in proofs["results"].items()) or "none"
    lot = (
        "all"
        if report["sample"] == "all"
        else f"a lot of {report['sample']}, seed {report['seed']}"
    )
    head = ["", f"## {tier['tier']}: {tier['pictures']} pictures by {tier['engine']}", ""]
    if tier["stand_in"]:
        head += [f"{tier['stand_in']}.", ""]
    return [
        *head,
        f"- Approved by policy, not by a person: {tier['policy']}.",
        f"- Scores of the approved: mean {scores['mean']:.3f}, {scores['least']:.3f} ({scores['least_of']}) to "
        f"{scores['most']:.3f}; {criteria}.",
        f"- Drift: {drift['words']}; over it: {alarms}."
        + (f" The look wanders since {drift['wanders_from']}." if drift["wanders_from"] else ""),
        f"- Made again as they were made ({lot}): {proofs['as_promised']} of {proofs['chosen']} as promised; {results}.",
        "",
        f"![Contact sheet]({Path(tier['files']['contact_sheet']).name})",
        "",
        f"![Drift]({Path(tier['files']['drift_png']).name})",
        "",
        "| Shot | Place | Size | Score | Drift | |",
        "|---|---|---|---|---|---|",
        *(_row_in_words(row) for row in tier["shots"]),
    ]


def _row_in_words(row: Report) -> str:
    drift = "" if row["drift"] is None else f"{row['drift']:.3f}"
    issues = "; ".join(row["issues"]) if row["is_over"] else ""
    return f"| {row['code']} | {row['place']} | {row['size']} | {row['score']:.3f} | {drift} | {issues} |"
