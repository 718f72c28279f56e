// Package paper makes the files people take away: official documents as DOCX
// and tables as XLSX.
//
// A [Document] is set as GB/T 9704-2012 lays it down: A4 with a type area of
// 156 mm × 225 mm, 22 lines of 28 characters, the title in 二号小标宋, the text in
// 三号仿宋, page numbers on the outer side. Fonts are named and not embedded: they
// come from the reader's computer. The red heading above the number and the
// imprint below the date belong to the letterhead and are not printed.
//
// A [Sheet] is a table for reading, printing and further calculation: amounts
// are numbers, days are days, and what people typed stays text even if it looks
// like a formula.
//
// The same input gives the same bytes. Characters XML cannot carry, and other
// control characters except tab and line feed, are dropped from all text.
package paper
