//! What stands in front of CBR: the check of tokens and signatures, and the paths that nobody serves. Its answers have
//! other shapes than the service's (the vendor's documentation, and its clients' source).

use serde_json::json;

use super::{error, json_answer};
use crate::clock::milliseconds;
use crate::exchange::Answer;
use crate::settings::TokenRefusal;
use crate::turn::Turn;

/// A path that nobody serves.
pub(super) fn no_such_path(request_id: &str) -> Answer {
    let message = "The API does not exist or has not been published in the environment.";
    json_answer(404, &json!({ "error_msg": message, "error_code": "APIGW.0101", "request_id": request_id }))
}

/// A path that is served under another method.
pub(super) fn wrong_method(request_id: &str) -> Answer {
    let message = "The request method is not supported by the API.";
    json_answer(405, &json!({ "error_msg": message, "error_code": "APIGW.0101", "request_id": request_id }))
}

/// The project that the caller's token is for, or its access key. Of a signed request the key is looked up; its
/// signature is not verified.
pub(super) fn project_of_caller(turn: &mut Turn<'_>, request_id: &str) -> Result<String, Answer> {
    let project = match turn.request.header("x-auth-token").map(str::to_owned) {
        Some(token) => project_of_token(turn, &token),
        None => project_of_access_key(turn),
    };
    project.ok_or_else(|| refusal(turn.settings.token_refusal, request_id))
}

fn project_of_token(turn: &mut Turn<'_>, token: &str) -> Option<String> {
    let token = turn.state.cbr.tokens.get_mut(token)?;
    let first_use_expires_at = turn.now.saturating_add(milliseconds(turn.settings.token_lifetime));
    let expires_at = *token.expires_at.get_or_insert(first_use_expires_at);
    (expires_at > turn.now).then(|| token.project.clone())
}

fn project_of_access_key(turn: &Turn<'_>) -> Option<String> {
    let parameters = turn.request.header("authorization")?.strip_prefix("SDK-HMAC-SHA256 ")?;
    let key = parameters.split(',').find_map(|parameter| parameter.trim().strip_prefix("Access="))?;
    turn.state.cbr.access_keys.get(key).cloned()
}

/// The refusal of a request without a valid token.
fn refusal(shape: TokenRefusal, request_id: &str) -> Answer {
    match shape {
        TokenRefusal::ApiGateway => {
            let message = "The token must be updated.";
            json_answer(401, &json!({ "error_msg": message, "error_code": "APIGW.0307", "request_id": request_id }))
        }
        TokenRefusal::Message => json_answer(
            401,
            &json!({ "message": "Incorrect IAM authentication information", "request_id": request_id }),
        ),
        TokenRefusal::Identity => {
            let message = "The request you have made requires authentication.";
            json_answer(401, &json!({ "error": { "code": 401, "message": message, "title": "Unauthorized" } }))
        }
        TokenRefusal::Numbered => json_answer(403, &json!({ "code": 403, "message": "Access denied" })),
        TokenRefusal::Html => {
            let page = "<html>\r\n<head><title>401 Authorization Required</title></head>\r\n<body>\r\n\
                        <center><h1>401 Authorization Required</h1></center>\r\n</body>\r\n</html>\r\n";
            Answer::plain(401, page).with_type("text/html")
        }
        TokenRefusal::Empty => Answer::plain(401, ""),
        TokenRefusal::Service => error(500, "BackupService.9998", "Authentication failed"),
    }
}
