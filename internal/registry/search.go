package registry

import (
	"context"
	"fmt"
	"strings"

	"zhengcheng/internal/db"
	"zhengcheng/internal/hanzi"
	"zhengcheng/internal/identity"
)

// Index makes a thing findable by the words of its text, replacing older words.
func Index(ctx context.Context, tx *db.Tx, jurisdiction, kind, ref, text string) error {
	if err := tx.Later(ctx, `DELETE FROM search_posting WHERE ref = $1`, ref); err != nil {
		return err
	}
	tokens := hanzi.Tokens(text)
	if len(tokens) == 0 {
		return nil
	}
	var args db.Args
	insert := `INSERT INTO search_posting (token, jurisdiction, kind, ref) VALUES `
	j, k, r := args.Add(jurisdiction), args.Add(kind), args.Add(ref)
	for i, t := range tokens {
		if i > 0 {
			insert += ", "
		}
		insert += "(" + args.Add(t) + ", " + j + ", " + k + ", " + r + ")"
	}
	return tx.Later(ctx, insert, args.List()...)
}

// Search finds projects an actor may see by the words of a query, newest first
// and at most limit. It walks the postings of the rarest word, which stand in
// the order of the list, and asks each for the other words.
func Search(ctx context.Context, q db.Querier, actor identity.Actor, query string, limit int64) ([]Listed, error) {
	tokens := hanzi.QueryTokens(query)
	if len(tokens) == 0 {
		return []Listed{}, nil
	}
	tokens, _, err := RarestFirst(ctx, q, actor.Jurisdiction, "project", tokens[:min(len(tokens), 16)])
	if err != nil {
		return nil, err
	}
	var args db.Args
	j := args.Add(actor.Jurisdiction)
	has := func(alias, token string) string {
		return alias + ".token = " + args.Add(token) + " AND " + alias + ".jurisdiction = " + j + " AND " + alias + ".kind = 'project'"
	}
	where := has("s", tokens[0]) + " AND p.id = s.ref AND " + actor.SeesProject("p", &args)
	for _, t := range tokens[1:] {
		where += " AND EXISTS (SELECT 1 FROM search_posting o WHERE " + has("o", t) + " AND o.ref = s.ref)"
	}
	return db.All(ctx, q, scanProjectRow, `SELECT `+projectRow+` FROM search_posting s CROSS JOIN project p WHERE `+where+` ORDER BY s.ref DESC LIMIT `+args.Add(limit), args.List()...)
}

// Common is how many postings make a word common: a search that has only common
// words soon has its page full.
const Common = 1000

// RarestFirst orders words by how many things of a kind have them, and tells how
// many have the rarest, Common for as many or more.
func RarestFirst(ctx context.Context, q db.Querier, jurisdiction, kind string, tokens []string) ([]string, int64, error) {
	var args db.Args
	j, k := args.Add(jurisdiction), args.Add(kind)
	var counts []string
	for i, t := range tokens {
		counts = append(counts, fmt.Sprintf(`SELECT %d AS n, (SELECT COUNT(*) FROM (SELECT 1 FROM search_posting WHERE token = %s AND jurisdiction = %s AND kind = %s LIMIT %d) x) AS found`,
			i, args.Add(t), j, k, Common))
	}
	rarest := int64(Common)
	order, err := db.All(ctx, q, func(s db.Scanner) (string, error) {
		var n, found int64
		err := s.Scan(&n, &found)
		rarest = min(rarest, found)
		return tokens[n], err
	}, `SELECT n, found FROM (`+strings.Join(counts, " UNION ALL ")+`) c ORDER BY found, n`, args.List()...)
	return order, rarest, err
}
