/* What the steps of loading a scenario share; the steps stand in load.c in their order. */
#ifndef ECH_LOADING_H
#define ECH_LOADING_H

#include <stdint.h>

#include "input/assign.h"
#include "input/csv.h"
#include "input/document.h"
#include "input/merge.h"
#include "model/scenario.h"

/** Stated limits of a scenario. */
enum {
    ECH_MOST_UNITS = 1000000,
    ECH_MOST_PLACES = 20000000,
    ECH_MOST_TYPES = 1000,
    ECH_MOST_KINDS = 200,
    ECH_MOST_COUNTIES = 100000,
    ECH_MOST_SETS = 100000,
    ECH_MOST_CELLS = 200000000 /* units x columns of the policy x epochs */
};

/** Bytes that a run takes for each person, about (bench_scaling); for what is too large. */
enum { ECH_BYTES_OF_PERSON = 512 };

/** Numbers of a unit's entry. */
enum ech_draft_value {
    ECH_DRAFT_REMOTENESS,
    ECH_DRAFT_DEVELOPMENT,
    ECH_DRAFT_WORKLOAD,
    ECH_DRAFT_ACCOUNTABILITY,
    ECH_N_DRAFT_VALUES
};

/** A unit's merged entry while it is being put together. */
struct ech_draft {
    const char *id;
    const struct ech_node *entry;       /* the first entry that made it */
    const struct ech_node *quota_entry; /* the last entry that gave posts or establishment */
    const struct ech_node *title;
    int title_number; /* appended to the title; ECH_NONE: not stamped out */
    struct ech_node *type;
    struct ech_node *county;
    bool free;
    double value[ECH_N_DRAFT_VALUES];
    int establishment[ECH_N_TRACKS];
    unsigned specialties; /* as in struct ech_unit */
    const struct ech_posts_layer *posts;
};

/** What one entry says of the posts of a unit, over what earlier entries say. */
struct ech_posts_layer {
    const struct ech_node *posts;
    const struct ech_posts_layer *below;
};

/** People given one by one who sit in a unit. */
struct ech_seated {
    int leaders;
    int staff[ECH_N_TRACKS];
};

/** What became of an assignment in the sets that it is part of (idle.c, shadow.c). */
struct ech_use {
    bool holds;                          /* in some set by which somebody or a post is bound */
    bool acts;                           /* in some of them */
    int idle_row;                        /* else why not: a row, from 1 on; 0: never asked */
    const struct ech_assignment *needed; /* who set what it needs; NULL: the default */
};

/** A scenario on its way from files to a struct. */
struct ech_loading {
    struct ech_scenario *scenario;
    struct ech_arena *keep; /* the scenario's */
    struct ech_arena scratch;
    struct ech_error *error;
    struct ech_checker checker;
    const char *path;
    const char *base; /* absolute folder to which names of files are relative */
    struct ech_documents documents;
    struct ech_overrides overrides;
    struct ech_node *merged;      /* top-level keys that merge, of all documents */
    const struct ech_node *start; /* nodes that set start and length; NULL: none */
    const struct ech_node *length;
    struct ech_names county_rows, level_rows, type_rows, kind_rows, unit_rows, post_rows;
    struct ech_names remarked; /* remarks that have been made */
    bool county_bad; /* levels, types, kinds, units or counties are wrong: others may be missing */
    int n_drafts;
    struct ech_draft *drafts; /* in the order of the scenario's units when ech_units_load is done */
    const char *people_path;  /* file of people given one by one; NULL: none */
    struct ech_seated *seated; /* [n_units]; NULL: nobody is given one by one */
    int n_assignments;
    struct ech_assignment *assignments; /* sorted; see policy.h */
    struct ech_use *uses;               /* [n_assignments] */
    const struct ech_stage *stage;      /* see pairs.h; NULL: not looked at yet */
};

/* Reading checked nodes: all give NULL for what is absent or wrong (that has been reported). */

/** Child of a map that is a good scalar. */
struct ech_node *ech_child_scalar(const struct ech_node *map, const char *key);
/** Child of a map that is a map, however bad its inside. */
struct ech_node *ech_child_map(const struct ech_node *map, const char *key);
/** Child of a map that is a list, however bad its inside. */
struct ech_node *ech_child_list(const struct ech_node *map, const char *key);
/** Child of a map of any kind that is good to its last leaf. */
struct ech_node *ech_child_good(const struct ech_node *map, const char *key);
/** Number of a good scalar child, or `otherwise`. */
double ech_child_number(const struct ech_node *map, const char *key, double otherwise);
/** The first map of a list at or behind `entry`, or NULL. */
struct ech_node *ech_entry(struct ech_node *entry);

/** A copy of text that the scenario owns; NULL stays NULL. */
const char *ech_keep(struct ech_loading *loading, const char *text);
/** Words of a title or note that the scenario owns, on one line; a missing language follows the
 * other, both missing `id`. */
struct ech_words ech_keep_words(struct ech_loading *loading, const struct ech_node *node,
                                const char *id);

/** The head of the scenario's own file: the place of what is said nowhere. */
struct ech_mark ech_mark_of_first(const struct ech_loading *loading);

/** Records ECH_ERR_TOO_LARGE for n things, which would take bytes_each. */
void ech_too_large(struct ech_loading *loading, const char *what, int64_t n, int64_t most,
                   size_t bytes_each, struct ech_mark at);
/** Records ECH_ERR_MISSING for a key of `where`. */
void ech_missing(struct ech_loading *loading, const char *key, const char *where,
                 struct ech_mark at);
/** Records that a list that every scenario needs is ECH_ERR_MISSING in all documents, or that what
 * the last of them gives is ECH_ERR_EMPTY; what is no list has been reported. */
void ech_missing_list(struct ech_loading *loading, const char *key);

/**
 * Row of the name that a node holds, looked up in `rows`; else ECH_ERR_UNKNOWN_NAME with "did you
 * mean" is recorded once, the node becomes bad and ECH_NONE is given. `what` names the sort of thing
 * in both languages.
 */
ech_id ech_row_of(struct ech_loading *loading, const struct ech_names *rows, struct ech_node *node,
                  const char *what);
/** Sorts of things that several lists name. */
#define ECH_WORD_LEVEL ECH_BOTH("level", "级别")
#define ECH_WORD_TYPE ECH_BOTH("type of units", "单位类型")
/** As ech_row_of for the key of an entry. */
ech_id ech_row_of_key(struct ech_loading *loading, const struct ech_names *rows,
                      struct ech_node *node, const char *what);

/**
 * Entries of the lists `key` (events, changes) of all documents with a good date under key `date`,
 * by date and at equal date in the order of the documents; *n of them.
 */
const struct ech_node **ech_dated_entries(struct ech_loading *loading, const char *key,
                                          const char *date, int *n);
/** Months from the start to the date of an entry; ECH_NONE, reported, if it is not after the start. */
int ech_month_since_start(struct ech_loading *loading, const struct ech_node *entry,
                          const char *key);
/** Adds a remark at a place, in both languages (ECH_BOTH), unless it has been made. */
void ech_remark(struct ech_loading *loading, struct ech_mark at, const char *both);
/** Remarks that an entry lies after the end. */
void ech_remark_after_end(struct ech_loading *loading, const struct ech_node *entry,
                          const char *key);
/** Notes a file that was read, once, with its digest. */
void ech_file_note(struct ech_loading *loading, const struct ech_file *file);

/** Number of a cell; false, recorded under `name`, if it is none or lies outside its range. */
bool ech_cell_number(struct ech_loading *loading, const struct ech_cell *cell, const char *name,
                     const struct ech_range *range, bool whole, double *number);
/** Reads the file that a node names, at most `most` bytes, as a table, and notes it as read; false
 * as ech_csv_parse, or when it cannot be read. */
bool ech_table_read(struct ech_loading *loading, const struct ech_node *path, size_t most,
                    struct ech_csv *table);

/* The steps, in their order. Each records what is wrong and goes on with what is left. */

/** Lays the documents over each other (loading->merged) and fills names, words, start and length. */
void ech_frame_load(struct ech_loading *loading);
/** Levels, types, kinds and counties. */
void ech_lists_load(struct ech_loading *loading);
/** Units, stamped out, merged and sorted, and their posts. */
void ech_units_load(struct ech_loading *loading);
/** The drafts of all units; the first step of ech_units_load. */
void ech_drafts_make(struct ech_loading *loading);
/** Lays the posts of the table `posts_table` over what the types of the drafts say. */
void ech_posts_table_load(struct ech_loading *loading);
/** The posts of all units; false, reported, if there are too many. */
bool ech_posts_make(struct ech_loading *loading);
/** The tables that ship as data; adds them to the files. */
void ech_tables_load(struct ech_loading *loading);
/** Where openings are filled from: the matrix of lateral chains. */
void ech_sources_load(struct ech_loading *loading);
/** Push flows and recruitment by plan; needs the policy and the initial people. */
void ech_flows_load(struct ech_loading *loading);
/** Dated events. */
void ech_events_load(struct ech_loading *loading);
/** Policy: assignments, epochs and sets, and what contradicts itself in them. */
void ech_policy_load(struct ech_loading *loading);
/** Posts against places; needs the policy. */
void ech_places_check(struct ech_loading *loading);
/** People given one by one; false if anything is wrong with them. Needs the policy. */
bool ech_roster_load(struct ech_loading *loading);
/** Initial people: those given one by one, then the blocks; needs the policy. */
void ech_initial_load(struct ech_loading *loading);
/** Settings and notes for the manifest. */
void ech_settings_load(struct ech_loading *loading);

#endif
