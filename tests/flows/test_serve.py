"""What ``tijdig serve`` gives to Prefect: the deployments of ``prefect.yaml`` as they stand there."""

import pytest
import yaml

from flows import serve
from flows.settings import Workplace

pytestmark = pytest.mark.filterwarnings("ignore")


def test_it_serves_them_with_the_schedule_and_the_limit_of_prefect_yaml(tmp_path, monkeypatch, pytestconfig):
    import prefect

    served = []
    monkeypatch.setattr(prefect, "serve", lambda *them: served.extend(them))
    serve._serve_deployments(Workplace(tmp_path))
    text = (pytestconfig.rootpath / "prefect.yaml").read_text(encoding="utf-8")
    meant = {one["name"]: one for one in yaml.safe_load(text)["deployments"] if one["name"] != "gemeenten"}
    assert {one.name for one in served} == meant.keys()
    for one in served:
        said = meant[one.name]
        assert one.concurrency_limit == said["concurrency_limit"] == 1
        assert [made.schedule.cron for made in one.schedules] == [line["cron"] for line in said["schedules"]]
        assert one.parameters == {"werkmap": str(tmp_path)}
