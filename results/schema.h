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
enum { ECH_SCHEMA_APPLICATION = 0x4543484c, ECH_SCHEMA_VERSION = 1, ECH_MAX_NAME = 256 };

/** The wide tables. */
enum ech_table {
    ECH_TABLE_YEAR,      /* each replication's counts by county and type and year */
    ECH_TABLE_UNIT_YEAR, /* each replication's counts by unit, a column for each measure and year */
    ECH_TABLE_MONTH,     /* sums over replications by county and type and month */
    ECH_TABLE_UNIT_MONTH, /* sums over replications by unit and month */
    ECH_N_TABLES
};
extern const char *const ech_table_names[ECH_N_TABLES];

/** How large a file is: the largest of its scenarios in each direction. */
struct ech_shape {
    int n_scenarios;
    int n_groups;
    int n_years;  /* rows for each group: year 0 and those after it */
    int n_months; /* rows for each group: month 0 and those after it */
    struct ech_layout layout;
    const struct ech_level *levels; /* the caller's */
    struct ech_sum_columns whole;   /* columns of county and type */
    struct ech_sum_columns unit;    /* columns of units */
};

/** Fills in what follows from the ladder; the four sizes are set by the caller. */
void ech_shape_set_levels(struct ech_shape *shape, const struct ech_level *levels, int n_levels);

/** Key of a row of ECH_TABLE_YEAR. Replications count from 1, everything else from 0. */
int64_t ech_shape_year_key(const struct ech_shape *shape, int scenario, int replication, int year,
                           int group);
/** Key of a row of ECH_TABLE_UNIT_YEAR. */
int64_t ech_shape_unit_year_key(const struct ech_shape *shape, int scenario, int replication,
                                int group);
/** Key of a row of ECH_TABLE_MONTH and ECH_TABLE_UNIT_MONTH. */
int64_t ech_shape_month_key(const struct ech_shape *shape, int scenario, int month, int group);

/** Months in a year of a run of n_months: 1 for year 0, 12, fewer in a last partial year. */
int ech_year_length(int n_months, int year);
/** Years of a run of n_months, the start not counted. */
int ech_n_years(int n_months);

/** Creates all tables and views in an empty database. */
void ech_schema_create(struct ech_sql *sql, const struct ech_shape *shape);

/** Number of columns that a row is written with: key, months where there is one, values. */
int ech_table_width(const struct ech_shape *shape, enum ech_table table);
/** "INSERT INTO ..." with ech_table_width() parameters; for ech_sql_prepare_str(). */
sqlite3_str *ech_table_insert(const struct ech_shape *shape, enum ech_table table);
/** "SELECT values FROM ... WHERE key = ?": the values only, in order. */
sqlite3_str *ech_table_select(const struct ech_shape *shape, enum ech_table table);

#endif
