//! How one request passes through the world, phase by phase.

use std::time::{Duration, Instant};

use http_body_util::{BodyExt, Limited};
use hyper::body::Incoming;
use hyper::http::request::Parts;
use hyper::{Request, Response};

use crate::document::Misfit;
use crate::exchange::{Answer, Exchange, RecordedRequest};
use crate::execution::Fate;
use crate::fault::{Fault, Garbled, Host, Luck, Phase};
use crate::operation::{Operation, Route};
use crate::wire::{Act, Afterwards, Control, Ending, Flood, Part, Payload, Plan};
use crate::world::{World, lock};

/// The longest body that is read, in bytes.
const LONGEST_BODY: usize = 2 * 1024 * 1024;

/// A request on its way.
struct Passage<'a> {
    world: &'a World,
    operation: Option<Operation>,
    /// The id in the path that the operation is about.
    resource: Option<String>,
    /// The job that the request names or asks for, or that was made for it.
    job: Option<String>,
    request: RecordedRequest,
    luck: Luck<'a>,
    /// Whether its body was read.
    read: bool,
    /// Its number in [`crate::Simulator::requests`], known when it is remembered, as are the misfits.
    index: usize,
    misfits: Vec<Misfit>,
    /// Whether it was carried out.
    executed: bool,
}

/// Answers one request. `None`: the connection is to end, as the control was told.
pub(crate) async fn pass(world: &World, control: &Control, request: Request<Incoming>) -> Option<Response<Payload>> {
    let arrived = Instant::now();
    let (head, body) = request.into_parts();
    let mut passage = Passage::begin(world, record(&head));
    let answer = passage.answer(body).await.map(|answer| passage.send(control, answer));
    let Passage { operation, resource, job, request, luck, index, misfits, executed, .. } = passage;
    let met = luck.into_met();
    if let Some(listener) = &world.listener {
        listener(&Exchange {
            request: &request,
            operation,
            status: answer.as_ref().map_or(0, |answer| answer.status),
            body: answer.as_ref().map_or(&[], |answer| &answer.body),
            met: &met,
            executed,
            misfits: &misfits,
            took: arrived.elapsed(),
        });
    }
    let status = answer.as_ref().ok().map(|answer| answer.status);
    lock(&world.fates).push(Fate { request: index, operation, resource, job, met, executed, status });
    match answer {
        Ok(answer) => Some(answer.into_response()),
        Err(ending) => {
            control.end(ending);
            None
        }
    }
}

impl<'a> Passage<'a> {
    fn begin(world: &'a World, request: RecordedRequest) -> Self {
        let route = Route::of(&request.path).filter(|route| route.operation.method() == request.method);
        let operation = route.as_ref().map(|route| route.operation);
        let id = route.and_then(|mut route| route.ids.pop());
        let (resource, job) = match operation {
            Some(Operation::QueryJob) => (None, id),
            Some(operation) if operation.is_job() => (id, request.header("x-job-uuid").map(str::to_owned)),
            _ => (id, None),
        };
        if let (Some(resource), Some(job)) = (&resource, &job) {
            world.lottery.name_job(job, resource);
        }
        let subject = resource.as_ref().or(job.as_ref()).or(request.query.as_ref());
        let subject = subject.map(String::as_str).unwrap_or_default();
        let drawn = operation.and_then(|operation| world.lottery.draw(operation, subject));
        let luck = Luck::new(&world.rules, operation, drawn);
        Self {
            world,
            operation,
            resource,
            job,
            request,
            luck,
            read: false,
            index: 0,
            misfits: Vec::new(),
            executed: false,
        }
    }

    /// The phases until the answer is ready.
    async fn answer(&mut self, body: Incoming) -> Result<Answer, Ending> {
        let early = self.read(body).await;
        (self.index, self.misfits) = self.world.remember(&self.request, self.read);
        if let Some(answer) = early? {
            return Ok(answer);
        }
        if let Some(answer) = self.meet(Phase::BeforeExecuting, None).await? {
            return Ok(answer);
        }
        let answer = self.execute();
        if answer.delay > Duration::ZERO {
            tokio::time::sleep(answer.delay).await;
        }
        Ok(self.meet(Phase::BeforeAnswering, Some(answer.clone())).await?.unwrap_or(answer))
    }

    /// Reads the body. Returns the answer if there is one already.
    async fn read(&mut self, body: Incoming) -> Result<Option<Answer>, Ending> {
        if let Some(answer) = self.meet(Phase::BeforeReading, None).await? {
            return Ok(Some(answer));
        }
        match Limited::new(body, LONGEST_BODY).collect().await {
            Ok(body) => self.request.body = body.to_bytes().into(),
            Err(_) => return Ok(Some(Answer::plain(413, "the body is too long, or broke off"))),
        }
        self.read = true;
        Ok(None)
    }

    /// Lets the server carry the request out.
    fn execute(&mut self) -> Answer {
        let settings = lock(&self.world.settings).clone();
        let mut store = lock(&self.world.store);
        let before = store.state().execution_log.len();
        let answer = store.play(&settings, &self.request, self.world.clock.now());
        self.executed = store.state().execution_log.len() > before;
        drop(store);
        if self.job.is_none() && self.operation.is_some_and(Operation::is_job) {
            self.job = job_of(&answer);
        }
        answer
    }

    /// Passes a phase, with the answer if it is ready already. Returns the answer if there is one now.
    async fn meet(&mut self, phase: Phase, ready: Option<Answer>) -> Result<Option<Answer>, Ending> {
        match self.luck.next(phase) {
            None => Ok(ready),
            Some(Fault::Close) => Err(Ending::Close),
            Some(Fault::Reset) => Err(Ending::Reset),
            Some(Fault::Stall(duration)) => {
                tokio::time::sleep(duration).await;
                Ok(ready)
            }
            Some(Fault::Answer { status, headers, body }) => {
                let answer = Answer::plain(status, body);
                Ok(Some(headers.into_iter().fold(answer, |answer, (name, value)| answer.with_header(&name, value))))
            }
            Some(Fault::Redirect { status, to }) => {
                let query = self.request.query.iter().map(|query| format!("?{query}")).collect::<String>();
                let location = format!("{}{}{query}", self.base(to), self.request.path);
                Ok(Some(Answer::plain(status, "").with_header("Location", location)))
            }
            Some(Fault::ContentType(media_type)) => Ok(ready.map(|answer| match media_type {
                Some(media_type) => answer.without_type().with_type(&media_type),
                None => answer.without_type(),
            })),
            Some(Fault::Body(garbled)) => Ok(Some(spoil(ready.unwrap_or_else(|| Answer::plain(200, "")), garbled))),
            Some(Fault::LocationElsewhere) => Ok(ready.map(|answer| self.elsewhere(answer))),
            Some(Fault::PurgeJob) => {
                if let Some(job) = &self.job {
                    lock(&self.world.store).forget_job(job);
                }
                Ok(ready)
            }
        }
    }

    /// Says what is to happen to an answer while it is sent, and to the connection afterwards.
    fn send(&mut self, control: &Control, mut answer: Answer) -> Answer {
        let within = self.luck.first(&[Phase::InHead, Phase::InBody]);
        let afterwards = self.luck.first(&[Phase::WhileIdle, Phase::NextRequest]);
        if matches!(within, Some((Phase::InBody, _))) && answer.length() < 2 {
            answer.body = b"{}".to_vec();
        }
        let within = within.and_then(|(phase, fault)| {
            let part = if phase == Phase::InHead { Part::Head } else { Part::Body };
            Some((part, act(&fault)?))
        });
        let afterwards = afterwards.and_then(|(phase, fault)| {
            let when = if phase == Phase::WhileIdle { Afterwards::AtOnce } else { Afterwards::NextRequest };
            Some((when, act(&fault)?))
        });
        if within.is_some() || afterwards.is_some() {
            control.plan(Plan { body: answer.length(), within, afterwards });
        }
        answer
    }

    /// The address of a host.
    fn base(&self, host: Host) -> String {
        let name = match host {
            Host::Same => "127.0.0.1",
            Host::Another => "localhost",
        };
        format!("http://{name}:{}", self.world.port)
    }

    /// The same answer with its `location`, if it has one, at another host.
    fn elsewhere(&self, mut answer: Answer) -> Answer {
        if let (Some(job), Ok(serde_json::Value::Object(mut fields))) =
            (&self.job, serde_json::from_slice(&answer.body))
            && let Some(location) = fields.get_mut("location")
        {
            *location = format!("{}/zstack/v1/api-jobs/{job}", self.base(Host::Another)).into();
            answer.body = serde_json::Value::Object(fields).to_string().into_bytes();
        }
        answer
    }
}

/// The uuid at the end of an answer's `location`.
fn job_of(answer: &Answer) -> Option<String> {
    let body: serde_json::Value = serde_json::from_slice(&answer.body).ok()?;
    let (_, job) = body.get("location")?.as_str()?.rsplit_once('/')?;
    Some(job.to_owned())
}

/// The same answer with another body.
fn spoil(mut answer: Answer, garbled: Garbled) -> Answer {
    match garbled {
        Garbled::Long(length) => answer.flood = Some(Flood::of(length)),
        Garbled::Endless => answer.flood = Some(Flood::endless()),
        _ => answer.body = garbled.spoil(&answer.body),
    }
    answer
}

/// What a fault means while an answer is sent, or after it. The others do not fit these phases.
fn act(fault: &Fault) -> Option<Act> {
    match fault {
        Fault::Stall(duration) => Some(Act::Stall(*duration)),
        Fault::Close => Some(Act::End(Ending::Close)),
        Fault::Reset => Some(Act::End(Ending::Reset)),
        _ => None,
    }
}

fn record(head: &Parts) -> RecordedRequest {
    let header = |(name, value): (&hyper::header::HeaderName, &hyper::header::HeaderValue)| {
        (name.as_str().to_owned(), String::from_utf8_lossy(value.as_bytes()).into_owned())
    };
    RecordedRequest {
        method: head.method.as_str().to_owned(),
        path: head.uri.path().to_owned(),
        query: head.uri.query().map(str::to_owned),
        headers: head.headers.iter().map(header).collect(),
        body: Vec::new(),
    }
}
