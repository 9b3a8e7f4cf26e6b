"""Settings of the children in these tests: the test settings, and one kind of task that draws nothing."""

from apexsite.settings.test import *  # noqa: F403
from apexsite.settings.test import Q_CLUSTER

APEX_EXTRA_RUNNERS = {"told": "tests.chaos.runner.told_task_run"}
Q_CLUSTER = {**Q_CLUSTER, "workers": 1}
