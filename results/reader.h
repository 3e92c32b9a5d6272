/* Inside of an open results file; for results.c, facts.c, reader.c, walk.c, values.c and moments.c only. */
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

/** What was read of one group of one scenario: counts, or sums. One piece of memory. */
struct ech_reader_group {
    struct ech_reader_group *next;
    enum ech_table table;
    int s, group;
    size_t n_bytes;
    int first, n_items;                    /* of counts: the items of the table that were read */
    const int64_t *counts;                 /* [replication done][period][n_items] */
    const struct ech_sum_columns *columns; /* of sums */
    const struct ech_reader_sum *sums;     /* [month][n_counts + n_ratios] */
    _Alignas(max_align_t) char memory[];
};

/** What reading changes; a const struct ech_results still reads. Owned by it. */
struct ech_reader {
    struct ech_sql sql;
    sqlite3_stmt *select[ECH_N_TABLES][ECH_MAX_PARTS];
    struct ech_reader_group *counts; /* groups that were asked for, the last first; owned */
    struct ech_reader_group *months; /* the same of sums */
    bool together;                   /* counts are read with all others of their row */
    bool ahead;                      /* counts of a group are read together, not one by one */
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

/** Periods of a group in a table of counts: years, months, or 1 where years are items. */
int ech_reader_n_periods(const struct ech_results *results, enum ech_table table, int s);
/**
 * Reads one item of a table of counts, or recalls it: counts[r * n_periods + period] over the
 * replications done, the caller's.
 */
enum ech_status ech_reader_counts(const struct ech_results *results, enum ech_table table, int s,
                                  int group, int item, int64_t *counts, struct ech_error *error);
/**
 * Reads the sums of the months of a group, of a scenario that has sums, or recalls them: they are
 * then the first of reader->months.
 */
enum ech_status ech_reader_load_months(const struct ech_results *results, int s, int group,
                                       struct ech_error *error);
/** Groups whose rows make up one that has no row of its own; n is 0 where it must have one. */
struct ech_reader_types {
    int first, n;
};
/** A county that is the only one is the sum of its types where it is not stored; nothing else is a sum. */
struct ech_reader_types ech_reader_types(const struct ech_results *results, int s, int group);
/** Whether one item can be had by a walk: it is of a county or type and stands in the first part. */
bool ech_reader_walks(const struct ech_results *results, const struct ech_reader_group *group,
                      int item);
/** Reads the one item of `group` into counts, as ech_reader_counts(); false: a row is missing. */
bool ech_reader_walk(const struct ech_results *results, const struct ech_reader_group *group,
                     int64_t *counts);
/** Frees both lists. */
void ech_reader_forget(struct ech_reader *reader);

/** A measure by its full name; ECH_ERR_UNKNOWN_NAME. */
enum ech_status ech_reader_find_measure(const struct ech_results *results, const char *name,
                                        struct ech_measure *measure, struct ech_error *error);
/** Whether a group counts a measure at all. */
bool ech_reader_is_counted(const struct ech_results *results, int s, int group,
                           const struct ech_measure *measure);
/** ECH_ERR_NOT_KEPT with the --keep that keeps it, or with a word that no unit counts it. */
enum ech_status ech_reader_fail_not_kept(const char *measure, bool counted, enum ech_keep detail,
                                         struct ech_error *error);

/** Whether a group is a unit: units have fewer columns. */
bool ech_reader_is_unit(const struct ech_results *results, int s, int group);
/** ECH_ERR_MEMORY while reading. */
enum ech_status ech_reader_fail_memory(struct ech_error *error);

#endif
