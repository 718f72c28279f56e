package money

import (
	"encoding/json"
	"regexp"
	"strconv"
	"strings"
)

// MarshalJSON writes yuan as a string with two decimals: "12800000.00". A JSON
// number would pass through floating point in most readers.
func (f Fen) MarshalJSON() ([]byte, error) {
	return []byte(`"` + f.signIf(true) + decimal(f.magnitude(), yuan.places) + `"`), nil
}

var jsonYuan = regexp.MustCompile(`^-?(0|[1-9][0-9]*)\.[0-9]{2}$`)

// UnmarshalJSON reads exactly what MarshalJSON writes. Numbers, null, commas,
// units and other decimals are ErrNotNumber.
func (f *Fen) UnmarshalJSON(data []byte) error {
	var s *string
	if err := json.Unmarshal(data, &s); err != nil || s == nil {
		return ErrNotNumber
	}
	if !jsonYuan.MatchString(*s) || *s == "-0.00" {
		return ErrNotNumber
	}
	n, err := strconv.ParseInt(strings.Replace(*s, ".", "", 1), 10, 64)
	if err != nil {
		return ErrTooLarge
	}
	*f = Fen(n)
	return nil
}
