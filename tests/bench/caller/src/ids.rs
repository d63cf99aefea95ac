//! What the calls are made with: the pages' own ids, as far as they show any.

/// A session of ZStack.
pub const SESSION: &str = "5a7d0b6a2d2a4b0b9a1c0d1e2f3a4b5c";

/// A token of CBR, as short as none is.
pub const TOKEN: &str = "gAAAAABk";

/// An image store.
pub const DATABASE_STORE: &str = "ssh://root:password@10.0.0.1:22/zstack_bs";

/// A volume whose recovery is answered at once.
pub const VOLUME: &str = "70820c8ead5144ebaf603b88e63a4d17";

/// A volume whose recovery is accepted as a job.
pub const JOB_VOLUME: &str = "ffffffffffffffffffffffffffffffff";

/// A project of CBR.
pub const PROJECT: &str = "f841e01fd2b14e7fa41b6ae7aa6b0594";

/// A backup of CBR.
pub const BACKUP: &str = "a5200268-74a5-4806-acc6-95793ab0228b";

/// A server that is restored.
pub const SERVER: &str = "94eba8b2-acc9-4d82-badc-127144cc5526";
