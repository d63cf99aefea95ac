curl -sS -w '\n%{http_code}\n' "$ZSTACK_URL/zstack/v1/api-jobs/0123456789abcdef0123456789abcdef" \
  -H "Authorization: OAuth $ZSTACK_SESSION"
