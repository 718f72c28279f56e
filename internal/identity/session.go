package identity

import (
	"context"
	"encoding/base64"
	"encoding/hex"
	"net/http"
	"time"

	"github.com/alexedwards/scs/v2"
	"github.com/emmansun/gmsm/sm3"

	"zhengcheng/internal/db"
	"zhengcheng/internal/problem"
)

// Sessions last 12 hours and end after 30 minutes without a request. They use
// real time, not the demo's clock. Only the hash of a cookie is kept.
func Sessions(d *db.DB, secure bool) *scs.SessionManager {
	m := scs.New()
	m.Store = &sessionStore{d}
	m.Lifetime = 12 * time.Hour
	m.HashTokenInStore = true
	m.Cookie.Name = "zc"
	m.Cookie.HttpOnly = true
	m.Cookie.SameSite = http.SameSiteLaxMode
	m.Cookie.Secure = secure
	return m
}

// PersonKey is where a session keeps the person's id.
const PersonKey = "person"

type sessionStore struct{ db *db.DB }

func (s *sessionStore) Find(token string) ([]byte, bool, error) {
	return s.FindCtx(context.Background(), token)
}

func (s *sessionStore) Commit(token string, b []byte, expiry time.Time) error {
	return s.CommitCtx(context.Background(), token, b, expiry)
}

func (s *sessionStore) Delete(token string) error {
	return s.DeleteCtx(context.Background(), token)
}

func (s *sessionStore) FindCtx(ctx context.Context, token string) ([]byte, bool, error) {
	data, err := db.Value[string](ctx, s.db, `SELECT data FROM session WHERE token = $1 AND expires_at > $2`, token, time.Now().UnixMilli())
	if db.None(err) {
		return nil, false, nil
	}
	if err != nil {
		return nil, false, err
	}
	raw, err := base64.StdEncoding.DecodeString(data)
	return raw, err == nil, err
}

func (s *sessionStore) CommitCtx(ctx context.Context, token string, b []byte, expiry time.Time) error {
	_, values, err := (scs.GobCodec{}).Decode(b)
	if err != nil {
		return err
	}
	person, _ := values[PersonKey].(string)
	return s.db.Write(ctx, func(tx *db.Tx) error {
		_, err := tx.Exec(ctx, `INSERT INTO session (token, data, person_id, expires_at, created_at) VALUES ($1, $2, $3, $4, $5)
			ON CONFLICT (token) DO UPDATE SET data = excluded.data, person_id = excluded.person_id, expires_at = excluded.expires_at`,
			token, base64.StdEncoding.EncodeToString(b), person, expiry.UnixMilli(), time.Now().UnixMilli())
		return err
	})
}

func (s *sessionStore) DeleteCtx(ctx context.Context, token string) error {
	return s.db.Write(ctx, func(tx *db.Tx) error {
		_, err := tx.Exec(ctx, `DELETE FROM session WHERE token = $1`, token)
		return err
	})
}

// ForgetExpired removes sessions that have ended.
func ForgetExpired(ctx context.Context, d *db.DB) error {
	return d.Write(ctx, func(tx *db.Tx) error {
		_, err := tx.Exec(ctx, `DELETE FROM session WHERE expires_at <= $1`, time.Now().UnixMilli())
		return err
	})
}

func tokenHash(token string) string {
	sum := sm3.Sum([]byte(token))
	return hex.EncodeToString(sum[:])
}

// AddToken keeps the hash of an API token for a person.
func AddToken(ctx context.Context, tx *db.Tx, personID, label, token string, now, until time.Time) error {
	_, err := tx.Exec(ctx, `INSERT INTO api_token (hash, person_id, label, created_at, expires_at) VALUES ($1, $2, $3, $4, $5)`,
		tokenHash(token), personID, label, now.UnixMilli(), until.UnixMilli())
	return err
}

// ActorByToken finds who a token of the API speaks for.
func ActorByToken(ctx context.Context, q db.Querier, token string, now time.Time) (Actor, error) {
	a, err := db.One(ctx, q, scanActor, `SELECT `+actorColumns+` FROM api_token t JOIN person p ON p.id = t.person_id JOIN unit u ON u.id = p.unit_id
		WHERE t.hash = $1 AND t.expires_at > $2 AND p.active = 1`, tokenHash(token), now.UnixMilli())
	if db.None(err) {
		return a, problem.New(problem.Forbidden, "访问令牌无效或已过期")
	}
	return a, err
}
