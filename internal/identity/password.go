package identity

import (
	"context"
	"crypto/rand"
	"crypto/subtle"
	"encoding/base64"
	"errors"
	"fmt"
	"strings"
	"time"
	"unicode"

	"golang.org/x/crypto/argon2"

	"zhengcheng/internal/calendar"
	"zhengcheng/internal/db"
	"zhengcheng/internal/problem"
)

// argon2id with 19 MiB and two passes; at most two hashes run at once, so that
// many sign-ins cannot take the memory of the program.
const (
	memoryKiB = 19 * 1024
	passes    = 2
)

var hashing = make(chan struct{}, 2)

func derive(password string, salt []byte) []byte {
	hashing <- struct{}{}
	defer func() { <-hashing }()
	return argon2.IDKey([]byte(password), salt, passes, memoryKiB, 1, 32)
}

func hashPassword(password string) (string, error) {
	salt := make([]byte, 16)
	if _, err := rand.Read(salt); err != nil {
		return "", fmt.Errorf("salt: %w", err)
	}
	e := base64.RawStdEncoding
	return fmt.Sprintf("$argon2id$v=19$m=%d,t=%d,p=1$%s$%s", memoryKiB, passes, e.EncodeToString(salt), e.EncodeToString(derive(password, salt))), nil
}

func samePassword(encoded, password string) bool {
	parts := strings.Split(encoded, "$")
	if len(parts) != 6 {
		return false
	}
	salt, err1 := base64.RawStdEncoding.DecodeString(parts[4])
	want, err2 := base64.RawStdEncoding.DecodeString(parts[5])
	return err1 == nil && err2 == nil && subtle.ConstantTimeCompare(want, derive(password, salt)) == 1
}

// CheckPassword refuses weak passwords: at least ten characters of three of the
// four classes, without the login in it.
func CheckPassword(login, password string) error {
	var lower, upper, digit, other int
	n := 0
	for _, r := range password {
		n++
		switch {
		case unicode.IsLower(r):
			lower = 1
		case unicode.IsUpper(r):
			upper = 1
		case unicode.IsDigit(r):
			digit = 1
		default:
			other = 1
		}
	}
	switch {
	case n < 10 || n > 128:
		return problem.Field("password", "密码须 10 至 128 个字符")
	case lower+upper+digit+other < 3:
		return problem.Field("password", "密码须含大写字母、小写字母、数字、符号中的三种")
	case login != "" && strings.Contains(strings.ToLower(password), strings.ToLower(login)):
		return problem.Field("password", "密码不能含登录名")
	}
	return nil
}

// SetPassword gives a person a password of their own and unlocks them.
func SetPassword(ctx context.Context, tx *db.Tx, personID, login, password string) error {
	if err := CheckPassword(login, password); err != nil {
		return err
	}
	h, err := hashPassword(password)
	if err != nil {
		return err
	}
	return tx.Later(ctx, `UPDATE person SET password = $1, failures = 0, locked_until = 0, must_change = 0 WHERE id = $2`, h, personID)
}

const (
	maxFailures = 5
	lockedFor   = 30 * time.Minute
)

var errSignIn = problem.New(problem.Invalid, "用户名或密码不正确")

// decoy costs an unknown login the same time as a known one.
var decoy = "$argon2id$v=19$m=19456,t=2,p=1$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"

// SignIn checks a password. Unknown login, wrong password and inactive person
// get the same answer; five failures lock the account for 30 minutes of real
// time, which is what now is.
func (a Administration) SignIn(ctx context.Context, login, password string, now time.Time) (Actor, error) {
	type row struct {
		id, hash    string
		lockedUntil int64
	}
	r, err := db.One(ctx, a.DB.Reader(ctx), func(s db.Scanner) (row, error) {
		var r row
		err := s.Scan(&r.id, &r.hash, &r.lockedUntil)
		return r, err
	}, `SELECT id, password, locked_until FROM person WHERE login = $1 AND active = 1`, strings.TrimSpace(login))
	if err != nil && !db.None(err) {
		return Actor{}, err
	}
	if r.lockedUntil > now.UnixMilli() {
		return Actor{}, locked(time.UnixMilli(r.lockedUntil))
	}
	hash := r.hash
	if hash == "" {
		hash = decoy
	}
	if !samePassword(hash, password) || r.hash == "" {
		return Actor{}, a.fail(ctx, r.id, now)
	}
	err = a.DB.Write(ctx, func(tx *db.Tx) error {
		// Locked while the hash was computed: many tries at once are no way around the lock.
		res, err := tx.Exec(ctx, `UPDATE person SET failures = 0, locked_until = 0 WHERE id = $1 AND locked_until <= $2`, r.id, now.UnixMilli())
		if err := db.OneRow(res, err, locked(now.Add(lockedFor))); err != nil {
			return err
		}
		who, err := ActorByID(ctx, tx, r.id)
		if err != nil {
			return err
		}
		return Record(ctx, tx, who, Act{Kind: OfPerson, Subject: who.ID, Title: who.Name, Do: "sign-in", Capacity: AsAdministrator, At: a.now()})
	})
	if err != nil {
		return Actor{}, err
	}
	return ActorByID(ctx, a.DB.Reader(ctx), r.id)
}

func locked(until time.Time) error {
	return problem.New(problem.Forbidden, "密码连续输错 %d 次，账号已锁定 30 分钟，%s 后再试；急用请找安全管理员解除", maxFailures, until.In(calendar.Shanghai).Format("15:04"))
}

// fail counts a failure and says what the person may know of it.
func (a Administration) fail(ctx context.Context, id string, now time.Time) error {
	if id == "" {
		return errSignIn
	}
	var out error = errSignIn
	err := a.DB.Write(ctx, func(tx *db.Tx) error {
		out = errSignIn
		until := now.Add(lockedFor)
		err := tx.Later(ctx, `UPDATE person SET failures = failures + 1,
			locked_until = CASE WHEN failures + 1 >= $1 THEN $2 ELSE locked_until END WHERE id = $3`, int64(maxFailures), until.UnixMilli(), id)
		if err != nil {
			return err
		}
		res, err := tx.Exec(ctx, `UPDATE person SET failures = 0 WHERE id = $1 AND failures >= $2`, id, int64(maxFailures))
		if err != nil {
			return err
		}
		if n, err := res.RowsAffected(); err != nil || n == 0 {
			return err
		}
		out = locked(until)
		who, err := ActorByID(ctx, tx, id)
		if err != nil {
			return err
		}
		return Record(ctx, tx, System(who.Jurisdiction), Act{Kind: OfPerson, Subject: id, Title: who.Name, Do: "lock", Capacity: AsAdministrator, At: a.now()})
	})
	return errors.Join(out, err)
}

// ChangePassword changes the actor's own password and ends their other sessions;
// keep is the hash of the one they are in.
func (a Administration) ChangePassword(ctx context.Context, actor Actor, old, next, again, keep string, now time.Time) error {
	type row struct {
		login, hash string
		lockedUntil int64
	}
	r, err := db.One(ctx, a.DB.Reader(ctx), func(s db.Scanner) (row, error) {
		var r row
		err := s.Scan(&r.login, &r.hash, &r.lockedUntil)
		return r, err
	}, `SELECT login, password, locked_until FROM person WHERE id = $1 AND active = 1`, actor.ID)
	switch {
	case db.None(err):
		return problem.Missing("您的账号")
	case err != nil:
		return err
	case r.lockedUntil > now.UnixMilli():
		return locked(time.UnixMilli(r.lockedUntil))
	case r.hash == "":
		return problem.New(problem.Conflict, "您的账号没有密码，请系统管理员设置初始密码")
	case !samePassword(r.hash, old):
		if err := a.fail(ctx, actor.ID, now); !errors.Is(err, errSignIn) {
			return err
		}
		return problem.Field("old", "原密码不正确")
	case next == old:
		return problem.Field("password", "新密码不能与原密码相同")
	case next != again:
		return problem.Field("again", "两次输入的新密码不一致")
	}
	return a.DB.Write(ctx, func(tx *db.Tx) error {
		if err := SetPassword(ctx, tx, actor.ID, r.login, next); err != nil {
			return err
		}
		if err := tx.Later(ctx, `DELETE FROM session WHERE person_id = $1 AND token <> $2`, actor.ID, keep); err != nil {
			return err
		}
		return Record(ctx, tx, actor, Act{Kind: OfPerson, Subject: actor.ID, Title: actor.Name, Do: "own-password", Capacity: AsAdministrator, At: a.now()})
	})
}
