//! What the transport is told of an operation.

/// One operation of the document. Each generated builder holds its own.
#[derive(Debug)]
pub(crate) struct Operation {
    /// `operationId`, as the document has it.
    pub(crate) id: &'static str,
    /// The statuses that the document calls a success.
    pub(crate) success: &'static [u16],
}
