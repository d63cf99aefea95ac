# IMAGE_STORE_URL is ssh://user:password@host:22/path, with special characters of the password percent-encoded.
# curl encodes the whole once more, as a value of a query must be.
curl -sS -w '\n' --get "$ZSTACK_URL/zstack/v1/database-backups/image-store" \
  -H "Authorization: OAuth $ZSTACK_SESSION" \
  --data-urlencode "url=$IMAGE_STORE_URL"
