curl -sS -w '%{http_code}\n' -X POST \
  "$CBR_URL/v3/f841e01fd2b14e7fa41b6ae7aa6b0594/backups/a5200268-74a5-4806-acc6-95793ab0228b/restore" \
  -H "X-Auth-Token: $CBR_TOKEN" \
  -H 'Content-Type: application/json' \
  -d '{"restore": {"volume_id": "eccbcfdd-f843-4bbb-b2c0-a5ce861f9376", "power_on": false}}'
