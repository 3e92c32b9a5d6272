/* SQL of the views, generated from the table of measures. */
#include "results/views.h"

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
static void append_year_value(sqlite3_str *text, const struct ech_shape *shape, int i)
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

static void append_year_values(sqlite3_str *text, const struct ech_shape *shape, int n_counts)
{
    for (int i = 0; i < ech_n_measures(&shape->layout); i++) {
        char name[ECH_MAX_NAME];
        struct ech_measure measure =
            ech_measure_at(i, &shape->layout, shape->levels, name, sizeof name);
        if (within(&measure, n_counts)) {
            append_year_value(text, shape, i);
        }
    }
}

static void append_list(sqlite3_str *text, const struct ech_shape *shape, int n, const char *format)
{
    for (int i = 0; i < n; i++) {
        char name[ECH_MAX_NAME];
        slot_name(shape, i, name);
        sqlite3_str_appendf(text, format, name);
    }
}

/* A county that is alone and equals the sum of its types is not stored, but seen here. */
static void create_year_counts_all(struct ech_sql *sql, const struct ech_shape *shape)
{
    sqlite3_str *text = sqlite3_str_new(NULL);
    sqlite3_str_appendall(text, "CREATE VIEW year_counts_all AS SELECT scenario_row, replication,"
                                " year, group_row, months");
    append_list(text, shape, shape->layout.n, ", \"%w\"");
    sqlite3_str_appendall(text,
                          " FROM year_counts UNION ALL SELECT scenario_row, replication, year,"
                          " 0, max(months)");
    append_list(text, shape, shape->layout.n, ", sum(\"%w\")");
    sqlite3_str_appendall(text, " FROM year_counts GROUP BY replication, scenario_row, year"
                                " HAVING min(group_row) > 0");
    ech_sql_run_str(sql, text);
}

#define ADDRESS                                                                                    \
    "s.name AS scenario, replication, year, 12 * year AS month,"                                   \
    " printf('%%04d-%%02d', (s.start_month + 12 * year) / 12, (s.start_month) %% 12 + 1) AS date," \
    " g.kind AS kind, g.group_id AS group_id"

static void create_years(struct ech_sql *sql, const struct ech_shape *shape)
{
    sqlite3_str *text = sqlite3_str_new(NULL);
    sqlite3_str_appendf(text, "CREATE VIEW years AS SELECT " ADDRESS);
    append_year_values(text, shape, shape->layout.n);
    sqlite3_str_appendall(text, "\nFROM year_counts_all JOIN scenario s USING (scenario_row)"
                                " JOIN groups g USING (scenario_row, group_row)");
    ech_sql_run_str(sql, text);
}

static void append_year_cases(sqlite3_str *text, const struct ech_shape *shape)
{
    for (int i = 0; i < shape->layout.n_unit_year; i++) {
        char name[ECH_MAX_NAME];
        slot_name(shape, i, name);
        sqlite3_str_appendall(text, ", CASE y.year");
        for (int year = 0; year < shape->n_years; year++) {
            sqlite3_str_appendf(text, " WHEN %d THEN \"%w@%d\"", year, name, year);
        }
        sqlite3_str_appendf(text, " END AS \"%w\"", name);
    }
}

/* The stored row of a unit has its years side by side; here they stand below each other. */
static void create_unit_years(struct ech_sql *sql, const struct ech_shape *shape)
{
    sqlite3_str *text = sqlite3_str_new(NULL);
    sqlite3_str_appendall(text,
                          "CREATE VIEW unit_year_counts_all AS SELECT c.scenario_row, replication,"
                          " y.year AS year, group_row, CASE y.year WHEN 0 THEN 1 ELSE"
                          " min(12, n_months - 12 * (y.year - 1)) END AS months");
    append_year_cases(text, shape);
    sqlite3_str_appendall(text, " FROM unit_year_counts c JOIN scenario USING (scenario_row)"
                                " JOIN year_number y ON 12 * y.year < n_months + 12");
    ech_sql_run_str(sql, text);
    text = sqlite3_str_new(NULL);
    sqlite3_str_appendf(text, "CREATE VIEW unit_years AS SELECT " ADDRESS);
    append_year_values(text, shape, shape->layout.n_unit_year);
    sqlite3_str_appendall(text, "\nFROM unit_year_counts_all JOIN scenario s USING (scenario_row)"
                                " JOIN groups g USING (scenario_row, group_row)");
    ech_sql_run_str(sql, text);
}

/* sd of n whole numbers from their sum and spread (results/sums.h), in units of `scale`. */
static void append_sd(sqlite3_str *text, const char *name, const char *n, double scale)
{
    sqlite3_str_appendf(text,
                        "sqrt(max(0.0, (\"%w:spread\" - 1.0 * (\"%w\" %% %s) * (\"%w\" %% %s)"
                        " / %s) / (%s - 1))) * %!.17g",
                        name, name, n, name, n, n, n, scale);
}

static void append_month_count(sqlite3_str *text, const char *name, double scale)
{
    sqlite3_str_appendf(text, ",\n \"%w\" * %!.17g / n_summed AS \"%w\", ", name, scale, name);
    append_sd(text, name, "n_summed", scale);
    sqlite3_str_appendf(text, " AS \"%w:sd\"", name);
}

/* Where the denominators are the same in all replications, a ratio is stored as NULL and follows
   from the counts. */
static void append_month_ratio(sqlite3_str *text, const struct ech_shape *shape,
                               const struct ech_sum_ratio *ratio)
{
    char name[ECH_MAX_NAME], top[ECH_MAX_NAME], bottom[ECH_MAX_NAME], n[ECH_MAX_NAME + 40];
    slot_name(shape, ratio->measure, name);
    slot_name(shape, ratio->numerator, top);
    slot_name(shape, ratio->denominator, bottom);
    sqlite3_snprintf(sizeof n, n, "nullif(n_summed - \"%w:undefined\", 0)", name);
    sqlite3_str_appendf(text,
                        ",\n CASE WHEN \"%w:undefined\" IS NULL THEN \"%w\" * %!.17g / \"%w\""
                        " ELSE \"%w\" * 1e-6 / %s END AS \"%w\"",
                        name, top, ratio->factor, bottom, name, n, name);
    sqlite3_str_appendf(text, ",\n CASE WHEN \"%w:undefined\" IS NULL THEN ", name);
    append_sd(text, top, "n_summed", ratio->factor);
    sqlite3_str_appendf(text, " * n_summed / \"%w\" ELSE ", bottom);
    append_sd(text, name, n, 1e-6);
    sqlite3_str_appendf(text, " END AS \"%w:sd\"", name);
}

static void create_months(struct ech_sql *sql, const struct ech_shape *shape, const char *view,
                          enum ech_table table, const struct ech_sum_columns *columns)
{
    sqlite3_str *text = sqlite3_str_new(NULL);
    sqlite3_str_appendf(text,
                        "CREATE VIEW %s AS SELECT s.name AS scenario, month,"
                        " printf('%%04d-%%02d', (s.start_month + month) / 12,"
                        " (s.start_month + month) %% 12 + 1) AS date,"
                        " g.kind AS kind, g.group_id AS group_id, n_summed AS n",
                        view);
    for (int i = 0; i < columns->n_counts; i++) {
        char name[ECH_MAX_NAME];
        struct ech_measure measure =
            ech_measure_at(i, &shape->layout, shape->levels, name, sizeof name);
        append_month_count(text, name, measure.row->scale);
    }
    for (int r = 0; r < columns->n_ratios; r++) {
        append_month_ratio(text, shape, &columns->ratios[r]);
    }
    sqlite3_str_appendf(text,
                        "\nFROM %s JOIN scenario s USING (scenario_row)"
                        " JOIN groups g USING (scenario_row, group_row)",
                        ech_table_names[table]);
    ech_sql_run_str(sql, text);
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
    create_year_counts_all(sql, shape);
    create_years(sql, shape);
    create_unit_years(sql, shape);
    create_months(sql, shape, "months", ECH_TABLE_MONTH, &shape->whole);
    create_months(sql, shape, "unit_months", ECH_TABLE_UNIT_MONTH, &shape->unit);
    ech_sql_run(sql, questions);
}
