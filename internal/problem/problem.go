// Package problem holds the six kinds of failure a person or a program can act
// on differently. Use cases return them; the two doors turn them into pages or
// RFC 9457 problems in one place.
package problem

import (
	"errors"
	"fmt"
)

// Kind tells what the caller can do about a failure.
type Kind int

const (
	Internal  Kind = iota // our fault: logged, shown without detail
	Invalid               // input at named fields must be corrected
	Forbidden             // the actor may not do this to a thing they may see
	NotFound              // it does not exist, or the actor may not see it
	Conflict              // somebody was first: stale revision or wrong state
	Blocked               // a rule of the law refuses; findings say why
)

// String is the stable name used in API answers and logs.
func (k Kind) String() string {
	switch k {
	case Invalid:
		return "invalid"
	case Forbidden:
		return "forbidden"
	case NotFound:
		return "not_found"
	case Conflict:
		return "conflict"
	case Blocked:
		return "blocked"
	default:
		return "internal"
	}
}

// Error is a failure with a message that is safe to show in Chinese.
type Error struct {
	Kind   Kind
	Msg    string            // shown to the person
	Fields map[string]string // input name to message, for Invalid
	Err    error             // for the log, never shown
}

func (e *Error) Error() string {
	if e.Err != nil {
		return fmt.Sprintf("%s: %s: %v", e.Kind, e.Msg, e.Err)
	}
	if len(e.Fields) > 0 {
		return fmt.Sprintf("%s: %s %v", e.Kind, e.Msg, e.Fields)
	}
	return e.Kind.String() + ": " + e.Msg
}

func (e *Error) Unwrap() error { return e.Err }

// ProblemKind lets KindOf recognise error types of other packages as well.
func (e *Error) ProblemKind() Kind { return e.Kind }

// New makes a problem with a message for the person.
func New(k Kind, format string, args ...any) *Error {
	return &Error{Kind: k, Msg: fmt.Sprintf(format, args...)}
}

// Field is an Invalid problem at one input.
func Field(name, format string, args ...any) *Error {
	msg := fmt.Sprintf(format, args...)
	return &Error{Kind: Invalid, Msg: msg, Fields: map[string]string{name: msg}}
}

// Fields is an Invalid problem at several inputs; nil when there are none.
func Fields(fields map[string]string) error {
	if len(fields) == 0 {
		return nil
	}
	return &Error{Kind: Invalid, Msg: fmt.Sprintf("有 %d 处需要更正", len(fields)), Fields: fields}
}

// Missing is the answer for what does not exist or must not be seen.
func Missing(what string) *Error {
	return New(NotFound, "没有找到%s，或者您无权查看", what)
}

// KindOf finds the kind of any error; unknown errors are Internal.
func KindOf(err error) Kind {
	var k interface{ ProblemKind() Kind }
	if errors.As(err, &k) {
		return k.ProblemKind()
	}
	return Internal
}

// Is reports whether err is a problem of the kind.
func Is(err error, k Kind) bool { return err != nil && KindOf(err) == k }

// Message is the text that may be shown to the person.
func Message(err error) string {
	var e *Error
	if errors.As(err, &e) && e.Kind != Internal {
		return e.Msg
	}
	var m interface{ Message() string }
	if errors.As(err, &m) {
		return m.Message()
	}
	return "系统内部出错，已记录。您填写的内容没有丢失，请稍后再试。"
}
