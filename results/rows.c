/* Binding of rows. */
#include "results/rows.h"

void ech_rows_open(struct ech_rows *rows, struct ech_sql *sql, const struct ech_shape *shape)
{
    *rows = (struct ech_rows){.sql = sql, .shape = shape};
    for (int table = 0; table < ECH_N_TABLES; table++) {
        rows->insert[table] =
            ech_sql_prepare_str(sql, ech_table_insert(shape, (enum ech_table)table));
    }
}

void ech_rows_close(struct ech_rows *rows)
{
    for (int table = 0; table < ECH_N_TABLES; table++) {
        sqlite3_finalize(rows->insert[table]);
    }
    *rows = (struct ech_rows){0};
}

/* The years of a county or type stand one after the other. */
static const int64_t *year_of(const struct ech_intake *intake, int group, int year)
{
    int n_years = ech_n_years(intake->scenario->n_months) + 1;
    return intake->whole_years + (size_t)(group * n_years + year) * (size_t)intake->shape->layout.n;
}

static bool is_sum_of_types(const struct ech_intake *intake, int year)
{
    const int64_t *county = year_of(intake, 0, year);
    for (int slot = 0; slot < intake->shape->layout.n; slot++) {
        int64_t sum = 0;
        for (int group = 1; group < intake->n_whole; group++) {
            sum += year_of(intake, group, year)[slot];
        }
        if (sum != county[slot]) {
            return false;
        }
    }
    return true;
}

static void put_year(struct ech_rows *rows, const struct ech_intake *intake, int group, int year)
{
    sqlite3_stmt *row = rows->insert[ECH_TABLE_YEAR];
    const int64_t *counts = year_of(intake, group, year);
    if (rows->sql->rc != SQLITE_OK) {
        return;
    }
    sqlite3_bind_int64(
        row, 1, ech_shape_year_key(rows->shape, intake->s, intake->replication, year, group));
    sqlite3_bind_int(row, 2, ech_year_length(intake->scenario->n_months, year));
    for (int slot = 0; slot < rows->shape->layout.n; slot++) {
        sqlite3_bind_int64(row, 3 + slot, counts[slot]);
    }
    ech_sql_done(rows->sql, row);
}

static void put_unit(struct ech_rows *rows, const struct ech_intake *intake, int unit)
{
    sqlite3_stmt *row = rows->insert[ECH_TABLE_UNIT_YEAR];
    int n = (ech_n_years(intake->scenario->n_months) + 1) * rows->shape->layout.n_unit_year;
    const int64_t *counts = intake->unit_years + (size_t)unit * (size_t)n;
    if (rows->sql->rc != SQLITE_OK) {
        return;
    }
    sqlite3_clear_bindings(row); /* a shorter scenario leaves the last years NULL */
    sqlite3_bind_int64(row, 1,
                       ech_shape_unit_year_key(rows->shape, intake->s, intake->replication,
                                               intake->n_whole + unit));
    for (int i = 0; i < n; i++) {
        sqlite3_bind_int64(row, 2 + i, counts[i]);
    }
    ech_sql_done(rows->sql, row);
}

void ech_rows_put_years(struct ech_rows *rows, const struct ech_intake *intake)
{
    for (int year = 0; year <= ech_n_years(intake->scenario->n_months); year++) {
        bool left_out = intake->scenario->n_counties == 1 && is_sum_of_types(intake, year);
        for (int group = left_out ? 1 : 0; group < intake->n_whole; group++) {
            put_year(rows, intake, group, year);
        }
    }
    for (int unit = 0; unit < intake->scenario->n_units; unit++) {
        put_unit(rows, intake, unit);
    }
}

static void bind_total(sqlite3_stmt *row, int at, struct ech_sum_total total)
{
    sqlite3_bind_int64(row, at, total.sum);
    if (total.spread >= 0) {
        sqlite3_bind_int64(row, at + 1, total.spread);
    } else {
        sqlite3_bind_double(row, at + 1, total.spread_real);
    }
}

/* With one denominator in all replications the ratio follows from the counts and is left NULL. */
static void bind_ratio(sqlite3_stmt *row, int at, const struct ech_sums *sums, int r, int line,
                       int n)
{
    const struct ech_sum_columns *columns = sums->columns;
    struct ech_sum_total below = ech_sums_total(sums, line, columns->ratios[r].denominator, n);
    if (below.sum != 0 && below.spread == 0 && below.sum % n == 0) {
        return;
    }
    int undefined = sums->undefined[line * columns->n_ratios + r];
    int defined = n - undefined > 0 ? n - undefined : 1;
    bind_total(row, at, ech_sums_total(sums, line, columns->n_counts + r, defined));
    sqlite3_bind_int(row, at + 2, undefined);
}

static void put_sums(struct ech_rows *rows, enum ech_table table, int64_t key,
                     const struct ech_sums *sums, int line, int n)
{
    const struct ech_sum_columns *columns = sums->columns;
    sqlite3_stmt *row = rows->insert[table];
    sqlite3_clear_bindings(row);
    sqlite3_bind_int64(row, 1, key);
    for (int i = 0; i < columns->n_counts; i++) {
        bind_total(row, 2 + 2 * i, ech_sums_total(sums, line, i, n));
    }
    for (int r = 0; r < columns->n_ratios; r++) {
        bind_ratio(row, 2 + 2 * columns->n_counts + 3 * r, sums, r, line, n);
    }
    ech_sql_done(rows->sql, row);
}

void ech_rows_put_months(struct ech_rows *rows, int s, const struct ech_scenario *scenario,
                         const struct ech_sums *whole, const struct ech_sums *unit, int n)
{
    int n_whole = scenario->n_counties + scenario->n_types;
    for (int month = 0; month <= scenario->n_months && rows->sql->rc == SQLITE_OK; month++) {
        for (int g = 0; g < n_whole; g++) {
            put_sums(rows, ECH_TABLE_MONTH, ech_shape_month_key(rows->shape, s, month, g), whole,
                     month * n_whole + g, n);
        }
        for (int u = 0; u < scenario->n_units; u++) {
            put_sums(rows, ECH_TABLE_UNIT_MONTH,
                     ech_shape_month_key(rows->shape, s, month, n_whole + u), unit,
                     month * scenario->n_units + u, n);
        }
    }
}
