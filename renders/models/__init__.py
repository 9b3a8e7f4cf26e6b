"""Rows of the picture."""

from renders.models.comment import Advice, Comment, Mention, Recommendation
from renders.models.cut import Cut, Delivery
from renders.models.drift import DriftReading
from renders.models.grade import ColourTable, GradeVersion
from renders.models.job import Attempt, JobKind, RenderJob, RenderTask, WorkStatus
from renders.models.ledger import LedgerChange, LedgerEntry
from renders.models.media import KeptSample, Media
from renders.models.pick import Pick
from renders.models.proof import ProofResult, RerenderProof
from renders.models.recording import LineRecording
from renders.models.stage import VariantFile
from renders.models.stem import Stem
from renders.models.variant import ActorKind, Review, Score, Tier, Variant, Verdict

__all__ = [
    "ActorKind",
    "Advice",
    "Attempt",
    "ColourTable",
    "Comment",
    "Cut",
    "Delivery",
    "DriftReading",
    "GradeVersion",
    "JobKind",
    "KeptSample",
    "LedgerChange",
    "LedgerEntry",
    "LineRecording",
    "Media",
    "Mention",
    "Pick",
    "ProofResult",
    "Recommendation",
    "RenderJob",
    "RenderTask",
    "RerenderProof",
    "Review",
    "Score",
    "Stem",
    "Tier",
    "Variant",
    "VariantFile",
    "Verdict",
    "WorkStatus",
]
