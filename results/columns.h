/* What each column of a part of a wide table needs, found by looking at all of its rows. */
#ifndef ECH_COLUMNS_H
#define ECH_COLUMNS_H

#include "results/totals.h"

/** How the values of a column are had. */
enum ech_column_kind {
    ECH_COLUMN_CONSTANT, /* the same in every row: `lowest`, or NULL where nothing is counted */
    ECH_COLUMN_TWIN,     /* equal to column `twin` in every row */
    ECH_COLUMN_TOTAL,    /* sum of others: row `total` of the totals */
    ECH_COLUMN_CODED,    /* lowest + step x code, code 0 for NULL where that occurs */
    ECH_COLUMN_AS_IT_IS
};

struct ech_column {
    enum ech_column_kind kind;
    bool is_real;    /* it holds numbers that are not whole */
    bool is_counted; /* it holds a whole number */
    int64_t first, lowest, highest;
    uint64_t step; /* greatest common divisor of the distances between values, at least 1 */
    int64_t n_null;
    int64_t n_lowest;
    int twin;   /* the first column that is equal in all rows, itself if there is none before */
    int total;  /* ECH_NONE: nothing adds up to it */
    int n_bits; /* of the code */
};

/** What a column holds in one row. */
struct ech_cell {
    int type; /* SQLITE_INTEGER, SQLITE_FLOAT, SQLITE_NULL */
    int64_t number;
    double real;
};

/** The columns of a part, the key not counted. Owns its arrays. */
struct ech_columns {
    int n;
    int64_t n_rows;
    struct ech_column *columns; /* [n] */
    struct ech_cell *cells;     /* [n] of the row looked at */
    int *twins;                 /* [n] working memory */
    struct ech_total *totals;   /* [n_totals] that have held in every row so far */
    int n_totals;
};

/** False: no memory; free it all the same. */
bool ech_columns_create(struct ech_columns *columns, const struct ech_shape *shape,
                        const struct ech_part *part);
/** Gives the arrays back. */
void ech_columns_free(struct ech_columns *columns);

/** Takes a row ("key, column, column ...") into `cells`. */
void ech_columns_read(struct ech_columns *columns, sqlite3_stmt *row);
/** Looks at the row in `cells`. */
void ech_columns_note(struct ech_columns *columns);
/** Decides what each column is, once all rows are noted. */
void ech_columns_settle(struct ech_columns *columns);

/** The code of what a coded column holds. */
uint64_t ech_column_code(const struct ech_column *column, const struct ech_cell *cell);
/** Rows in which the code of column i is not 0. */
int64_t ech_columns_n_filled(const struct ech_columns *columns, int i);

#endif
