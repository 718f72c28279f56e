package identity

import (
	"context"
	"crypto/sha256"
	"encoding/base64"
	"net/http"
	"time"

	"github.com/alexedwards/scs/v2"

	"zhengcheng/internal/db"
	"zhengcheng/internal/problem"
)

// idle is how long a session lives without a request.
const idle = 30 * time.Minute

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

// What a session keeps: the person's id, where they sit, and when they were last
// seen, to the minute, so that reading pages does not write all the time.
const (
	PersonKey = "person"
	PlaceKey  = "place"
	SeenKey   = "seen"
)

// Touch notes that the person of the session is still there.
func Touch(ctx context.Context, m *scs.SessionManager, now time.Time) {
	if last := m.GetInt64(ctx, SeenKey); now.UnixMilli()-last >= time.Minute.Milliseconds() {
		m.Put(ctx, SeenKey, now.UnixMilli())
	}
}

// Cookie is the hash under which the session of a cookie is kept.
func Cookie(value string) string {
	sum := sha256.Sum256([]byte(value))
	return base64.RawURLEncoding.EncodeToString(sum[:])
}

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
	data, err := db.Value[string](ctx, s.db, `SELECT data FROM session WHERE token = $1 AND expires_at > $2 AND seen_at > $3`,
		token, time.Now().UnixMilli(), time.Now().Add(-idle).UnixMilli())
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
	place, _ := values[PlaceKey].(string)
	return s.db.Write(ctx, func(tx *db.Tx) error {
		return tx.Later(ctx, `INSERT INTO session (token, data, person_id, place, expires_at, created_at, seen_at) VALUES ($1, $2, $3, $4, $5, $6, $6)
			ON CONFLICT (token) DO UPDATE SET data = excluded.data, person_id = excluded.person_id, place = excluded.place, expires_at = excluded.expires_at, seen_at = excluded.seen_at`,
			token, base64.StdEncoding.EncodeToString(b), person, place, expiry.UnixMilli(), time.Now().UnixMilli())
	})
}

func (s *sessionStore) DeleteCtx(ctx context.Context, token string) error {
	return s.db.Write(ctx, func(tx *db.Tx) error {
		return tx.Later(ctx, `DELETE FROM session WHERE token = $1`, token)
	})
}

// ForgetExpired removes sessions that have ended.
func ForgetExpired(ctx context.Context, d *db.DB) error {
	return d.Write(ctx, func(tx *db.Tx) error {
		return tx.Later(ctx, `DELETE FROM session WHERE expires_at <= $1 OR seen_at <= $2`, time.Now().UnixMilli(), time.Now().Add(-idle).UnixMilli())
	})
}

// Session is one place where a person is signed in.
type Session struct {
	Token     string `json:"token"` // hash of the cookie
	Place     string `json:"place"` // address and browser
	CreatedAt int64  `json:"created_at"`
	SeenAt    int64  `json:"seen_at"`
}

// Sessions lists where a person is signed in, newest first: themselves, or the
// system administrator.
func (a Administration) Sessions(ctx context.Context, actor Actor, personID string) ([]Session, error) {
	if err := a.mayEnd(ctx, a.DB.Reader(ctx), actor, personID); err != nil {
		return nil, err
	}
	return db.All(ctx, a.DB.Reader(ctx), func(s db.Scanner) (Session, error) {
		var n Session
		err := s.Scan(&n.Token, &n.Place, &n.CreatedAt, &n.SeenAt)
		return n, err
	}, `SELECT token, place, created_at, seen_at FROM session WHERE person_id = $1 AND expires_at > $2 AND seen_at > $3 ORDER BY created_at DESC, token LIMIT 100`,
		personID, time.Now().UnixMilli(), time.Now().Add(-idle).UnixMilli())
}

func (a Administration) mayEnd(ctx context.Context, q db.Querier, actor Actor, personID string) error {
	if actor.ID == personID {
		return nil
	}
	if !actor.Is(SysAdmin) {
		return problem.New(problem.Forbidden, "别人的会话由系统管理员查看和结束")
	}
	_, err := personOf(ctx, q, actor, personID, 0)
	return err
}

// EndSessions ends one session of a person, or with token "" all of them.
func (a Administration) EndSessions(ctx context.Context, actor Actor, personID, token string) error {
	return a.DB.Write(ctx, func(tx *db.Tx) error {
		if err := a.mayEnd(ctx, tx, actor, personID); err != nil {
			return err
		}
		p, err := personOf(ctx, tx, actor, personID, 0)
		if err != nil {
			return err
		}
		res, err := tx.Exec(ctx, `DELETE FROM session WHERE person_id = $1 AND (token = $2 OR $2 = '')`, personID, token)
		if err := db.OneRow(res, err, problem.New(problem.Conflict, "这个会话已经结束")); err != nil {
			return err
		}
		return Record(ctx, tx, actor, Act{Kind: OfPerson, Subject: p.ID, Title: p.Name, Do: "end-session", Capacity: AsAdministrator, At: a.now()})
	})
}
