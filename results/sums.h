/* Sums over replications, exact whole numbers: the order of the replications cannot matter. */
#ifndef ECH_SUMS_H
#define ECH_SUMS_H

#include <stdbool.h>
#include <stdint.h>

#include "model/error.h"
#include "model/measures.h"

enum { ECH_MAX_RATIOS = ECH_N_RATIOS * ECH_MAX_LEVELS };

/** A ratio of two counters of one row. */
struct ech_sum_ratio {
    int numerator;   /* slot */
    int denominator; /* slot */
    double factor;   /* of ech_sums_factor() */
    int measure;     /* its place in ech_measure_at() */
};

/** What is summed for each row: counters 0 ... n_counts - 1, then the ratios that they make up. */
struct ech_sum_columns {
    int n_counts;
    int n_ratios;
    struct ech_sum_ratio ratios[ECH_MAX_RATIOS];
};

/** Shown value of a ratio = count of the numerator / count of the denominator x this factor. */
double ech_sums_factor(const struct ech_measure_row *row);

/** Columns of rows that have the first n_counts slots of a layout. */
struct ech_sum_columns ech_sums_columns(const struct ech_layout *layout, int n_counts,
                                        const struct ech_level *levels);

/** Sum and sum of squares of one column; the upper word of the squares stands apart. */
struct ech_sum_cell {
    int64_t sum;
    uint64_t squares;
};

/** Sums of n_rows rows. Owns its arrays; { 0 } is empty. */
struct ech_sums {
    int n_rows;
    const struct ech_sum_columns *columns; /* the caller's */
    struct ech_sum_cell *cells;            /* [n_rows * (n_counts + n_ratios)] */
    uint64_t *squares_high;                /* the same, nearly always 0 and never touched */
    int32_t *undefined;                    /* [n_rows * n_ratios] replications without a value */
};

/** Takes the memory, all sums 0. False: out of memory, the struct is empty. */
bool ech_sums_init(struct ech_sums *sums, int n_rows, const struct ech_sum_columns *columns);
/** Frees the arrays; twice is allowed. */
void ech_sums_free(struct ech_sums *sums);

/**
 * Adds the counters[n][n_counts] of n replications to a row; ratios are rounded to 1e-6 first.
 * Several at once are faster, because the sums do not fit into the cache.
 */
void ech_sums_add(struct ech_sums *sums, int row, const int64_t *const *counters, int n);

/** Adds sums of the same shape over other replications. */
void ech_sums_merge(struct ech_sums *sums, const struct ech_sums *others);

/** One column over n values, as it is stored. */
struct ech_sum_total {
    int64_t sum;
    /**
     * Sum of squared deviations from sum / n (whole-number division, towards 0): 0 where all
     * values are equal. sd = sqrt((spread - rest^2 / n) / (n - 1)) with rest = sum % n.
     */
    int64_t spread;
    double spread_real; /* the same when it does not fit in 64 bits; spread is then -1 */
};

/** Total of a column (a slot, or n_counts + a ratio) of a row over its n > 0 defined values. */
struct ech_sum_total ech_sums_total(const struct ech_sums *sums, int row, int column, int n);

#endif
