//! What the transport is told of an operation.

/// One operation of the document, as the generated code describes it.
#[derive(Debug)]
pub struct Operation {
    /// The service whose operation it is, by the name of its module.
    pub(crate) service: &'static str,
    /// `operationId`, as the document has it.
    pub(crate) id: &'static str,
    /// The statuses that the document calls a success.
    pub(crate) success: &'static [u16],
}
