"""The example for Kubernetes: strict for who runs there, no secret in it, and commands that are there."""

from pathlib import Path

import pytest
import yaml
from starlette.testclient import TestClient

from flows.init import explained
from flows.serve_worklist import application_of
from flows.settings import Settings, Workplace
from store.casebook import Casebook
from tests.commands import require_command

FOLDER = Path(__file__).parents[2] / "deploy" / "kubernetes"
FILES = sorted(path for path in FOLDER.glob("*.yaml"))


def manifests():
    found = [one for path in FILES for one in yaml.safe_load_all(path.read_text(encoding="utf-8"))]
    return [each for one in found for each in (one["items"] if one["kind"] == "List" else [one])]


def pod_of(manifest):
    """The pod that a manifest makes; None = it makes none."""
    match manifest["kind"]:
        case "Deployment":
            return manifest["spec"]["template"]
        case "CronJob":
            return manifest["spec"]["jobTemplate"]["spec"]["template"]
    return None


PODS = [(one["metadata"]["name"], pod, one["kind"]) for one in manifests() if (pod := pod_of(one))]
each_pod = pytest.mark.parametrize(("pod", "kind"), [pytest.param(pod, kind, id=name) for name, pod, kind in PODS])


def containers(pod):
    return pod["spec"]["containers"] + pod["spec"].get("initContainers", [])


def test_there_is_each_part():
    kinds = {(one["kind"], one.get("metadata", {}).get("name")) for one in manifests()}
    assert kinds >= {
        ("Deployment", "tijdig-werklijst"), ("Service", "tijdig-werklijst"), ("CronJob", "tijdig-nacht"),
        ("CronJob", "tijdig-bezorging"), ("CronJob", "tijdig-waakhond"), ("CronJob", "tijdig-maand"),
        ("CronJob", "tijdig-bewaartermijnen"), ("Deployment", "tijdig-prefect-worker"),
        ("PersistentVolumeClaim", "tijdig-werkmap"), ("NetworkPolicy", "tijdig-dicht"),
    }  # fmt: skip


@each_pod
def test_nobody_in_it_has_rights(pod, kind):
    spec = pod["spec"]
    assert spec["automountServiceAccountToken"] is False
    assert not {"hostNetwork", "hostPID", "hostIPC"} & spec.keys()
    assert spec["securityContext"]["runAsNonRoot"] is True
    assert spec["securityContext"]["runAsUser"] > 0
    assert spec["securityContext"]["seccompProfile"] == {"type": "RuntimeDefault"}
    for one in containers(pod):
        context = one["securityContext"]
        assert context["readOnlyRootFilesystem"] is True
        assert context["allowPrivilegeEscalation"] is False
        assert context["capabilities"] == {"drop": ["ALL"]}
        assert "privileged" not in context


@each_pod
def test_each_has_its_share_of_the_machine(pod, kind):
    for one in containers(pod):
        assert {"cpu", "memory"} <= one["resources"]["requests"].keys()
        assert "memory" in one["resources"]["limits"]


@each_pod
def test_what_stays_up_is_looked_after_and_what_ends_is_not_begun_twice(pod, kind):
    if kind == "Deployment":
        assert all({"readinessProbe", "livenessProbe", "startupProbe"} <= one.keys() for one in containers(pod))
    else:
        assert pod["spec"]["restartPolicy"] == "Never"


@each_pod
def test_an_image_has_a_version(pod, kind):
    for one in containers(pod):
        name, _, tag = one["image"].rpartition(":")
        assert name, one["image"]
        assert tag != "latest"


@each_pod
def test_a_secret_is_never_in_it_and_comes_as_a_file(pod, kind):
    """Only where a secret lies is said; that volume is a Secret, and everything else that is mounted is known."""
    volumes = {one["name"]: one for one in pod["spec"]["volumes"]}
    known = {f"TIJDIG_{name.upper()}_BESTAND" for name in explained().geheimen}
    plain = {"PREFECT_API_URL", "PREFECT_HOME", "PREFECT_SERVER_ANALYTICS_ENABLED"}
    for one in containers(pod):
        mounts = {mount["mountPath"]: volumes[mount["name"]] for mount in one["volumeMounts"]}
        assert mounts["/geheimen"]["secret"]["defaultMode"] == 0o440
        for variable in one["env"]:
            assert variable["name"] in known | plain
            if variable["name"] in known:
                assert Path(variable["value"]).parent == Path("/geheimen")


def test_no_secret_is_among_the_files():
    assert "Secret" not in {one["kind"] for one in manifests()}
    text = "".join(path.read_text(encoding="utf-8") for path in FOLDER.iterdir())
    assert "stringData" not in text
    assert "secretKeyRef" not in text


@each_pod
def test_the_commands_are_there(pod, kind):
    for one in containers(pod):
        if "command" in one:
            assert one["command"][:3] == ["prefect", "worker", "start"]
        else:
            require_command(one["args"])


def test_never_two_nights_at_once():
    for one in manifests():
        if one["kind"] == "CronJob":
            assert (one["spec"]["concurrencyPolicy"], one["spec"]["timeZone"]) == ("Forbid", "Europe/Amsterdam")
        if one["kind"] == "Deployment":
            assert (one["spec"]["replicas"], one["spec"]["strategy"]) == (1, {"type": "Recreate"})


def test_what_prefect_would_run_runs_by_kubernetes_at_the_same_hours():
    """Each deployment of one gemeente, the watchdog among them: here it looks from outside of Prefect."""
    deployments = yaml.safe_load((FOLDER.parents[1] / "prefect.yaml").read_text(encoding="utf-8"))["deployments"]
    by_prefect = {each["cron"] for one in deployments for each in one["schedules"] if each["active"]}
    assert by_prefect == {one["spec"]["schedule"] for one in manifests() if one["kind"] == "CronJob"}


def test_the_settings_fit_and_the_probe_asks_by_their_name():
    settings = Settings.read(FOLDER / "tijdig.toml")
    (werklijst,) = [pod for name, pod, _ in PODS if name == "tijdig-werklijst"]
    (container,) = containers(werklijst)
    for probe in ("startupProbe", "readinessProbe", "livenessProbe"):
        (header,) = container[probe]["httpGet"]["httpHeaders"]
        assert (header["name"], f"https://{header['value']}") == ("Host", settings.werklijst.adres)
        assert container[probe]["httpGet"]["path"] == "/inloggen"
    # Without these two the night would be killed, or the record would be lost with the pod.
    assert settings.geheugen == "3GB"
    assert settings.werklijst.database is not None


def test_the_worklist_answers_its_probe_and_nobody_who_calls_it_otherwise(tmp_path, monkeypatch):
    """The application with these settings, on a casebook of its own; the sign-on is not there, and need not be."""
    for name in ("TIJDIG_WERKLIJST_SLEUTEL", "TIJDIG_WERKLIJST_OIDC_GEHEIM"):
        monkeypatch.setenv(name, "s" * 32)
    (tmp_path / "tijdig.toml").write_bytes((FOLDER / "tijdig.toml").read_bytes())
    with Casebook.at(tmp_path / "casebook.sqlite") as casebook:
        client = TestClient(application_of(Workplace(tmp_path), casebook))
        assert client.get("/inloggen", headers={"Host": "werklijst.eigendorp.example"}).status_code == 200
        assert client.get("/inloggen", headers={"Host": "elders.example"}).status_code == 400


def test_the_network_is_closed_and_opened_by_name():
    policies = {one["metadata"]["name"]: one["spec"] for one in manifests() if one["kind"] == "NetworkPolicy"}
    assert policies["tijdig-dicht"] == {"podSelector": {}, "policyTypes": ["Ingress", "Egress"]}
    into = [name for name, spec in policies.items() if spec.get("ingress")]
    assert into == ["tijdig-werklijst-in"]
    ports = {port["port"] for spec in policies.values() for rule in spec.get("egress", []) for port in rule["ports"]}
    assert ports == {53, 443, 587, 5432, 4200}


def test_the_list_names_every_file_and_uses_one_kind_of_night():
    (listed,) = [one for one in manifests() if one["kind"] == "Kustomization"]
    others = {path.name for path in FILES} - {"kustomization.yaml", "prefect-worker.yaml"}
    assert set(listed["resources"]) == others
