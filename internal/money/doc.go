// Package money holds amounts of renminbi as whole fen, reads them as people
// type them in 万元 or 元, and prints them for screens and documents.
//
// Nothing here uses floating point: an amount is exact from the form field to
// the printed page. Rounding happens in one place, [Fen.Wan], for display.
//
// Parsing refuses rather than guesses. Every refusal is one of the Err values
// (test with errors.Is), and its text is Chinese, fit to show beside the field.
package money
