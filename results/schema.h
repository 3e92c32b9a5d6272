/* The tables of a results file: names, keys and columns, for the writer and the reader. What they
   mean to somebody with plain SQLite stands in docs/results.md. */
#ifndef ECH_SCHEMA_H
#define ECH_SCHEMA_H

#include <stdint.h>

#include <sqlite3.h>

#include "model/measures.h"
#include "results/sql.h"
#include "results/sums.h"

/** Written as application_id ("ECHL") and user_version; another version is refused. */
enum { ECH_SCHEMA_APPLICATION = 0x4543484c, ECH_SCHEMA_VERSION = 3, ECH_MAX_NAME = 256 };

/** Details of each replication that a file keeps; a set holds bit 1 << detail of each. */
enum ech_keep {
    ECH_KEEP_TYPE_YEAR,  /* by county and type and year: always */
    ECH_KEEP_TYPE_MONTH, /* by county and type and month */
    ECH_KEEP_UNIT_YEAR,  /* by unit and year all that is counted by unit, not only a few measures */
    ECH_KEEP_UNIT_MONTH, /* by unit and month, and by year too */
    ECH_N_KEEPS
};
/** Words of the command line and of the manifest: "type-year", ... */
extern const char *const ech_keep_names[ECH_N_KEEPS];
/** A set with what it implies. */
unsigned ech_keep_complete(unsigned keep);

/** The wide tables. */
enum ech_table {
    ECH_TABLE_YEAR,      /* each replication's counts by county and type and year */
    ECH_TABLE_UNIT_YEAR, /* each replication's counts by unit, a column for each measure and year */
    ECH_TABLE_MONTH,     /* sums over replications by county and type and month */
    ECH_TABLE_UNIT_MONTH,      /* sums over replications by unit and month */
    ECH_TABLE_MONTH_EACH,      /* each replication's counts by county and type and month */
    ECH_TABLE_UNIT_MONTH_EACH, /* each replication's counts by unit and month */
    ECH_N_TABLES
};
extern const char *const ech_table_names[ECH_N_TABLES];

/**
 * A database refuses tables of more than 2,000 columns, and what is 0 throughout a row need not be
 * stored: tables come in parts. The first is called as the table and has a row for each key; the
 * others, called name_2, name_3 ..., leave out rows that hold nothing but 0 and NULL. A part has
 * ECH_PART_ITEMS items, or as many more as keep a table within ECH_MAX_PARTS.
 */
enum { ECH_PART_ITEMS = 512, ECH_MAX_PARTS = 32, ECH_MAX_PART_COLUMNS = 1990 };

/** How large a file is: the largest of its scenarios in each direction. */
struct ech_shape {
    int n_scenarios;
    int n_groups;
    int n_years;  /* rows for each group: year 0 and those after it */
    int n_months; /* rows for each group: month 0 and those after it */
    unsigned keep;
    int part_items; /* items of a part, unless that makes too many parts */
    struct ech_layout layout;
    int n_unit_year;                /* slots of ECH_TABLE_UNIT_YEAR */
    const struct ech_level *levels; /* the caller's */
    struct ech_sum_columns whole;   /* columns of county and type */
    struct ech_sum_columns unit;    /* columns of units */
};

/** Fills in what follows from the ladder, once sizes, keep and part_items are set. */
void ech_shape_set_levels(struct ech_shape *shape, const struct ech_level *levels, int n_levels);

/** Key of a row of ECH_TABLE_YEAR. Replications count from 1, everything else from 0. */
int64_t ech_shape_year_key(const struct ech_shape *shape, int scenario, int replication, int year,
                           int group);
/** Key of a row of ECH_TABLE_UNIT_YEAR. */
int64_t ech_shape_unit_year_key(const struct ech_shape *shape, int scenario, int replication,
                                int group);
/** Key of a row of ECH_TABLE_MONTH_EACH and ECH_TABLE_UNIT_MONTH_EACH. */
int64_t ech_shape_month_each_key(const struct ech_shape *shape, int scenario, int replication,
                                 int month, int group);
/** Key of a row of ECH_TABLE_MONTH and ECH_TABLE_UNIT_MONTH. */
int64_t ech_shape_month_key(const struct ech_shape *shape, int scenario, int month, int group);

/** Months in a year of a run of n_months: 1 for year 0, 12, fewer in a last partial year. */
int ech_year_length(int n_months, int year);
/** Years of a run of n_months, the start not counted. */
int ech_n_years(int n_months);

/**
 * Items of a table, each of one column (of sums: two for a count, three for a ratio): slots, then
 * ratios. An item of ECH_TABLE_UNIT_YEAR is slot * n_years + year. 0: the table is not kept.
 */
int ech_table_n_items(const struct ech_shape *shape, enum ech_table table);

/** The items of a table of sums: its counts, then its ratios; NULL for a table of counts. */
const struct ech_sum_columns *ech_table_sums(const struct ech_shape *shape, enum ech_table table);

/**
 * Whether the sums of units keep this month of a slot: those of the team reviews the ends of years and
 * the last month of a run of n_months only, the others every month.
 */
bool ech_shape_keeps_month(const struct ech_shape *shape, int slot, int month, int n_months);

/** Items first ... first + n - 1 of a table. */
struct ech_part {
    enum ech_table table;
    int number; /* 0: the first */
    int first;
    int n;
};
/** Number of parts of a table; 0: the table is not kept. */
int ech_table_n_parts(const struct ech_shape *shape, enum ech_table table);
/** One of the parts of a table. */
struct ech_part ech_table_part(const struct ech_shape *shape, enum ech_table table, int number);
/** The part that holds an item. */
struct ech_part ech_table_part_of(const struct ech_shape *shape, enum ech_table table, int item);

/** "year_counts", "year_counts_2": appended to SQL. */
void ech_part_append_name(sqlite3_str *text, const struct ech_part *part);
/** ", group_row INTEGER AS (key % 74), ...": of the first part the columns that a key holds. */
void ech_part_append_key_parts(sqlite3_str *text, const struct ech_shape *shape,
                               const struct ech_part *part);
/** Number of columns that a row is written with: key, months of the first part of years, values. */
int ech_part_width(const struct ech_shape *shape, const struct ech_part *part);
/** Columns that stand between the key and the values. */
int ech_part_n_before(const struct ech_part *part);
/** "INSERT INTO ..." with ech_part_width() parameters; for ech_sql_prepare_str(). */
sqlite3_str *ech_part_insert(const struct ech_shape *shape, const struct ech_part *part);
/** "SELECT key, values FROM ... WHERE key = ?": the values from column 1 on, in order. */
sqlite3_str *ech_part_select(const struct ech_shape *shape, const struct ech_part *part);
/** "SELECT key, value FROM ... WHERE key BETWEEN ? AND ? ORDER BY key": one item of a table of counts. */
sqlite3_str *ech_part_select_item(const struct ech_shape *shape, const struct ech_part *part,
                                  int item);

/** ECH_ERR_TOO_LARGE if a table or view would have more columns than the database allows. */
enum ech_status ech_schema_check_width(const struct ech_shape *shape, struct ech_error *error);
/** Creates all tables and views in an empty database. */
void ech_schema_create(struct ech_sql *sql, const struct ech_shape *shape);

#endif
