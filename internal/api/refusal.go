package api

import (
	"errors"
	"net/http"
	"regexp"
	"strings"

	"github.com/danielgtaylor/huma/v2"

	"zhengcheng/internal/problem"
)

// What the library refuses by itself, before an operation runs, is told like
// every other refusal: in Chinese, at the field, and without repeating what was
// sent.
func init() {
	huma.NewError = func(status int, message string, errs ...error) huma.StatusError {
		return refusal(status, message, errs...)
	}
}

var (
	unfit   = regexp.MustCompile(`cannot unmarshal \S+ into Go struct field \S*?\.(\S+) of type`)
	limited = regexp.MustCompile(`limit=\d+ bytes`)
)

func refusal(status int, message string, errs ...error) *Refused {
	p := &Refused{Status: status, Title: message}
	switch {
	case status == http.StatusUnauthorized:
		p.Kind = "unauthorized"
	case status == http.StatusNotFound:
		p.Kind, p.Title = problem.NotFound.String(), "没有这个接口，请看 /api/v1/openapi.json"
	case status == http.StatusRequestEntityTooLarge || limited.MatchString(message):
		p.Kind, p.Title = problem.Invalid.String(), "内容太长：一次最多提交 1 MB"
	case status == http.StatusBadRequest && strings.Contains(message, "body is required"):
		p.Kind, p.Title = problem.Invalid.String(), "请求没有内容"
	case status == http.StatusUnsupportedMediaType:
		p.Kind, p.Title = problem.Invalid.String(), "请以 application/json 提交"
	case status >= 400 && status < 500:
		p.Kind, p.Title, p.Fields = problem.Invalid.String(), "请求不是有效的 JSON，或者内容的类型不对", details(errs)
		if len(p.Fields) > 0 {
			p.Title = problem.Message(problem.Fields(p.Fields))
		}
		if strings.Contains(text(errs), "unknown content type") {
			p.Status, p.Title = http.StatusUnsupportedMediaType, "请以 application/json 提交"
		}
	default:
		p.Kind, p.Title = problem.Internal.String(), problem.Message(&problem.Error{})
	}
	return p
}

// details names the fields that could not be read.
func details(errs []error) map[string]string {
	out := map[string]string{}
	for _, err := range errs {
		var d huma.ErrorDetailer
		if !errors.As(err, &d) || d.ErrorDetail() == nil {
			continue
		}
		at := d.ErrorDetail()
		if m := unfit.FindStringSubmatch(at.Message); m != nil {
			out[m[1]] = "内容的类型不对"
		} else if _, name, ok := strings.Cut(at.Location, "."); ok {
			out[name] = "格式不对"
		}
	}
	return out
}

func text(errs []error) string {
	var all []string
	for _, e := range errs {
		if e != nil {
			all = append(all, e.Error())
		}
	}
	return strings.Join(all, "\n")
}
