"""The deployments as ``prefect.yaml`` describes them, so that there is one place with their schedules."""

from importlib import resources
from pathlib import Path
from typing import Any

import yaml
from prefect.client.schemas.actions import DeploymentScheduleCreate
from prefect.client.schemas.schedules import CronSchedule

from contracts.errors import SettingsError


def schedule_of(name: str) -> DeploymentScheduleCreate:
    """The schedule of a deployment: cron and time zone."""
    schedule = _deployment(name)["schedules"][0]
    return DeploymentScheduleCreate(
        schedule=CronSchedule(cron=schedule["cron"], timezone=schedule["timezone"]), active=True
    )


def limit_of(name: str) -> int:
    """How many runs of a deployment may go on at the same time."""
    return int(_deployment(name)["concurrency_limit"])


def _deployment(name: str) -> dict[str, Any]:
    path = Path(str(resources.files("flows"))).parent / "prefect.yaml"
    if not path.is_file():
        raise SettingsError("prefect.yaml is missing.", where=path, todo="Run this in a checkout of Tijdig.")
    found: dict[str, Any] = yaml.safe_load(path.read_text(encoding="utf-8"))
    return next(deployment for deployment in found["deployments"] if deployment["name"] == name)
