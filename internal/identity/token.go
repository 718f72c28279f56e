package identity

import (
	"context"
	"crypto/rand"
	"encoding/hex"
	"slices"
	"strings"
	"time"

	"github.com/emmansun/gmsm/sm3"

	"zhengcheng/internal/db"
	"zhengcheng/internal/hanzi"
	"zhengcheng/internal/problem"
)

// Token lets a program speak to the API for one person, with all that this
// person may do. Only its hash is kept.
type Token struct {
	Hash      string `json:"hash"`
	Label     string `json:"label"` // what it is for
	CreatedAt int64  `json:"created_at"`
	ExpiresAt int64  `json:"expires_at"`
}

// How long a token may be good for, in days, and how many a person may have.
var TokenDays = []int64{30, 90, 180, 365}

const maxTokens = 10

// Tokens lists the actor's own tokens that have not expired, newest first.
func (a Administration) Tokens(ctx context.Context, actor Actor, now time.Time) ([]Token, error) {
	return db.All(ctx, a.DB.Reader(ctx), func(s db.Scanner) (Token, error) {
		var t Token
		err := s.Scan(&t.Hash, &t.Label, &t.CreatedAt, &t.ExpiresAt)
		return t, err
	}, `SELECT hash, label, created_at, expires_at FROM api_token WHERE person_id = $1 AND expires_at > $2 ORDER BY created_at DESC, hash LIMIT 100`, actor.ID, now.UnixMilli())
}

// IssueToken makes a token for the actor and returns it: this is the only time
// it can be read.
func (a Administration) IssueToken(ctx context.Context, actor Actor, label string, days int64, now time.Time) (string, error) {
	label = strings.TrimSpace(label)
	switch {
	case actor.MustChange:
		return "", problem.New(problem.Forbidden, "请先把初始密码改成自己的密码")
	case label == "":
		return "", problem.Field("label", "请写明令牌用在哪里")
	case len([]rune(label)) > 30 || !hanzi.Legible(label):
		return "", problem.Field("label", "用途最多 30 个字，不能有无法识别的字符")
	case !slices.Contains(TokenDays, days):
		return "", problem.Field("days", "请选择有效期")
	}
	token := "zc_" + rand.Text()
	return token, a.DB.Write(ctx, func(tx *db.Tx) error {
		n, err := db.Value[int64](ctx, tx, `SELECT COUNT(*) FROM api_token WHERE person_id = $1 AND expires_at > $2`, actor.ID, now.UnixMilli())
		if err != nil {
			return err
		}
		if n >= maxTokens {
			return problem.New(problem.Conflict, "每人最多 %d 个访问令牌，请先撤销不用的", maxTokens)
		}
		if err := AddToken(ctx, tx, actor.ID, label, token, now, now.AddDate(0, 0, int(days))); err != nil {
			return err
		}
		return Record(ctx, tx, actor, Act{Kind: OfPerson, Subject: actor.ID, Title: actor.Name, Do: "issue-token", Capacity: AsAdministrator, Reason: label, At: a.now()})
	})
}

// RevokeToken ends one of the actor's own tokens at once.
func (a Administration) RevokeToken(ctx context.Context, actor Actor, hash string) error {
	return a.DB.Write(ctx, func(tx *db.Tx) error {
		res, err := tx.Exec(ctx, `DELETE FROM api_token WHERE person_id = $1 AND hash = $2`, actor.ID, hash)
		if err := db.OneRow(res, err, problem.New(problem.Conflict, "这个令牌已经撤销")); err != nil {
			return err
		}
		return Record(ctx, tx, actor, Act{Kind: OfPerson, Subject: actor.ID, Title: actor.Name, Do: "revoke-token", Capacity: AsAdministrator, At: a.now()})
	})
}

func tokenHash(token string) string {
	sum := sm3.Sum([]byte(token))
	return hex.EncodeToString(sum[:])
}

// AddToken keeps the hash of an API token for a person.
func AddToken(ctx context.Context, tx *db.Tx, personID, label, token string, now, until time.Time) error {
	return tx.Later(ctx, `INSERT INTO api_token (hash, person_id, label, created_at, expires_at) VALUES ($1, $2, $3, $4, $5)`,
		tokenHash(token), personID, label, now.UnixMilli(), until.UnixMilli())
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
