# The job's name is yours to choose: after a lost answer you ask for it instead of sending again.
JOB=$(od -An -N16 -tx1 /dev/urandom | tr -d ' \n')

curl -sS -w '\n' -X PUT "$ZSTACK_URL/zstack/v1/database-backups/c04683f1c53039d1bb0b0f0b601b5a5b/actions" \
  -H "Authorization: OAuth $ZSTACK_SESSION" \
  -H 'Content-Type: application/json;charset=UTF-8' \
  -H "X-Job-UUID: $JOB" \
  -d '{
  "syncDatabaseBackupFromImageStoreBackupStorage": {
    "srcBackupStorageUuid": "11111111111111111111111111111111",
    "dstBackupStorageUuid": "22222222222222222222222222222222"
  }
}'

# 202 means accepted. The result is the job's: 202 while it runs, then 200, or 503 if it failed.
while
  status=$(curl -sS -o job.json -w '%{http_code}' "$ZSTACK_URL/zstack/v1/api-jobs/$JOB" \
    -H "Authorization: OAuth $ZSTACK_SESSION")
  [ "$status" = 202 ]
do sleep 1; done
echo "$status"; cat job.json; echo
