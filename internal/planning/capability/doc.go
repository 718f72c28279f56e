// Package capability keeps the list of common capabilities (共性能力清单, Articles
// 4 and 5): what the bureau builds once for all, so that units reuse before they
// build.
//
// The list is versioned data. The bureau's clerk revises it, its head publishes
// it, and from its day on every plan form offers it. The first version comes
// with the program [practice], until the bureau publishes its own.
package capability
