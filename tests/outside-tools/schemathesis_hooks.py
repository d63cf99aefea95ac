"""What schemathesis may not complain about, and what it checks instead.

schemathesis expects of a server what is good manners. These servers have others, and the stand-in server behaves as
they do. So each complaint that is none is excused below by one function that says why, and excuses as little as it can.
Where an excuse takes a check away, a check of our own stands in for it. (One check is off for ZStack, `ignored_auth`,
in schemathesis.toml: it can be replaced, but not excused.) The run ends with an error if an excuse was never needed, or
if an answer that should be seen was not: then this file says something that is no longer so.

Evidence: "server source" is zstackio/zstack 5a29293b, `rest/.../RestServer.java`; the actions of
`spec/as-served.overlay.yaml` quote it, and the rest.
"""

import itertools
import json
import uuid

import requests
import schemathesis
from schemathesis.core.failures import AcceptedNegativeData, MalformedJson, ServerError
from schemathesis.generation.meta import REQUEST_SHAPE_PROBES, CoverageScenario, coverage_scenario
from schemathesis.openapi.checks import (
    MissingContentType,
    MissingHeaderNotRejected,
    RejectedPositiveData,
    UnsupportedMethodResponse,
)

JOB_PATH = "/zstack/v1/api-jobs/{uuid}"

# Of each operation, the answers that must have been seen when the run ends: a run that was never let in sees none of
# them. Not there is what comes only under other settings of the stand-in server (200 on a PUT, 403 of an access key,
# 500 of CBR), or not in each run (403 and 404 of CBR).
ANSWERS = {
    "RecoverBackupFromImageStoreBackupStorage": {202, 400, 500},
    "SyncDatabaseBackupFromImageStoreBackupStorage": {202, 400, 500},
    "RecoverDataVolume": {202, 400, 500},
    "GetDatabaseBackupFromImageStore": {200, 400, 503},
    "QueryApiJob": {200, 202, 404, 503},
    "RestoreBackup": {202, 400, 401},
}

COUNT = itertools.count()

EXCUSES = []
NEEDED = set()
SEEN = {operation: set() for operation in ANSWERS}
# How the job ended that a PUT began, by the job's name.
ENDS = {}


def excuse(*kinds):
    """Marks a function that excuses failures of these kinds: it is asked about each, and says yes or no."""

    def register(function):
        EXCUSES.append((kinds, function))
        return function

    return register


@schemathesis.hook
def before_call(_context, case, _kwargs):
    """Names each job anew, if the request names one that is as long as a name must be; every twentieth is known.

    schemathesis takes the same few names again and again, so that most requests would be refused. And it takes any 32
    characters, also those that no path can hold; the document says in words that they are hexadecimal digits.
    """
    job = case.headers.get("X-Job-UUID")
    if isinstance(job, str) and len(job) == 32:
        number = next(COUNT)
        case.headers["X-Job-UUID"] = uuid.uuid5(uuid.NAMESPACE_OID, str(number if number % 20 else 0)).hex


@schemathesis.hook
def filter_failure(context, failure, case, response):
    """Asks the excuses about one failure. `False` drops it."""
    for kinds, function in EXCUSES:
        if type(failure) in kinds and function(failure, case, response):
            NEEDED.add(function.__name__)
            return False
    return True


def name(case):
    """The operation's id in the document."""
    return case.operation.definition.raw["operationId"]


def of_zstack(case):
    return "zstack" in case.operation.tags


def of_cbr(case):
    return "cbr" in case.operation.tags


def begins_a_job(case, response):
    return of_zstack(case) and case.method == "PUT" and response.status_code == 202


def value(response):
    """The body as JSON; `None` if it is none."""
    try:
        return json.loads(response.content)
    except ValueError:
        return None


def error_code(response):
    """The code in `{"error":{"code":...}}`; `None` if the body is another."""
    body = value(response)
    error = body.get("error") if isinstance(body, dict) else None
    return error.get("code") if isinstance(error, dict) else None


def fits_the_document(case):
    """Whether the request is one that the document allows."""
    return case.meta.generation.mode.is_positive and coverage_scenario(case) not in REQUEST_SHAPE_PROBES


def end_of_job(case, response):
    """Asks for the job that a PUT began until it is done, holds both answers to the document, and returns the last."""
    job = value(response)["location"].rsplit("/", 1)[-1]
    if job not in ENDS:
        query = case.operation.schema[JOB_PATH]["GET"].Case(path_parameters={"uuid": job})
        running = query.call()
        assert running.status_code == 202, f"a job that has just begun is asked for: {running.status_code}"
        query.validate_response(running)
        end = query.call()
        assert end.status_code in (200, 503), f"a job is asked for again: {end.status_code}"
        query.validate_response(end)
        SEEN["QueryApiJob"].update((running.status_code, end.status_code))
        ENDS[job] = end
    return ENDS[job]


# ZStack


@excuse(MissingContentType)
def zstack_sends_no_content_type(_failure, case, _response):
    """None of its answers has one (seen on a real server). The body is held to the document all the same."""
    return of_zstack(case)


@excuse(ServerError)
def an_operation_that_failed_is_a_503(_failure, case, response):
    """503 with `{"error":{"code":...}}` is how an operation of ZStack fails (server source)."""
    return of_zstack(case) and response.status_code == 503 and isinstance(error_code(response), str)


@excuse(ServerError)
def a_body_that_cannot_be_read_is_a_500(_failure, case, response):
    """What its REST layer cannot read throws, and is a 500 (server source). What fits the document must not."""
    return of_zstack(case) and response.status_code == 500 and not fits_the_document(case)


@excuse(MissingHeaderNotRejected)
def no_credentials_are_a_400(failure, case, response):
    """Not a 401 (server source)."""
    return of_zstack(case) and failure.header_name == "Authorization" and response.status_code == 400


@excuse(RejectedPositiveData)
def a_job_uuid_cannot_be_used_twice(_failure, case, response):
    """A request that fits the document is refused if it names a job that is known (server source)."""
    return of_zstack(case) and response.status_code == 400 and response.content.startswith(b"Duplicate job uuid[")


@excuse(AcceptedNegativeData)
def a_job_refuses_later(_failure, case, response):
    """A PUT is accepted before its fields are looked at (server source): then its job must fail."""
    return begins_a_job(case, response) and end_of_job(case, response).status_code == 503


@excuse(AcceptedNegativeData)
def unknown_headers_are_ignored(_failure, case, response):
    """A header that it does not know (server source)."""
    unexpected = coverage_scenario(case) == CoverageScenario.OBJECT_UNEXPECTED_PROPERTIES
    return begins_a_job(case, response) and unexpected and case.meta.phase.data.parameter_location == "header"


@excuse(AcceptedNegativeData)
def tags_are_hardly_looked_at(_failure, case, response):
    """Beside the action the server casts tags to a list, null or not, of whatever (inferred from the server source)."""
    if not begins_a_job(case, response) or not isinstance(case.body, dict):
        return False
    tags = [case.body[name] for name in ("systemTags", "userTags") if name in case.body]
    return any(some is None or not all(isinstance(tag, str) for tag in some) for some in tags)


# CBR


@excuse(MissingContentType, MalformedJson)
def a_restore_is_accepted_without_a_body(_failure, case, response):
    """Its page describes no body for 202, Huawei Cloud sends one: both are a success."""
    return of_cbr(case) and response.status_code == 202 and response.content == b""


@excuse(RejectedPositiveData)
def what_a_restore_needs_is_prose(_failure, case, response):
    """Which fields a restore needs depends on the backup's kind, which no schema knows (the vendor's definition)."""
    body = value(response) or {}
    return of_cbr(case) and response.status_code == 400 and body.get("error_code", "").startswith("BackupService.")


# Both


@excuse(UnsupportedMethodResponse)
def no_allow_header(failure, _case, _response):
    """A 405 without `Allow`: no source knows one. A status other than 405 is not excused."""
    return failure.failure_reason == "missing_allow_header"


# Checks of our own


@schemathesis.check
def zstack_answers_have_no_content_type(_ctx, response, case):
    """None of ZStack's answers has one (seen on a real server)."""
    assert not of_zstack(case) or "content-type" not in response.headers, "ZStack's answers have no Content-Type"


@schemathesis.check
def zstack_refuses_in_plain_text(_ctx, response, case):
    """What the REST layer says itself is plain text, not JSON (server source)."""
    refused = of_zstack(case) and response.status_code in (400, 403, 404, 405, 500)
    assert not refused or not isinstance(value(response), (dict, list)), "a refusal of ZStack's is plain text"


@schemathesis.check
def integers_fit_their_format(_ctx, response, _case):
    """schemathesis does not hold `int64` to its bounds, and the document knows nothing larger."""
    found = [value(response)]
    while found:
        item = found.pop()
        found += item.values() if isinstance(item, dict) else item if isinstance(item, list) else []
        assert not isinstance(item, int) or -(2**63) <= item < 2**63, f"{item} is no int64"


@schemathesis.check
def jobs_end_as_documented(_ctx, response, case):
    """Each job that a PUT began is found running, and then done."""
    if begins_a_job(case, response):
        end_of_job(case, response)


@schemathesis.check
class ZstackMindsItsSessions:
    """Once for each operation: without credentials it is a 400, and an unknown session fails with ID.1001."""

    def __init__(self):
        self.seen = set()

    def after_response(self, _ctx, response, case):
        success = response.status_code in (200, 202)
        if not of_zstack(case) or name(case) in self.seen or not success or case.path == JOB_PATH:
            return
        self.seen.add(name(case))
        without = self.send_again(response, None)
        assert without.status_code == 400, f"without credentials: {without.status_code}"
        unknown = self.send_again(response, "OAuth 00000000000000000000000000000000")
        if begins_a_job(case, unknown):
            unknown = end_of_job(case, unknown)
        assert unknown.status_code == 503, f"with an unknown session: {unknown.status_code}"
        assert error_code(unknown) == "ID.1001", f"with an unknown session: {error_code(unknown)}"

    @staticmethod
    def send_again(response, authorization):
        """Sends the same request with other credentials, and as no job in particular."""
        request = response.request.copy()
        request.headers.pop("Authorization", None)
        request.headers.pop("X-Job-UUID", None)
        if authorization is not None:
            request.headers["Authorization"] = authorization
        with requests.Session() as session:
            return session.send(request, allow_redirects=False, timeout=10)


@schemathesis.check
class NothingIsInVain:
    """All answers of `ANSWERS` have been seen, and each excuse was needed."""

    def after_response(self, _ctx, response, case):
        if coverage_scenario(case) not in REQUEST_SHAPE_PROBES:
            SEEN[name(case)].add(response.status_code)

    def after_run(self, _ctx):
        complaints = [
            f"{operation} never answered {sorted(expected - SEEN[operation])}"
            for operation, expected in ANSWERS.items()
            if expected - SEEN[operation]
        ]
        excuses = {function.__name__ for _, function in EXCUSES}
        complaints += [f"the excuse {unneeded} was never needed" for unneeded in sorted(excuses - NEEDED)]
        assert not complaints, "; ".join(complaints)
