// Package archive records the archive acceptance of a project (档案验收, Article 21).
//
// The unit goes through the list of archive categories and materials in force for
// the kind of construction. Each row begins with the attachments that exist in the
// cases of the project; the clerk says of the others that they are there on paper,
// missing, or 不涉及 with a reason. The result, 合格 or 不合格, its date and organiser
// stand on the scanned opinion. The head signs, the bureau puts it on file.
//
// A result is a fact: one that is not qualified can be recorded, and the newest of a
// project, for recurring operation of a service period, stands. Without a qualified
// one the project does not pass its acceptance (package conformity asks for it).
package archive
