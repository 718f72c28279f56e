package web

import (
	"encoding/json"
	"log/slog"
	"strings"
)

func (q *request) wantsJSON() bool {
	return strings.HasPrefix(q.r.Header.Get("Accept"), "application/json")
}

func (q *request) writeJSON(status int, v any) {
	q.w.Header().Set("Content-Type", "application/json; charset=utf-8")
	q.w.WriteHeader(status)
	if err := json.NewEncoder(q.w).Encode(v); err != nil {
		slog.Error("write json", "err", err)
	}
}
