"""The nightly deployment as ``prefect.yaml`` describes it, so that there is one place with its schedule."""

from importlib import resources
from pathlib import Path
from typing import Any

import yaml
from prefect.client.schemas.actions import DeploymentScheduleCreate
from prefect.client.schemas.schedules import CronSchedule

from contracts.errors import SettingsError


def nightly_schedule() -> DeploymentScheduleCreate:
    """The schedule of deployment ``nightly``: cron and time zone."""
    schedule = _deployment("nightly")["schedules"][0]
    return DeploymentScheduleCreate(
        schedule=CronSchedule(cron=schedule["cron"], timezone=schedule["timezone"]), active=True
    )


def _deployment(name: str) -> dict[str, Any]:
    path = Path(str(resources.files("flows"))).parent / "prefect.yaml"
    if not path.is_file():
        raise SettingsError("prefect.yaml is missing.", where=path, todo="Run this in a checkout of Tijdig.")
    found: dict[str, Any] = yaml.safe_load(path.read_text(encoding="utf-8"))
    return next(deployment for deployment in found["deployments"] if deployment["name"] == name)
