/// What a service needs as well whose answers may have an error in them.
impl crate::server_error::IntoServerError for super::SERVICE::types::ErrorCode {
    fn into_server_error(self) -> crate::ServerError {
        crate::ServerError::new(self.code, [], None)
    }
}
