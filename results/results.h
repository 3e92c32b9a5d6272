/* Reading a results file: what plots, reports, exports and comparisons see. Values are doubles, NAN
   where undefined. Scenarios, groups and measures are found by name and then called by row. */
#ifndef ECH_RESULTS_H
#define ECH_RESULTS_H

#include <stdbool.h>
#include <stdint.h>

#include "model/error.h"
#include "model/measures.h"
#include "model/scenario.h"

/** An open results file. */
struct ech_results;

enum ech_group_kind { ECH_GROUP_COUNTY, ECH_GROUP_TYPE, ECH_GROUP_UNIT, ECH_N_GROUP_KINDS };

/** A county, type or unit. Groups stand in this order, units as in the scenario. */
struct ech_group {
    enum ech_group_kind kind;
    const char *id;
    struct ech_words title;
    const char *type;  /* of a unit: id of its type; else "" */
    double remoteness; /* of a unit */
};

/** A kind of posts, as settings of by_kind name it. */
struct ech_result_kind {
    const char *id;
    struct ech_words title;
};

/** What the manifest says of one scenario. */
struct ech_result_scenario {
    const char *name;
    const char *extends; /* "" if none */
    struct ech_words title;
    struct ech_words
        label; /* to be shown: the title, "title (name)" where two have the same, or name */
    struct ech_words note;
    int start_month; /* year * 12 + month - 1 */
    int n_months;
    int n_replications_done;
    int n_settings;
    const struct ech_setting *settings;
    int n_groups;
    const struct ech_group *groups;
    int n_levels;
    const struct ech_level *levels;
    int n_kinds;
    const struct ech_result_kind *kinds;
    int n_notes;
    const struct ech_note *notes;
};

/** What the manifest says of the run. */
struct ech_manifest {
    const char *version;
    const char *compiler;
    uint64_t seed;
    int n_replications; /* asked for */
    bool complete;      /* false: a .part file, or stopped */
    int n_files;
    const struct ech_input_file *files;
};

/** Opens `path` (or `path`.part if only that exists) for reading. */
enum ech_status ech_results_open(const char *path, struct ech_results **results,
                                 struct ech_error *error);
/** Closes; NULL is allowed. */
void ech_results_close(struct ech_results *results);

/** Whether all measures of a group are going to be asked for, one after the other: then its counts are
    read together. By itself each is read alone, which is quick for a few of many scenarios. */
void ech_results_read_together(const struct ech_results *results, bool together);

/** Facts of the run; owned by `results`. */
const struct ech_manifest *ech_results_manifest(const struct ech_results *results);
/** Number of scenarios, in order of their names. */
int ech_results_n_scenarios(const struct ech_results *results);
/** Facts of scenario s; owned by `results`. */
const struct ech_result_scenario *ech_results_scenario(const struct ech_results *results, int s);
/** Fewest and most replications that any scenario holds; they differ in an unfinished file. */
void ech_results_range_done(const struct ech_results *results, int *fewest, int *most);
/** Row of a scenario by name, or ECH_NONE. */
int ech_results_find_scenario(const struct ech_results *results, const char *name);
/** Row of a group of scenario s by id, or ECH_NONE. */
int ech_results_find_group(const struct ech_results *results, int s, const char *id);
/** The baseline: named `name` if given, else "baseline", else the one that all others extend. */
enum ech_status ech_results_baseline(const struct ech_results *results, const char *name,
                                     int *scenario, struct ech_error *error);

/**
 * Each replication's value by year: values[r * (n_years + 1) + y], r over the replications done (in
 * order of their numbers), y = 0 the start, then years; n_years = n_months / 12 rounded up. The
 * array is the caller's, to free(). What ech_results_keeps_yearly() denies: ECH_ERR_NOT_KEPT, or
 * ECH_ERR_UNFINISHED of a unit in a scenario whose sums are not written yet.
 */
enum ech_status ech_results_yearly(const struct ech_results *results, int s, int group,
                                   const char *measure, double **values, int *n_replications,
                                   int *n_years, struct ech_error *error);

/**
 * Mean and sd over replications by month: mean[month], sd[month], n[month] for months 0 ...
 * n_months (n counts the defined values). Arrays are the caller's, to free(). Units: details
 * UNIT_YEAR and UNIT. ECH_ERR_UNFINISHED for a scenario of a run that goes on, or that was killed,
 * before it wrote its sums.
 */
enum ech_status ech_results_monthly(const struct ech_results *results, int s, int group,
                                    const char *measure, double **mean, double **sd, int **n,
                                    struct ech_error *error);

/**
 * Each replication's value by month, where the run kept it: values[r * (n_months + 1) + month], r
 * over the replications done, months 0 ... n_months. The array is the caller's, to free(). What
 * ech_results_keeps_each_month() denies: ECH_ERR_NOT_KEPT.
 */
enum ech_status ech_results_each_month(const struct ech_results *results, int s, int group,
                                       const char *measure, double **values, int *n_replications,
                                       struct ech_error *error);

/**
 * Whether ech_results_yearly() has this measure for this group. For a unit that is: measures of
 * detail UNIT_YEAR, and those of detail UNIT that are the same in all replications (as the number
 * of posts is, and so the vacancy rate of posts), or all of detail UNIT where the run kept them.
 */
bool ech_results_keeps_yearly(const struct ech_results *results, int s, int group,
                              const char *measure);
/** Whether ech_results_monthly() has this measure for this group. */
bool ech_results_keeps_monthly(const struct ech_results *results, int s, int group,
                               const char *measure);

/** Whether ech_results_each_month() has this measure for this group. */
bool ech_results_keeps_each_month(const struct ech_results *results, int s, int group,
                                  const char *measure);

/** Numbers of the replications done [n_replications_done]; owned by `results`. */
const int *ech_results_replications(const struct ech_results *results, int s);

#endif
