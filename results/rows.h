/* Rows of the wide tables, as they are written. */
#ifndef ECH_ROWS_H
#define ECH_ROWS_H

#include "results/intake.h"
#include "results/schema.h"
#include "results/sums.h"

/** Prepared inserts. Owns the statements; { 0 } is empty. */
struct ech_rows {
    struct ech_sql *sql;           /* the caller's */
    const struct ech_shape *shape; /* the caller's */
    sqlite3_stmt *insert[ECH_N_TABLES][ECH_MAX_PARTS];
};

/** Prepares the statements; failures stay in `sql`. */
void ech_rows_open(struct ech_rows *rows, struct ech_sql *sql, const struct ech_shape *shape);
/** Frees the statements; twice is allowed. */
void ech_rows_close(struct ech_rows *rows);

/**
 * Writes the years of the replication that came in last, and its months where they are kept. The
 * row of a county is left out where it is the only one and equals the sum of the types, as it
 * should (a quarter of the table).
 */
void ech_rows_put_replication(struct ech_rows *rows, const struct ech_intake *intake);

/** Writes the sums of n > 0 replications of scenario s; rows as in struct ech_intake. */
void ech_rows_put_sums(struct ech_rows *rows, int s, const struct ech_scenario *scenario,
                       const struct ech_sums *whole, const struct ech_sums *unit, int n);

#endif
