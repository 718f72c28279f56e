package identity_test

import (
	"errors"
	"maps"
	"slices"
	"strings"
	"testing"
	"time"

	"zhengcheng/internal/db"
	"zhengcheng/internal/identity"
	"zhengcheng/internal/problem"
)

const right = "Shuiwu-2026"

func TestPasswordPolicy(t *testing.T) {
	t.Parallel()
	for _, tc := range []struct {
		name, password string
		says           string // "" where it is good
	}{
		{"three classes of ten", "abcdefGH12", ""},
		{"with a sign", "abcdefgh1!", ""},
		{"Chinese counts as a sign", "水务abcdef12", ""},
		{"nine characters", "abcdeGH12", "10 至 128"},
		{"many bytes, few characters", "水务局水务Aa1", "10 至 128"},
		{"129 characters", strings.Repeat("Aa1", 43), "10 至 128"},
		{"128 characters", strings.Repeat("Aa1!", 32), ""},
		{"two classes", "abcdefgh12", "三种"},
		{"holds the login", "2026-Zhangsan", "登录名"},
	} {
		err := identity.CheckPassword("zhangsan", tc.password)
		if tc.says == "" && err == nil {
			continue
		}
		if tc.says == "" || !problem.Is(err, problem.Invalid) || !strings.Contains(problem.Message(err), tc.says) {
			t.Errorf("%s: %v, want “%s”", tc.name, err, tc.says)
		}
	}
}

func (c *city) setPassword(id, password string) {
	c.t.Helper()
	c.write(func(tx *db.Tx) error { return identity.SetPassword(c.ctx, tx, id, id, password) })
}

func (c *city) signIn(login, password string, at time.Time) error {
	c.t.Helper()
	a, err := c.admin().SignIn(c.ctx, login, password, at)
	if err == nil && a.ID != strings.TrimSpace(login) {
		c.t.Errorf("%q signed in as %q", login, a.ID)
	}
	if err != nil && a.ID != "" {
		c.t.Errorf("refused %q, and still %q", login, a.ID)
	}
	return err
}

func TestSignIn(t *testing.T) {
	t.Parallel()
	inCity(t, func(t *testing.T, c *city) {
		c.setPassword("water.clerk", right)
		c.setPassword("health.clerk", right)
		hash := func(id string) string {
			h, err := db.Value[string](c.ctx, c.db, `SELECT password FROM person WHERE id = $1`, id)
			must(t, err)
			return h
		}
		if h := hash("water.clerk"); !strings.HasPrefix(h, "$argon2id$v=19$m=19456,t=2,p=1$") || h == hash("health.clerk") {
			t.Errorf("kept as %s and %s", h, hash("health.clerk"))
		}
		must(t, c.signIn(" water.clerk ", right, now))

		c.write(func(tx *db.Tx) error { return identity.Leave(c.ctx, tx, "health.clerk") })
		const want = "用户名或密码不正确"
		for name, try := range map[string][2]string{
			"wrong password": {"water.clerk", right + "x"}, "unknown person": {"stranger", right}, "no login": {"", right},
			"no password": {"water.clerk", ""}, "a person without a password": {"hydro.clerk", ""}, "a person who left": {"health.clerk", right},
		} {
			if err := c.signIn(try[0], try[1], now); !problem.Is(err, problem.Invalid) || problem.Message(err) != want {
				t.Errorf("%s: %v", name, err)
			}
		}
	})
}

func TestFiveFailuresLock(t *testing.T) {
	t.Parallel()
	inCity(t, func(t *testing.T, c *city) {
		c.setPassword("water.clerk", right)
		fail := func(times int, at time.Time) {
			t.Helper()
			for range times {
				if err := c.signIn("water.clerk", "wrong", at); !problem.Is(err, problem.Invalid) {
					t.Fatalf("wrong password: %v", err)
				}
			}
		}
		locked := func(at time.Time, until string) {
			t.Helper()
			if err := c.signIn("water.clerk", "wrong", at); !problem.Is(err, problem.Forbidden) || !strings.Contains(problem.Message(err), until) {
				t.Fatalf("locked until %s: %v", until, err)
			}
		}
		fail(4, now)
		must(t, c.signIn("water.clerk", right, now)) // and counting begins anew
		fail(4, now)
		must(t, c.signIn("water.clerk", right, now))
		fail(4, now)
		locked(now, "18:30") // the fifth failure says so itself; 10:00 UTC is 18:00 in Shanghai
		locked(now, "18:30")
		if err := c.signIn("water.clerk", right, now.Add(30*time.Minute-time.Millisecond)); !problem.Is(err, problem.Forbidden) {
			t.Fatalf("the right password does not end the lock: %v", err)
		}
		fail(4, now.Add(30*time.Minute)) // after the lock there are five tries again
		must(t, c.signIn("water.clerk", right, now.Add(30*time.Minute)))
		fail(4, now.Add(time.Hour))
		locked(now.Add(time.Hour), "19:30")
		locked(now.Add(time.Hour), "19:30")
		c.setPassword("water.clerk", right) // a new password unlocks
		must(t, c.signIn("water.clerk", right, now.Add(time.Hour)))
	})
}

func TestTokensOfTheAPI(t *testing.T) {
	t.Parallel()
	inCity(t, func(t *testing.T, c *city) {
		c.write(func(tx *db.Tx) error {
			return identity.AddToken(c.ctx, tx, "water.clerk", "台账", "secret", now, now.Add(time.Hour))
		})
		if n, err := db.Value[int64](c.ctx, c.db, `SELECT COUNT(*) FROM api_token WHERE hash LIKE '%secret%'`); n != 0 || err != nil {
			t.Errorf("%d tokens kept in clear, %v", n, err)
		}
		ask := func(token string, at time.Time) error {
			a, err := identity.ActorByToken(c.ctx, c.db, token, at)
			if err == nil && (a.ID != "water.clerk" || !a.Is(identity.Clerk)) {
				t.Errorf("token speaks for %+v", a)
			}
			return err
		}
		must(t, ask("secret", now))
		must(t, ask("secret", now.Add(time.Hour-time.Millisecond)))
		refused := func(name string, err error) {
			t.Helper()
			if !problem.Is(err, problem.Forbidden) || problem.Message(err) != "访问令牌无效或已过期" {
				t.Errorf("%s: %v", name, err)
			}
		}
		refused("expired", ask("secret", now.Add(time.Hour)))
		refused("unknown", ask("Secret", now))
		refused("none", ask("", now))
		c.write(func(tx *db.Tx) error { return identity.Leave(c.ctx, tx, "water.clerk") })
		refused("of a person who left", ask("secret", now))
	})
}

func TestOwnTokens(t *testing.T) {
	t.Parallel()
	inCity(t, func(t *testing.T, c *city) {
		a := c.admin()
		clerk, other := c.as("water.clerk"), c.as("health.clerk")
		fresh := clerk
		fresh.MustChange = true
		for _, bad := range []struct {
			actor identity.Actor
			label string
			days  int64
			says  string
		}{
			{fresh, "台账", 90, "请先把初始密码改成自己的密码"},
			{clerk, " ", 90, "请写明令牌用在哪里"},
			{clerk, strings.Repeat("长", 31), 90, "用途最多 30 个字，不能有无法识别的字符"},
			{clerk, "台\x00账", 90, "用途最多 30 个字，不能有无法识别的字符"},
			{clerk, "台账", 0, "请选择有效期"},
			{clerk, "台账", 366, "请选择有效期"},
		} {
			var p *problem.Error
			_, err := a.IssueToken(c.ctx, bad.actor, bad.label, bad.days, now)
			if !errors.As(err, &p) || p.Msg != bad.says && !slices.Contains(slices.Collect(maps.Values(p.Fields)), bad.says) {
				t.Errorf("%q for %d days: %v, want %s", bad.label, bad.days, err, bad.says)
			}
		}
		token, err := a.IssueToken(c.ctx, clerk, strings.Repeat("长", 30), 30, now)
		must(t, err)
		for range 9 {
			_, err := a.IssueToken(c.ctx, clerk, "另一个", 365, now)
			must(t, err)
		}
		if _, err := a.IssueToken(c.ctx, clerk, "第十一个", 365, now); !problem.Is(err, problem.Conflict) {
			t.Errorf("the eleventh: %v", err)
		}
		last := now.AddDate(0, 0, 30)
		speaks := func(at time.Time) bool {
			who, err := identity.ActorByToken(c.ctx, c.db, token, at)
			return err == nil && who.ID == clerk.ID
		}
		if !speaks(last.Add(-time.Millisecond)) || speaks(last) {
			t.Error("the token is not good for exactly 30 days")
		}
		if mine, err := a.Tokens(c.ctx, clerk, last); err != nil || len(mine) != 9 {
			t.Errorf("%d tokens after one has expired, %v", len(mine), err)
		}
		mine, err := a.Tokens(c.ctx, clerk, now)
		must(t, err)
		if theirs, err := a.Tokens(c.ctx, other, now); err != nil || len(theirs) != 0 || len(mine) != 10 {
			t.Fatalf("%d of the clerk, %d of another, %v", len(mine), len(theirs), err)
		}
		for _, k := range mine {
			if strings.Contains(k.Hash, token) {
				t.Error("a token is listed in clear")
			}
			if err := a.RevokeToken(c.ctx, other, k.Hash); !problem.Is(err, problem.Conflict) {
				t.Errorf("revoked by another: %v", err)
			}
		}
		for _, k := range mine {
			must(t, a.RevokeToken(c.ctx, clerk, k.Hash))
			if err := a.RevokeToken(c.ctx, clerk, k.Hash); !problem.Is(err, problem.Conflict) {
				t.Errorf("revoked twice: %v", err)
			}
		}
		if speaks(now) {
			t.Error("a revoked token still speaks")
		}
	})
}

func TestSessionsKeepOnlyTheHashOfTheCookie(t *testing.T) {
	t.Parallel()
	inCity(t, func(t *testing.T, c *city) {
		m := identity.Sessions(c.db, true)
		begin := func(id string) string {
			ctx, err := m.Load(c.ctx, "")
			must(t, err)
			m.Put(ctx, identity.PersonKey, id)
			cookie, _, err := m.Commit(ctx)
			must(t, err)
			return cookie
		}
		who := func(cookie string) string {
			ctx, err := m.Load(c.ctx, cookie)
			must(t, err)
			return m.GetString(ctx, identity.PersonKey)
		}
		water, health := begin("water.clerk"), begin("health.clerk")
		if got := who(water) + " " + who(health); got != "water.clerk health.clerk" {
			t.Errorf("sessions of %s", got)
		}
		if n, err := db.Value[int64](c.ctx, c.db, `SELECT COUNT(*) FROM session WHERE token = $1`, water); n != 0 || err != nil {
			t.Errorf("%d cookies kept in clear, %v", n, err)
		}
		if !m.Cookie.HttpOnly || !m.Cookie.Secure {
			t.Errorf("cookie %+v", m.Cookie)
		}
		c.write(func(tx *db.Tx) error { return identity.Leave(c.ctx, tx, "water.clerk") })
		if got := who(water) + " " + who(health); got != " health.clerk" {
			t.Errorf("after one left, sessions of %q", got)
		}
		c.exec(`UPDATE session SET expires_at = 1`)
		if got := who(health); got != "" {
			t.Errorf("expired session of %s", got)
		}
		must(t, identity.ForgetExpired(c.ctx, c.db))
		if n, err := db.Value[int64](c.ctx, c.db, `SELECT COUNT(*) FROM session`); n != 0 || err != nil {
			t.Errorf("%d sessions left, %v", n, err)
		}
	})
}
