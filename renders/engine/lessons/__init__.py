"""What rejections teach: reasons from a fixed list, and what each changes in the next batch of a shot."""

from __future__ import annotations

from renders.engine.lessons.lesson import Lesson, Rejection, lessons_of
from renders.engine.lessons.reasons import REASONS, Reason, reasons_checked

__all__ = ["REASONS", "Lesson", "Reason", "Rejection", "lessons_of", "reasons_checked"]
