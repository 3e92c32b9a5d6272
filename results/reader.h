/* Inside of an open results file; for results.c, facts.c, reader.c and values.c only. */
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

/** A stored column of sums over replications. */
struct ech_reader_sum {
    int64_t sum;
    double spread;
    int undefined; /* ECH_NONE: a ratio that follows from the counts */
};

/** What was read of one group of one scenario: years or months. One piece of memory. */
struct ech_reader_group {
    struct ech_reader_group *next;
    int s, group;
    size_t n_bytes;
    int n_slots;                           /* of years */
    const int64_t *counts;                 /* of years [replication done][year][n_slots] */
    const struct ech_sum_columns *columns; /* of months */
    const struct ech_reader_sum *sums;     /* of months [month][n_counts + n_ratios] */
    _Alignas(max_align_t) char memory[];
};

/** What reading changes; a const struct ech_results still reads. Owned by it. */
struct ech_reader {
    struct ech_sql sql;
    sqlite3_stmt *select[ECH_N_TABLES];
    struct ech_reader_group *years;  /* groups that were asked for, the last first; owned */
    struct ech_reader_group *months; /* the same */
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

/** Reads manifest and levels; failures stay in reader->sql, and so for the next two. */
void ech_facts_read_run(struct ech_results *results);
/** Reads the scenarios with all that belongs to them. */
void ech_facts_read_scenarios(struct ech_results *results);
/** Whether the measures of the file are those of this program: only then are its columns ours. */
bool ech_facts_same_measures(struct ech_results *results);

/** Reads the years of a group, or recalls them: they are then the first of reader->years. */
enum ech_status ech_reader_load_years(const struct ech_results *results, int s, int group,
                                      struct ech_error *error);
/** The same for the months of a scenario that has sums: the first of reader->months. */
enum ech_status ech_reader_load_months(const struct ech_results *results, int s, int group,
                                       struct ech_error *error);
/** Frees both lists. */
void ech_reader_forget(struct ech_reader *reader);

/** Whether a group is a unit: units have fewer columns. */
bool ech_reader_is_unit(const struct ech_results *results, int s, int group);
/** ECH_ERR_MEMORY while reading. */
enum ech_status ech_reader_fail_memory(struct ech_error *error);

#endif
