"""A line of the log of processings: exactly the fields of the standard, and no other."""

import json

import pytest
from pydantic import ValidationError

from contracts.logregel import (
    Attributes,
    Logregel,
    Resource,
    Soort,
    Span,
    Status,
    current,
    going_on,
    traceparent,
)

#: What the standard publishes: field -> whether it must be there.
FIELDS = {
    "trace_id": True, "span_id": True, "status": True, "name": True, "start_time": True, "end_time": True,
    "parent_span_id": False, "resource": False, "attributes": True,
}  # fmt: skip
CORE = {"dpl.core.processing_activity_id", "dpl.core.data_subject_id", "dpl.core.data_subject_id_type"}
URI = "https://gemeente.example/register/berichten/1"


def line(**more):
    values = {
        "trace_id": "1" * 32, "span_id": "2" * 16, "parent_span_id": "3" * 16, "name": "bericht maken",
        "status": Status.UNSET, "start_time": 1_764_068_470_669, "end_time": 1_764_068_470_670,
        "resource": Resource(attributes={"service.name": "tijdig"}),
        "attributes": Attributes(
            processing_activity_id=URI, data_subject_id="4" * 32, data_subject_id_type=Soort.PERSOON
        ),
    }  # fmt: skip
    return Logregel(**(values | more))


def test_it_has_the_fields_of_the_standard_and_no_other():
    said = json.loads(line().line())
    assert set(said) == set(FIELDS)
    assert set(said["resource"]) == {"attributes"}
    assert set(said["attributes"]) == CORE


def test_of_nobody_it_says_nothing():
    said = json.loads(line(parent_span_id=None, attributes=Attributes(processing_activity_id=URI)).line())
    assert set(FIELDS) - set(said) == {"parent_span_id"}
    assert said["attributes"] == {"dpl.core.processing_activity_id": URI}


@pytest.mark.parametrize("field", [name for name, needed in FIELDS.items() if needed])
def test_a_line_without_what_must_be_there_does_not_fit(field):
    said = json.loads(line().line())
    del said[field]
    with pytest.raises(ValidationError):
        Logregel.model_validate(said)


@pytest.mark.parametrize(
    ("field", "wrong"),
    [
        ("trace_id", "1" * 31), ("trace_id", "0" * 32), ("span_id", "g" * 16), ("span_id", "0" * 16),
        ("status", "unset"), ("start_time", "gisteren"), ("end_time", 1), ("name", ""), ("medewerker", "C-01"),
        ("attributes", {"dpl.core.processing_activity_id": "geen uri"}),
        ("attributes", {"dpl.core.processing_activity_id": URI, "dpl.core.data_subject_id": "4" * 32}),
        ("attributes", {"dpl.core.processing_activity_id": URI, "enduser.id": "C-01"}),
    ],
)  # fmt: skip
def test_what_does_not_fit_is_refused(field, wrong):
    with pytest.raises(ValidationError):
        Logregel.model_validate(json.loads(line().line()) | {field: wrong})


def test_a_person_is_never_a_number_as_it_is():
    with pytest.raises(ValidationError):
        Attributes(processing_activity_id=URI, data_subject_id="900000001", data_subject_id_type=Soort.PERSOON)


def test_an_outgoing_call_names_the_action_that_goes_on():
    span = Span("a" * 32, "b" * 16)
    with going_on(span):
        assert traceparent() == f"00-{'a' * 32}-{'b' * 16}-01"
        with going_on(span.child()):
            assert traceparent().split("-")[1] == "a" * 32
            assert traceparent().split("-")[2] != "b" * 16
        assert current() == span
    assert current() is None


def test_outside_every_action_it_names_a_trace_of_its_own():
    assert traceparent() != traceparent()
    assert traceparent().startswith("00-")
