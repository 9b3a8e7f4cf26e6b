"""Make pictures again from their recipes: `manage.py rerender VARIANT`, `manage.py rerender --sample N --episode E`."""

from __future__ import annotations

import json
import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any
from uuid import UUID

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from apexsite.kit.errors import ApexError, InputError, NotFound
from projects.models import Episode
from renders.models import RerenderProof, Variant
from renders.services.rerenders import Proof, proof_keep, rerender, sample_of, variants_with_shots


class Command(BaseCommand):
    """Draws in this process, keeps each proof as a row; exit code 1 when one is not what its engine promises."""

    help = "Make pictures again from their recipes alone and say how they compare."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare the options."""
        parser.add_argument("variant", nargs="?", default="", help="the variant's id")
        parser.add_argument("--out", type=Path, help="write the picture made again here")
        parser.add_argument("--json", action="store_true")
        parser.add_argument("--sample", type=int, default=0, help="so many of an episode, by lot")
        parser.add_argument("--episode", default="", help="the episode's id")
        parser.add_argument(
            "--seed", type=int, help="of the lot; today's date, so that each day proves others"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Prove one or a sample."""
        try:
            seed = options["seed"]
            if seed is None:
                seed = int(timezone.localdate().strftime("%Y%m%d"))
            chosen = _chosen(options, seed)
            told = [self._one(variant, options) for variant in chosen]
        except ApexError as err:
            raise CommandError(err.message) from err
        if options["json"]:
            one = told[0] if options["variant"] else {"seed": seed, "proofs": told}
            self.stdout.write(json.dumps(one, ensure_ascii=False))
        elif not options["variant"]:
            kept = sum(proof["is_as_expected"] for proof in told)
            self.stdout.write(f"{kept} of {len(told)} as promised (lot {seed})")
        if not all(proof["is_as_expected"] for proof in told):
            sys.exit(1)

    def _one(self, variant: Variant, options: dict[str, Any]) -> dict[str, Any]:
        try:
            proof = rerender(variant)
        except ApexError as err:
            if options["variant"]:
                raise
            # One that cannot be drawn here does not end the proof of the others.
            proof = None
            told = _named(variant) | {
                "result": "failed", "is_as_expected": False, "words": err.message,
            }  # fmt: skip
        if proof is not None:
            row = proof_keep(variant, proof)
            if options["out"] and options["variant"]:
                _write(options["out"], proof)
            told = _named(variant) | _told(row)
        if not options["json"]:
            self.stdout.write(f"{told['name']:<28} {told['result']:<10} {told['words']}")
        return told


def _chosen(options: dict[str, Any], seed: int) -> list[Variant]:
    if bool(options["variant"]) == bool(options["sample"]):
        raise InputError("give a variant's id, or --sample N with --episode E")
    if options["variant"]:
        return [_row(variants_with_shots(), options["variant"], "variant")]
    episode = _row(Episode.objects.select_related("project"), options["episode"], "episode")
    return sample_of(episode, count=options["sample"], seed=seed)


def _row(rows: Any, id_: str, what: str) -> Any:
    try:
        found = rows.filter(pk=UUID(id_)).first()
    except ValueError:
        raise InputError(f"{what}={id_!r} must be an id such as the page's address holds") from None
    if found is None:
        raise NotFound(f"there is no {what} {id_}")
    return found


def _write(path: Path, proof: Proof) -> None:
    if not proof.content:
        raise InputError("a brought picture cannot be made again; there is nothing to write")
    try:
        path.write_bytes(proof.content)
    except OSError as err:
        raise InputError(f"out={path} cannot be written: {err}") from err


def _named(variant: Variant) -> dict[str, Any]:
    name = f"{variant.shot.code} {variant.tier} {variant.number}"
    return {"variant": str(variant.pk), "name": name}


def _told(row: RerenderProof) -> dict[str, Any]:
    names = (
        "result", "is_as_expected", "words", "sha256_was", "sha256_now", "psnr_db", "delta_e_mean",
        "most_difference", "differences", "seconds",
    )  # fmt: skip
    return {name: getattr(row, name) for name in names}
