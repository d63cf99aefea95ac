//! How the simulated servers behave, where real ones differ or take their time.

use std::time::Duration;

use serde::{Deserialize, Serialize};

use crate::timestamp::TimestampForm;

/// How the simulated servers behave. Start from [`Settings::default`], and change what a test is about.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(default)]
#[non_exhaustive]
pub struct Settings {
    /// How long ZStack's jobs run. By default the first query finds a job running, and the second finds it done.
    pub job_pace: Pace,
    /// How long a finished job can be asked for: about three hours (server source). Afterwards it is unknown: 404, and
    /// its uuid can be used again.
    pub job_kept_for: Duration,
    /// Whether ZStack answers a PUT with 202 and a job (server source), or at once with the result (the pages).
    pub put_answer: PutAnswer,
    /// The status of a failure's answer: 503 (server source), or 200 with `error` (which the pages allow).
    pub failure_status: FailureStatus,
    /// What `location` starts with: the server's own management address, which a client can seldom reach (server
    /// source). The default is an address that is reserved for documentation.
    pub location_base: String,
    /// `apiTimeout` of a 202 whose request has no `X-API-Timeout`: 30 minutes (server source).
    pub api_timeout: Duration,
    /// How long a ZStack session lives after its last call: 7200 s (the vendor's documentation).
    pub session_lifetime: Duration,
    /// How far the `Date` of a request that is signed with an access key may be from the simulator's clock, whose zone
    /// is UTC: 15 minutes (server source). `None`: `Date` is only signed, not compared.
    pub access_key_skew: Option<Duration>,
    /// How long listing an image store takes: the real server goes out over ssh. Zero by default.
    pub image_store_delay: Duration,
    /// The form of ZStack's timestamps, which depends on the server's Java.
    pub timestamps: TimestampForm,
    /// Whether ZStack's numbers are written as the pages' examples show them (`1.073741824E9`, `0.0`) instead of as
    /// integers, which the server sends (server source).
    pub numbers_as_floats: bool,
    /// Whether `=`, `&`, `<`, `>` and `'` in ZStack's answers are written as `\u003d` and so on (server source).
    pub unicode_escapes: bool,
    /// How long a CBR token is valid after its first use: 24 h (the vendor's documentation).
    pub token_lifetime: Duration,
    /// How CBR, or what stands in front of it, answers a request without a valid token.
    pub token_refusal: TokenRefusal,
    /// The body of CBR's 202.
    pub accepted_body: AcceptedBody,
    /// How long a CBR restore runs; while it does, another one from the same backup or to the same target is a
    /// conflict. Zero by default, so that a request which a client sends twice is counted twice.
    pub restore_time: Duration,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            job_pace: Pace::Polls(1),
            job_kept_for: Duration::from_secs(3 * 3_600),
            put_answer: PutAnswer::Job,
            failure_status: FailureStatus::ServiceUnavailable,
            location_base: "http://192.0.2.10:8080/zstack".to_owned(),
            api_timeout: Duration::from_secs(1_800),
            session_lifetime: Duration::from_secs(7_200),
            access_key_skew: Some(Duration::from_secs(15 * 60)),
            image_store_delay: Duration::ZERO,
            timestamps: TimestampForm::Java8,
            numbers_as_floats: false,
            unicode_escapes: true,
            token_lifetime: Duration::from_secs(24 * 3_600),
            token_refusal: TokenRefusal::ApiGateway,
            accepted_body: AcceptedBody::Empty,
            restore_time: Duration::ZERO,
        }
    }
}

/// How long a job runs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub enum Pace {
    /// As many queries as this find the job running. Independent of time.
    Polls(u32),
    /// The job runs for this long, by the simulator's clock.
    Time(Duration),
}

/// How ZStack answers a PUT that it accepts.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub enum PutAnswer {
    /// 202 with `location` and `apiTimeout`; the result is to be asked for (server source).
    #[default]
    Job,
    /// 200 with the result, or 503 with the error, in the same answer (the pages say Synchronous).
    AtOnce,
}

/// The status under which ZStack reports that an operation failed.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub enum FailureStatus {
    /// 503 (server source).
    #[default]
    ServiceUnavailable,
    /// 200 with `error` not null: "if not null, the operation fails" (the pages).
    Ok,
}

/// The body of CBR's 202.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub enum AcceptedBody {
    /// No body, as the page says.
    #[default]
    Empty,
    /// `{}`.
    EmptyObject,
    /// `{"job_id":"…"}`, as Huawei Cloud answers (its own clients' source).
    JobId,
}

/// How a CBR request without a valid token is refused. The service's own errors have one shape; the gateway and the
/// identity service in front of it have others (the vendor's documentation and clients).
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub enum TokenRefusal {
    /// 401 `{"error_msg":…,"error_code":"APIGW.0307","request_id":…}`.
    #[default]
    ApiGateway,
    /// 401 `{"message":…,"request_id":…}`, with no code.
    Message,
    /// 401 `{"error":{"code":401,"message":…}}`, with a number as the code.
    Identity,
    /// 403 `{"code":403,"message":…}`.
    Numbered,
    /// 401 with a page of HTML.
    Html,
    /// 401 with nothing.
    Empty,
    /// 500 `{"error_code":"BackupService.9998","error_msg":"Authentication failed"}`: the service itself.
    Service,
}
