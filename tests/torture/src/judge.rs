//! What a caller was told, held against what the server did.

/// What the caller of an operation was told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Told {
    /// It was done (of a read: here is the answer), and the answer is the right one.
    Done,
    /// It was done, and the answer is about something else, or lacks what it should hold.
    DoneWrongly,
    /// Nothing was sent.
    NotSent,
    /// The server will not begin.
    Refused,
    /// The server has tried, and says that it failed.
    Failed,
    /// Nobody knows.
    Unknown,
    /// Nothing: the caller gave up.
    Nothing,
}

/// What the server did.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Truth {
    /// Whether the operation changes anything. What only reads is never counted.
    pub changes: bool,
    /// How often it was carried out.
    pub executions: u64,
    /// Whether the server says of it, if it is asked to do it, that it failed.
    pub fails: bool,
}

/// What is wrong with a call. A call can have both.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Verdict {
    /// It was carried out twice, or more often.
    pub twice: bool,
    /// The caller was told what is not so.
    pub wrong: bool,
}

impl Verdict {
    /// Whether nothing is wrong.
    #[must_use]
    pub const fn is_right(self) -> bool {
        !self.twice && !self.wrong
    }
}

/// Judges one call.
///
/// - Done: carried out. A read: answered, with the right answer, by a server that does not fail it.
/// - Not sent, refused: not carried out.
/// - Failed: not carried out, and the server said so. (The stand-in server does not fail half-way.)
/// - Unknown, nothing: whatever was done, if it was not done twice.
#[must_use]
pub fn judge(told: Told, truth: Truth) -> Verdict {
    let Truth { changes, executions, fails } = truth;
    let is_so = match told {
        Told::Done if changes => executions > 0,
        Told::Done => !fails,
        Told::DoneWrongly => false,
        Told::NotSent | Told::Refused => executions == 0,
        Told::Failed => fails && executions == 0,
        Told::Unknown | Told::Nothing => true,
    };
    Verdict { twice: executions > 1, wrong: !is_so }
}

#[cfg(test)]
mod tests {
    use super::*;

    const RIGHT: Verdict = Verdict { twice: false, wrong: false };
    const TWICE: Verdict = Verdict { twice: true, wrong: false };
    const WRONG: Verdict = Verdict { twice: false, wrong: true };

    fn change(executions: u64) -> Truth {
        Truth { changes: true, executions, fails: false }
    }

    fn failing(changes: bool) -> Truth {
        Truth { changes, executions: 0, fails: true }
    }

    const READ: Truth = Truth { changes: false, executions: 0, fails: false };

    #[test]
    fn done_means_carried_out() {
        assert_eq!(judge(Told::Done, change(1)), RIGHT);
        assert_eq!(judge(Told::Done, change(0)), WRONG);
        assert_eq!(judge(Told::Done, failing(true)), WRONG);
    }

    #[test]
    fn not_sent_and_refused_mean_not_carried_out() {
        for told in [Told::NotSent, Told::Refused] {
            assert_eq!(judge(told, change(0)), RIGHT);
            assert_eq!(judge(told, change(1)), WRONG);
        }
    }

    #[test]
    fn failed_means_that_the_server_said_so() {
        assert_eq!(judge(Told::Failed, failing(true)), RIGHT);
        assert_eq!(judge(Told::Failed, failing(false)), RIGHT);
        assert_eq!(judge(Told::Failed, change(0)), WRONG);
        assert_eq!(judge(Told::Failed, READ), WRONG);
        assert_eq!(judge(Told::Failed, Truth { executions: 1, ..failing(true) }), WRONG);
    }

    #[test]
    fn unknown_and_nothing_are_right_whether_it_was_carried_out_or_not() {
        for told in [Told::Unknown, Told::Nothing] {
            assert_eq!(judge(told, change(0)), RIGHT);
            assert_eq!(judge(told, change(1)), RIGHT);
        }
    }

    #[test]
    fn twice_is_wrong_whatever_was_told() {
        for told in [Told::Done, Told::Unknown, Told::Nothing] {
            assert_eq!(judge(told, change(2)), TWICE);
            assert_eq!(judge(told, change(3)), TWICE);
        }
        assert_eq!(judge(Told::Refused, change(2)), Verdict { twice: true, wrong: true });
    }

    #[test]
    fn a_read_has_the_right_answer_or_an_error() {
        assert_eq!(judge(Told::Done, READ), RIGHT);
        assert_eq!(judge(Told::DoneWrongly, READ), WRONG);
        assert_eq!(judge(Told::Done, failing(false)), WRONG);
        for told in [Told::NotSent, Told::Refused, Told::Unknown] {
            assert_eq!(judge(told, READ), RIGHT);
        }
    }

    #[test]
    fn an_answer_about_something_else_is_wrong_although_it_was_carried_out() {
        assert_eq!(judge(Told::DoneWrongly, change(1)), WRONG);
    }
}
