// Package workbook reads the plan workbook that departments really send: an
// XLSX file with title rows, a header of one or two rows in any order of
// columns, merged unit cells, amounts and periods in several spellings, totals
// and signature rows.
//
// [Read] takes bytes and gives a [Preview]: every project row with its values,
// every problem at its cell, nothing written anywhere. A row naming a state
// secret leaves only its row number behind (A30.1). Rows of other jurisdictions
// are reported and refused (A36.1). An incomplete row is still importable and
// says what its unit must complete (A06.2).
//
// The file is read by a small streaming reader of its own and not by a general
// library: such libraries spread a sheet over memory and temporary files, and
// the text of a refused secret row must not reach a disk. A preview survives
// JSON, so it can be kept between upload and confirmation; the file need not be.
//
// [Template] makes the empty workbook to fill in, [Annotated] the sheet read,
// with each problem as a comment at its cell.
package workbook
