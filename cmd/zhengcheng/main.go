// Command zhengcheng runs the life of government information systems under the
// Measures: a web application, a JSON API and a command line over one database.
package main

import (
	"context"
	"os"
	"os/signal"
	"syscall"

	"zhengcheng/internal/app"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	code := app.Main(ctx, os.Args[1:], os.Stdout, os.Stderr)
	stop()
	os.Exit(code)
}
