// Package progress is the implementation of a project (项目实施, Article 15): its
// management rules, milestones, progress reports, supervision and completion.
//
// The unit's head signs the start with the milestones; from then on the head
// reports progress and at last completion. How the project stands is computed
// from dates and figures at the moment of reading and shown beside the unit's own
// rating: an overdue milestone grows worse by itself and an old report goes stale.
//
// A key project is one from an estimate on [reading] or one that the bureau names;
// its start without supervision is recorded and must be answered for.
package progress
