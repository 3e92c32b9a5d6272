/* SQL of the views, generated from the table of measures. */
#include "results/views.h"

#include <string.h>

enum { MAX_COLUMN = ECH_MAX_NAME + 32 };

static void slot_name(const struct ech_shape *shape, int slot, char *name)
{
    ech_measure_at(slot, &shape->layout, shape->levels, name, ECH_MAX_NAME);
}

/* True if the measure can be had from the first n_counts slots alone. */
static bool within(const struct ech_measure *measure, int n_counts)
{
    return measure->slot < n_counts && measure->denominator < n_counts;
}

/* ", value AS name" from the counts of a year. */
static void append_value(sqlite3_str *text, const struct ech_shape *shape, int i)
{
    char name[ECH_MAX_NAME], count[ECH_MAX_NAME], other[ECH_MAX_NAME];
    struct ech_measure measure =
        ech_measure_at(i, &shape->layout, shape->levels, name, sizeof name);
    slot_name(shape, measure.slot, count);
    if (measure.is_ratio) {
        slot_name(shape, measure.denominator, other);
        sqlite3_str_appendf(text, ",\n \"%w\" * %!.17g / nullif(\"%w\", 0)", count,
                            ech_sums_factor(measure.row), other);
    } else if (measure.row->kind == ECH_KIND_MEAN) {
        sqlite3_str_appendf(text, ",\n \"%w\" * %!.17g / months", count, measure.row->scale);
    } else if (measure.row->scale != 1) {
        sqlite3_str_appendf(text, ",\n \"%w\" * %!.17g", count, measure.row->scale);
    } else {
        sqlite3_str_appendf(text, ",\n \"%w\"", count);
    }
    sqlite3_str_appendf(text, " AS \"%w\"", name);
}

static void append_values(sqlite3_str *text, const struct ech_shape *shape, int n_counts)
{
    for (int i = 0; i < ech_n_measures(&shape->layout); i++) {
        char name[ECH_MAX_NAME];
        struct ech_measure measure =
            ech_measure_at(i, &shape->layout, shape->levels, name, sizeof name);
        if (within(&measure, n_counts)) {
            append_value(text, shape, i);
        }
    }
}

/* " FROM name LEFT JOIN name_2 USING (key) ...": the parts of a table, a row for each key. */
static void append_parts(sqlite3_str *text, const struct ech_shape *shape, enum ech_table table)
{
    sqlite3_str_appendall(text, " FROM ");
    for (int number = 0; number < ech_table_n_parts(shape, table); number++) {
        struct ech_part part = ech_table_part(shape, table, number);
        sqlite3_str_appendall(text, number > 0 ? " LEFT JOIN " : "");
        ech_part_append_name(text, &part);
        sqlite3_str_appendall(text, number > 0 ? " USING (key)" : "");
    }
}

/* "name", or coalesce("name", 0) where a part may lack the row. */
static void append_item(sqlite3_str *text, const struct ech_shape *shape, enum ech_table table,
                        int item, const char *name)
{
    bool stored = ech_table_part_of(shape, table, item).number == 0;
    sqlite3_str_appendf(text, stored ? "\"%w\"" : "coalesce(\"%w\", 0)", name);
}

static void append_items(sqlite3_str *text, const struct ech_shape *shape, enum ech_table table,
                         const char *before)
{
    for (int i = 0; i < ech_table_n_items(shape, table); i++) {
        char name[ECH_MAX_NAME];
        slot_name(shape, i, name);
        sqlite3_str_appendf(text, ", %s(", before);
        append_item(text, shape, table, i, name);
        sqlite3_str_appendf(text, ") AS \"%w\"", name);
    }
}

/* The counts of counties, types or units, a row for each replication and period. */
struct counts_view {
    enum ech_table table;
    const char *name;
    const char *period; /* "year" or "month" */
    const char *months; /* how many a period has */
};

/* All counts with their parts joined. A county that is alone and equals the sum of its types is not
   stored, but seen here. */
static void create_counts(struct ech_sql *sql, const struct ech_shape *shape,
                          const struct counts_view *view)
{
    sqlite3_str *text = sqlite3_str_new(NULL);
    sqlite3_str_appendf(text,
                        "CREATE VIEW %s AS SELECT scenario_row, replication, %s, group_row,"
                        " %s AS months",
                        view->name, view->period, view->months);
    append_items(text, shape, view->table, "");
    append_parts(text, shape, view->table);
    if (view->table != ECH_TABLE_UNIT_MONTH_EACH) {
        sqlite3_str_appendf(text, " UNION ALL SELECT scenario_row, replication, %s, 0, max(%s)",
                            view->period, view->months);
        append_items(text, shape, view->table, "sum");
        append_parts(text, shape, view->table);
        sqlite3_str_appendf(text,
                            " GROUP BY replication, scenario_row, %s HAVING min(group_row) > 0",
                            view->period);
    }
    ech_sql_run_str(sql, text);
}

#define ADDRESS_OF(month)                                                                          \
    " printf('%%04d-%%02d', (s.start_month + " month ") / 12, (s.start_month + " month             \
    ") %% 12 + 1) AS date, g.kind AS kind, g.group_id AS group_id"
#define YEAR_ADDRESS                                                                               \
    "s.name AS scenario, replication, year, 12 * year AS month," ADDRESS_OF("12 * year")
#define MONTH_ADDRESS "s.name AS scenario, replication, month," ADDRESS_OF("month")

/* Shown values of each replication over the counts that another view gives. */
static void create_values(struct ech_sql *sql, const struct ech_shape *shape, const char *name,
                          const char *counts, int n_counts)
{
    sqlite3_str *text = sqlite3_str_new(NULL);
    bool yearly = strstr(counts, "year") != NULL;
    sqlite3_str_appendf(text, "CREATE VIEW %s AS SELECT ", name);
    sqlite3_str_appendf(text, yearly ? YEAR_ADDRESS : MONTH_ADDRESS);
    append_values(text, shape, n_counts);
    sqlite3_str_appendf(text,
                        "\nFROM %s JOIN scenario s USING (scenario_row)"
                        " JOIN groups g USING (scenario_row, group_row)",
                        counts);
    ech_sql_run_str(sql, text);
}

static void append_year_cases(sqlite3_str *text, const struct ech_shape *shape)
{
    for (int i = 0; i < shape->n_unit_year; i++) {
        char name[ECH_MAX_NAME], column[ECH_MAX_NAME + 16];
        slot_name(shape, i, name);
        sqlite3_str_appendall(text, ", CASE y.year");
        for (int year = 0; year < shape->n_years; year++) {
            sqlite3_snprintf(sizeof column, column, "%s@%d", name, year);
            sqlite3_str_appendf(text, " WHEN %d THEN ", year);
            append_item(text, shape, ECH_TABLE_UNIT_YEAR, i * shape->n_years + year, column);
        }
        sqlite3_str_appendf(text, " END AS \"%w\"", name);
    }
}

/* The stored row of a unit has its years side by side; here they stand below each other. */
static void create_unit_year_counts(struct ech_sql *sql, const struct ech_shape *shape)
{
    sqlite3_str *text = sqlite3_str_new(NULL);
    sqlite3_str_appendall(text,
                          "CREATE VIEW unit_year_counts_all AS SELECT scenario_row, replication,"
                          " y.year AS year, group_row, CASE y.year WHEN 0 THEN 1 ELSE"
                          " min(12, n_months - 12 * (y.year - 1)) END AS months");
    append_year_cases(text, shape);
    append_parts(text, shape, ECH_TABLE_UNIT_YEAR);
    sqlite3_str_appendall(text, " JOIN scenario USING (scenario_row)"
                                " JOIN year_number y ON 12 * y.year < n_months + 12");
    ech_sql_run_str(sql, text);
}

static void create_replications(struct ech_sql *sql, const struct ech_shape *shape)
{
    static const struct counts_view years = {ECH_TABLE_YEAR, "year_counts_all", "year", "months"};
    static const struct counts_view months = {ECH_TABLE_MONTH_EACH, "month_counts_all", "month",
                                              "1"};
    static const struct counts_view unit_months = {ECH_TABLE_UNIT_MONTH_EACH,
                                                   "unit_month_counts_all", "month", "1"};
    create_counts(sql, shape, &years);
    create_values(sql, shape, "years", years.name, shape->layout.n);
    create_unit_year_counts(sql, shape);
    create_values(sql, shape, "unit_years", "unit_year_counts_all", shape->n_unit_year);
    if (ech_table_n_parts(shape, ECH_TABLE_MONTH_EACH) > 0) {
        create_counts(sql, shape, &months);
        create_values(sql, shape, "months_each", months.name, shape->layout.n);
    }
    if (ech_table_n_parts(shape, ECH_TABLE_UNIT_MONTH_EACH) > 0) {
        create_counts(sql, shape, &unit_months);
        create_values(sql, shape, "unit_months_each", unit_months.name, shape->layout.n_unit);
    }
}

/* SQL of a stored column of sums: "name:spread", 0 where its part lacks the row. */
static void sum_column(const struct ech_shape *shape, enum ech_table table, int item,
                       const char *suffix, char *column)
{
    const struct ech_sum_columns *columns = ech_table_sums(shape, table);
    int n_counts = columns->n_counts;
    char name[ECH_MAX_NAME];
    slot_name(shape, item < n_counts ? item : columns->ratios[item - n_counts].measure, name);
    bool stored = item >= n_counts || ech_table_part_of(shape, table, item).number == 0;
    sqlite3_snprintf(MAX_COLUMN, column, stored ? "\"%w%s\"" : "coalesce(\"%w%s\", 0)", name,
                     suffix);
}

/* sd of n whole numbers from their sum and spread (results/sums.h), in units of `scale`. */
static void append_sd(sqlite3_str *text, const char *sum, const char *spread, const char *n,
                      double scale)
{
    sqlite3_str_appendf(text,
                        "sqrt(max(0.0, (%s - 1.0 * (%s %% %s) * (%s %% %s)"
                        " / %s) / (%s - 1))) * %!.17g",
                        spread, sum, n, sum, n, n, n, scale);
}

static void append_month_count(sqlite3_str *text, const struct ech_shape *shape,
                               enum ech_table table, int item)
{
    char name[ECH_MAX_NAME], sum[MAX_COLUMN], spread[MAX_COLUMN];
    struct ech_measure measure =
        ech_measure_at(item, &shape->layout, shape->levels, name, sizeof name);
    sum_column(shape, table, item, "", sum);
    sum_column(shape, table, item, ":spread", spread);
    sqlite3_str_appendf(text, ",\n %s * %!.17g / n_summed AS \"%w\", ", sum, measure.row->scale,
                        name);
    append_sd(text, sum, spread, "n_summed", measure.row->scale);
    sqlite3_str_appendf(text, " AS \"%w:sd\"", name);
}

/* Where the denominators are the same in all replications, a ratio is stored as NULL and follows
   from the counts. */
static void append_month_ratio(sqlite3_str *text, const struct ech_shape *shape,
                               enum ech_table table, int item)
{
    const struct ech_sum_columns *columns = ech_table_sums(shape, table);
    const struct ech_sum_ratio *ratio = &columns->ratios[item - columns->n_counts];
    char name[ECH_MAX_NAME], sum[MAX_COLUMN], spread[MAX_COLUMN], n[MAX_COLUMN + 40];
    char top[MAX_COLUMN], top_spread[MAX_COLUMN], bottom[MAX_COLUMN];
    slot_name(shape, ratio->measure, name);
    sum_column(shape, table, item, "", sum);
    sum_column(shape, table, item, ":spread", spread);
    sum_column(shape, table, ratio->numerator, "", top);
    sum_column(shape, table, ratio->numerator, ":spread", top_spread);
    sum_column(shape, table, ratio->denominator, "", bottom);
    sqlite3_snprintf(sizeof n, n, "nullif(n_summed - \"%w:undefined\", 0)", name);
    sqlite3_str_appendf(text,
                        ",\n CASE WHEN \"%w:undefined\" IS NULL THEN %s * %!.17g / %s"
                        " ELSE %s * 1e-6 / %s END AS \"%w\"",
                        name, top, ratio->factor, bottom, sum, n, name);
    sqlite3_str_appendf(text, ",\n CASE WHEN \"%w:undefined\" IS NULL THEN ", name);
    append_sd(text, top, top_spread, "n_summed", ratio->factor);
    sqlite3_str_appendf(text, " * n_summed / %s ELSE ", bottom);
    append_sd(text, sum, spread, n, 1e-6);
    sqlite3_str_appendf(text, " END AS \"%w:sd\"", name);
}

/* Means and sds of the items first ... last of a table of sums. */
static void create_months(struct ech_sql *sql, const struct ech_shape *shape, const char *view,
                          enum ech_table table, int first, int last)
{
    sqlite3_str *text = sqlite3_str_new(NULL);
    sqlite3_str_appendf(
        text,
        "CREATE VIEW %s AS SELECT s.name AS scenario, month," ADDRESS_OF("month") ", n_summed AS n",
        view);
    for (int item = first; item <= last; item++) {
        if (item < ech_table_sums(shape, table)->n_counts) {
            append_month_count(text, shape, table, item);
        } else {
            append_month_ratio(text, shape, table, item);
        }
    }
    append_parts(text, shape, table);
    sqlite3_str_appendall(text, " JOIN scenario s USING (scenario_row)"
                                " JOIN groups g USING (scenario_row, group_row)");
    ech_sql_run_str(sql, text);
}

/* A view may have no more columns than a table: further measures go to name_2 ... */
static void create_all_months(struct ech_sql *sql, const struct ech_shape *shape, const char *view,
                              enum ech_table table)
{
    enum { AT_ONCE = ECH_MAX_PART_COLUMNS / 2 };
    int n = ech_table_n_items(shape, table);
    for (int first = 0; first < n; first += AT_ONCE) {
        char name[64];
        sqlite3_snprintf(sizeof name, name, "%s_%d", view, first / AT_ONCE + 1);
        create_months(sql, shape, first == 0 ? view : name, table, first,
                      first + AT_ONCE < n ? first + AT_ONCE - 1 : n - 1);
    }
}

static const char questions[] =
    "CREATE VIEW vacant_posts AS SELECT scenario, year, date, group_id, count(*) AS n,"
    " avg(posts) AS posts, avg(posts_vacant) AS vacant,"
    " avg(\"posts_vacant[procedure]\") AS under_procedure,"
    " avg(\"posts_vacant[nobody]\") AS nobody_eligible,"
    " avg(\"posts_vacant[no_place]\") AS no_free_place, avg(post_vacancy_rate) AS rate"
    " FROM years WHERE kind = 'county' GROUP BY scenario, year, date, group_id;"
    "CREATE VIEW reserve_lists AS SELECT scenario, year, date, group_id, count(*) AS n,"
    " avg(reserve) AS listed, avg(reserve_needed) AS needed,"
    " avg(reserve_needed - reserve) AS short_by, avg(reserve_ratio) AS ratio,"
    " avg(\"reserve_ratio[chief]\") AS ratio_chief, avg(\"reserve_ratio[deputy]\") AS ratio_deputy"
    " FROM years WHERE kind = 'county' GROUP BY scenario, year, date, group_id;"
    "CREATE VIEW coming_and_going AS SELECT scenario, year, date, group_id, count(*) AS n,"
    " avg(heads) AS heads, avg(entries) AS entries, avg(exits) AS exits,"
    " avg(\"exits[retire]\") AS retired, avg(\"exits[upward]\" + \"exits[outward]\") AS "
    "transferred,"
    " avg(\"exits[resign]\") AS resigned"
    " FROM years WHERE kind = 'county' GROUP BY scenario, year, date, group_id;"
    "CREATE VIEW replications_done AS SELECT s.name AS scenario, sum(done) AS done,"
    " count(*) AS asked_for FROM replication JOIN scenario s USING (scenario_row)"
    " GROUP BY s.name;";

void ech_views_create(struct ech_sql *sql, const struct ech_shape *shape)
{
    create_replications(sql, shape);
    create_all_months(sql, shape, "months", ECH_TABLE_MONTH);
    create_all_months(sql, shape, "unit_months", ECH_TABLE_UNIT_MONTH);
    ech_sql_run(sql, questions);
}

void ech_views_drop(struct ech_sql *sql)
{
    sqlite3_str *text = sqlite3_str_new(NULL);
    sqlite3_stmt *row =
        ech_sql_prepare(sql, "SELECT name FROM sqlite_schema WHERE type = 'view' ORDER BY name");
    while (ech_sql_row(sql, row)) {
        sqlite3_str_appendf(text, "DROP VIEW \"%w\";", sqlite3_column_text(row, 0));
    }
    sqlite3_finalize(row);
    ech_sql_run_str(sql, text);
}
