/* Tables in CSV (RFC 4180), in UTF-8 or GB18030, with the place of every cell. */
#ifndef ECH_CSV_H
#define ECH_CSV_H

#include <stdbool.h>

#include "input/arena.h"
#include "input/file.h"
#include "model/error.h"

/** A cell: its text and where it begins. */
struct ech_cell {
    const char *text;
    struct ech_mark at;
};

/** A table; { 0 } is empty. The first record names the columns. Everything is the arena's. */
struct ech_csv {
    int n_columns;
    const struct ech_cell *columns; /* [n_columns] */
    int n_rows;
    const struct ech_cell *cells; /* [n_rows * n_columns], row by row */
    bool uneven;                  /* rows of another length are not among them */
};

/**
 * Reads the bytes of a file as a table; false if anything is wrong. After rows of another length
 * alone (table->uneven) the others can still be looked at. Blank lines are skipped. Records as ECH_ERR_SYNTAX a row of
 * another length than the first, a quote where none may stand, a quote that is not closed, a missing
 * first record; as ECH_ERR_DUPLICATE a column named twice; and ECH_ERR_ENCODING.
 */
bool ech_csv_parse(struct ech_file *file, struct ech_arena *arena, struct ech_csv *table,
                   struct ech_error *error);

/** Number of the column with this name, or ECH_NONE with ECH_ERR_MISSING recorded. */
int ech_csv_column(const struct ech_csv *table, const char *name, struct ech_error *error);

/** The cell in a row and column of the table. */
const struct ech_cell *ech_csv_cell(const struct ech_csv *table, int row, int column);

/** Whether a row has no text: spreadsheets leave such rows behind the last one. */
bool ech_csv_is_blank(const struct ech_csv *table, int row);

#endif
