// Package interpretation publishes how the Measures are to be read and applied
// (具体解释和配套实施细则, Article 37).
//
// The bureau's clerk drafts an interpretation (解释) or, with the offices
// concerned, implementing rules (细则); its head signs, and from then on
// everybody reads it at the sentences it belongs to, with the date it is in
// force from. A later note may replace it; the head may repeal it. Nothing is
// taken away: the law page of an older day shows what was in force on that day.
package interpretation
