/* Inside of an open results file; for results.c and values.c only. */
#ifndef ECH_READER_H
#define ECH_READER_H

#include <stddef.h>

#include "results/results.h"
#include "results/schema.h"

/** A piece of memory that lives as long as the file is open. */
struct ech_reader_block {
    struct ech_reader_block *next;
    _Alignas(max_align_t) char bytes[];
};

/** Yearly counts of one group of one scenario, the last that was asked for. */
struct ech_reader_years {
    int s, group; /* ECH_NONE: empty */
    int n_slots;
    int64_t *counts; /* [replication done][year][n_slots]; owned */
};

/** A stored column of sums over replications. */
struct ech_reader_sum {
    int64_t sum;
    double spread;
    int undefined; /* ECH_NONE: a ratio that follows from the counts */
};

/** Monthly sums of one group of one scenario, the last that was asked for. */
struct ech_reader_months {
    int s, group; /* ECH_NONE: empty */
    const struct ech_sum_columns *columns;
    struct ech_reader_sum *sums; /* [month][n_counts + n_ratios]; owned */
};

/** What reading changes; a const struct ech_results still reads. Owned by it. */
struct ech_reader {
    struct ech_sql sql;
    sqlite3_stmt *select[ECH_N_TABLES];
    struct ech_reader_years years;
    struct ech_reader_months months;
};

/** All arrays and strings are blocks of the list. */
struct ech_results {
    struct ech_reader *reader;
    struct ech_reader_block *blocks;
    char *path;
    struct ech_manifest manifest;
    struct ech_shape shape;
    const struct ech_level *levels;
    int n_scenarios;
    struct ech_result_scenario *scenarios; /* [n_scenarios] */
    const int **replications;              /* [n_scenarios][n_replications_done] */
    int *n_summed;                         /* [n_scenarios] replications in the sums; 0: none */
};

/** Frees what values.c keeps. */
void ech_reader_free_values(struct ech_reader *reader);

#endif
