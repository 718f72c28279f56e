// Package hanzi handles Chinese text without a dictionary: folding and tidying
// what people type, keys for sorting and for sameness, tokens for search, and
// the likeness of two texts.
//
// Words are approximated by pairs of neighbouring Han characters (bigrams). Two
// small tables hold what no rule can know: readings that differ by word
// (readings.go) and the words every project name uses (overlap.go).
package hanzi
