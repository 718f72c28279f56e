package responsibility

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"zhengcheng/internal/calendar"
	"zhengcheng/internal/db"
	"zhengcheng/internal/form"
	"zhengcheng/internal/matter"
)

// Kinds of difference between two versions.
const (
	Added   = "added"
	Changed = "changed"
	Removed = "removed"
)

// Difference is how a list differs from the version before.
type Difference struct {
	Before int64  // entries of the version before, 0 when there is none
	Former string // what that is called
	Lines  []Moved
}

// Moved is one entry that differs.
type Moved struct {
	Kind, Name, Code string
	Fields           []form.Change // of a changed one
}

// Counts says how many entries were added, changed and removed.
func (d Difference) Counts() (added, changed, removed int) {
	for _, m := range d.Lines {
		switch m.Kind {
		case Added:
			added++
		case Changed:
			changed++
		case Removed:
			removed++
		}
	}
	return added, changed, removed
}

// list is a signed list.
type list struct {
	ID      string
	Version int64
	On      calendar.Date
}

func (l list) title() string { return fmt.Sprintf("第 %d 版（%s 签发）", l.Version, l.On) }

// standing is the list of a unit that stands; its version is 0 when there is none.
func standing(ctx context.Context, q db.Querier, unitID string) (list, error) {
	l, err := db.One(ctx, q, func(s db.Scanner) (list, error) {
		var l list
		err := s.Scan(&l.ID, &l.Version, &l.On)
		return l, err
	}, `SELECT id, version, signed_on FROM responsibility_list WHERE unit_id = $1 AND standing = 1 ORDER BY version DESC LIMIT 1`, unitID)
	if db.None(err) {
		return list{}, nil
	}
	return l, err
}

// Compare holds a list against the version before it.
func Compare(ctx context.Context, q db.Querier, c *matter.Case) (Difference, error) {
	l := matter.FormOf[List](c)
	d := Difference{Former: l.Former}
	if l.Before == "" {
		return d, nil
	}
	was, err := db.All(ctx, q, func(s db.Scanner) (*Line, error) {
		l := new(Line)
		err := s.Scan(&l.Name, &l.Items, &l.Cycle, &l.Service, &l.Provision, &l.Office, &l.Keeper, &l.Code, &l.Resource)
		return l, err
	}, `SELECT name, items, cycle, service, provision, office, keeper, code, resource_id FROM responsibility_line WHERE matter_id = $1 ORDER BY seq`, l.Before)
	d.Before = int64(len(was))
	old := map[string]*Line{}
	for _, l := range was {
		old[l.Resource] = l
	}
	for _, ln := range c.LinesOf("") {
		now := matter.BodyOf[Line](ln)
		before := old[now.Resource]
		delete(old, now.Resource)
		if before == nil {
			d.Lines = append(d.Lines, Moved{Kind: Added, Name: now.Name, Code: now.Code})
		} else if fields := lines.Form.Diff(before, now); len(fields) > 0 {
			d.Lines = append(d.Lines, Moved{Kind: Changed, Name: now.Name, Code: now.Code, Fields: shorten(fields)})
		}
	}
	for _, l := range was {
		if old[l.Resource] != nil {
			d.Lines = append(d.Lines, Moved{Kind: Removed, Name: l.Name, Code: l.Code})
		}
	}
	return d, err
}

// shorten says of the items only which came and went: there may be a thousand.
func shorten(fields []form.Change) []form.Change {
	for i, f := range fields {
		if f.Key != "items" {
			continue
		}
		before, after := strings.Split(f.Before, "、"), strings.Split(f.After, "、")
		without := func(from, what []string) string {
			return strings.Join(slices.DeleteFunc(slices.Clone(from), func(n string) bool { return slices.Contains(what, n) }), "、")
		}
		if gone, come := without(before, after), without(after, before); gone+come != "" {
			fields[i].Before, fields[i].After = gone, come
		}
	}
	return fields
}
