/* Binding of rows. */
#include "results/rows.h"

void ech_rows_open(struct ech_rows *rows, struct ech_sql *sql, const struct ech_shape *shape)
{
    *rows = (struct ech_rows){.sql = sql, .shape = shape};
    for (int table = 0; table < ECH_N_TABLES; table++) {
        for (int number = 0; number < ech_table_n_parts(shape, (enum ech_table)table); number++) {
            struct ech_part part = ech_table_part(shape, (enum ech_table)table, number);
            rows->insert[table][number] = ech_sql_prepare_str(sql, ech_part_insert(shape, &part));
        }
    }
}

void ech_rows_close(struct ech_rows *rows)
{
    for (int table = 0; table < ECH_N_TABLES; table++) {
        for (int number = 0; number < ECH_MAX_PARTS; number++) {
            sqlite3_finalize(rows->insert[table][number]);
        }
    }
    *rows = (struct ech_rows){0};
}

/* A row of a table of counts before it is cut into parts. */
struct line {
    enum ech_table table;
    int64_t key;
    int n_months;          /* of ECH_TABLE_YEAR: months of the year */
    int n_years;           /* of ECH_TABLE_UNIT_YEAR: years of the scenario; later ones are NULL */
    const int64_t *counts; /* one for each item */
};

static bool is_all_zero(const int64_t *counts, int n)
{
    for (int i = 0; i < n; i++) {
        if (counts[i] != 0) {
            return false;
        }
    }
    return true;
}

static void put_part(struct ech_rows *rows, const struct line *line, const struct ech_part *part)
{
    sqlite3_stmt *row = rows->insert[part->table][part->number];
    int column = 1;
    sqlite3_clear_bindings(row);
    sqlite3_bind_int64(row, column++, line->key);
    if (part->table == ECH_TABLE_YEAR && part->number == 0) {
        sqlite3_bind_int(row, column++, line->n_months);
    }
    for (int item = part->first; item < part->first + part->n; item++, column++) {
        if (part->table != ECH_TABLE_UNIT_YEAR || item % rows->shape->n_years < line->n_years) {
            sqlite3_bind_int64(row, column, line->counts[item]);
        }
    }
    ech_sql_done(rows->sql, row);
}

static void put_line(struct ech_rows *rows, const struct line *line)
{
    int n_parts = ech_table_n_parts(rows->shape, line->table);
    for (int number = 0; number < n_parts && rows->sql->rc == SQLITE_OK; number++) {
        struct ech_part part = ech_table_part(rows->shape, line->table, number);
        if (number == 0 || !is_all_zero(line->counts + part.first, part.n)) {
            put_part(rows, line, &part);
        }
    }
}

/* Counts of county and types for one period: those of group g are groups[g][layout.n]. */
static bool is_sum_of_types(const struct ech_intake *intake, const int64_t *const *groups)
{
    for (int slot = 0; slot < intake->shape->layout.n; slot++) {
        int64_t sum = 0;
        for (int group = 1; group < intake->n_whole; group++) {
            sum += groups[group][slot];
        }
        if (sum != groups[0][slot]) {
            return false;
        }
    }
    return true;
}

/* Writes the lines of county and types for one period; `line` is that of group 0. */
static void put_whole(struct ech_rows *rows, const struct ech_intake *intake,
                      const int64_t *const *groups, struct line line)
{
    bool left_out = intake->scenario->n_counties == 1 && is_sum_of_types(intake, groups);
    int64_t key = line.key;
    for (int group = left_out ? 1 : 0; group < intake->n_whole; group++) {
        line.key = key + group;
        line.counts = groups[group];
        put_line(rows, &line);
    }
}

static void put_years(struct ech_rows *rows, const struct ech_intake *intake)
{
    int n_months = intake->scenario->n_months;
    int n_years = ech_n_years(n_months) + 1;
    for (int year = 0; year < n_years; year++) {
        for (int group = 0; group < intake->n_whole; group++) {
            intake->groups[group] = intake->whole_years + (size_t)(group * n_years + year) *
                                                              (size_t)rows->shape->layout.n;
        }
        struct line line = {
            .table = ECH_TABLE_YEAR,
            .key = ech_shape_year_key(rows->shape, intake->s, intake->replication, year, 0),
            .n_months = ech_year_length(n_months, year)};
        put_whole(rows, intake, intake->groups, line);
    }
}

static void put_unit_years(struct ech_rows *rows, const struct ech_intake *intake)
{
    size_t n_items = (size_t)ech_table_n_items(rows->shape, ECH_TABLE_UNIT_YEAR);
    for (int unit = 0; unit < intake->scenario->n_units; unit++) {
        struct line line = {.table = ECH_TABLE_UNIT_YEAR,
                            .key =
                                ech_shape_unit_year_key(rows->shape, intake->s, intake->replication,
                                                        intake->n_whole + unit),
                            .n_years = ech_n_years(intake->scenario->n_months) + 1,
                            .counts = intake->unit_years + (size_t)unit * n_items};
        put_line(rows, &line);
    }
}

static void put_months(struct ech_rows *rows, const struct ech_intake *intake)
{
    const struct ech_scenario *scenario = intake->scenario;
    const struct ech_output *output = &intake->outputs[intake->latest];
    size_t n = (size_t)rows->shape->layout.n;
    for (int month = 0; month <= scenario->n_months; month++) {
        for (int c = 0; c < scenario->n_counties; c++) {
            intake->groups[c] = output->county + (size_t)(month * scenario->n_counties + c) * n;
        }
        for (int t = 0; t < scenario->n_types; t++) {
            intake->groups[scenario->n_counties + t] =
                output->type + (size_t)(month * scenario->n_types + t) * n;
        }
        struct line line = {
            .table = ECH_TABLE_MONTH_EACH,
            .key = ech_shape_month_each_key(rows->shape, intake->s, intake->replication, month, 0)};
        put_whole(rows, intake, intake->groups, line);
    }
}

static void put_unit_months(struct ech_rows *rows, const struct ech_intake *intake)
{
    const struct ech_scenario *scenario = intake->scenario;
    const int64_t *counts = intake->outputs[intake->latest].unit;
    for (int month = 0; month <= scenario->n_months; month++) {
        int64_t key = ech_shape_month_each_key(rows->shape, intake->s, intake->replication, month,
                                               intake->n_whole);
        for (int unit = 0; unit < scenario->n_units; unit++) {
            struct line line = {
                .table = ECH_TABLE_UNIT_MONTH_EACH, .key = key + unit, .counts = counts};
            put_line(rows, &line);
            counts += rows->shape->layout.n_unit;
        }
    }
}

void ech_rows_put_replication(struct ech_rows *rows, const struct ech_intake *intake)
{
    put_years(rows, intake);
    put_unit_years(rows, intake);
    if (ech_table_n_parts(rows->shape, ECH_TABLE_MONTH_EACH) > 0) {
        put_months(rows, intake);
    }
    if (ech_table_n_parts(rows->shape, ECH_TABLE_UNIT_MONTH_EACH) > 0) {
        put_unit_months(rows, intake);
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

/* One row of sums and where its columns come from. */
struct total_line {
    const struct ech_sums *sums;
    int line;
    int n; /* replications */
    int month;
    int n_months;
};

/* Whether the row holds an item of sums: of units not every month of every measure is kept. */
static bool is_kept(const struct ech_rows *rows, enum ech_table table,
                    const struct total_line *line, int item)
{
    const struct ech_sum_columns *columns = line->sums->columns;
    int slot = item;
    if (table != ECH_TABLE_UNIT_MONTH) {
        return true;
    }
    if (item >= columns->n_counts) {
        const struct ech_sum_ratio *ratio = &columns->ratios[item - columns->n_counts];
        slot = ratio->numerator > ratio->denominator ? ratio->numerator : ratio->denominator;
    }
    return ech_shape_keeps_month(rows->shape, slot, line->month, line->n_months);
}

/* With one denominator in all replications the ratio follows from the counts and is left NULL. */
static bool follows(const struct total_line *line, const struct ech_sum_ratio *ratio)
{
    struct ech_sum_total below =
        ech_sums_total(line->sums, line->line, ratio->denominator, line->n);
    return below.spread == 0 && below.sum % line->n == 0;
}

static void bind_ratio(sqlite3_stmt *row, int at, const struct total_line *line, int r)
{
    const struct ech_sum_columns *columns = line->sums->columns;
    if (follows(line, &columns->ratios[r])) {
        return;
    }
    int undefined = line->sums->undefined[line->line * columns->n_ratios + r];
    int defined = line->n - undefined > 0 ? line->n - undefined : 1;
    bind_total(row, at, ech_sums_total(line->sums, line->line, columns->n_counts + r, defined));
    sqlite3_bind_int(row, at + 2, undefined);
}

static bool is_nothing(const struct ech_rows *rows, const struct total_line *line,
                       const struct ech_part *part)
{
    const struct ech_sum_columns *columns = line->sums->columns;
    for (int item = part->first; item < part->first + part->n; item++) {
        if (!is_kept(rows, part->table, line, item)) {
            continue;
        }
        if (item >= columns->n_counts &&
            !follows(line, &columns->ratios[item - columns->n_counts])) {
            return false;
        }
        if (item < columns->n_counts) {
            struct ech_sum_total total = ech_sums_total(line->sums, line->line, item, line->n);
            if (total.sum != 0 || total.spread != 0) {
                return false;
            }
        }
    }
    return true;
}

static void put_sums_part(struct ech_rows *rows, const struct ech_part *part, int64_t key,
                          const struct total_line *line)
{
    int n_counts = line->sums->columns->n_counts;
    sqlite3_stmt *row = rows->insert[part->table][part->number];
    int column = 2;
    sqlite3_clear_bindings(row);
    sqlite3_bind_int64(row, 1, key);
    for (int item = part->first; item < part->first + part->n; item++) {
        bool kept = is_kept(rows, part->table, line, item);
        if (kept && item < n_counts) {
            bind_total(row, column, ech_sums_total(line->sums, line->line, item, line->n));
        } else if (kept) {
            bind_ratio(row, column, line, item - n_counts);
        }
        column += item < n_counts ? 2 : 3;
    }
    ech_sql_done(rows->sql, row);
}

static void put_sums(struct ech_rows *rows, enum ech_table table, int64_t key,
                     const struct total_line *line)
{
    int n_parts = ech_table_n_parts(rows->shape, table);
    for (int number = 0; number < n_parts && rows->sql->rc == SQLITE_OK; number++) {
        struct ech_part part = ech_table_part(rows->shape, table, number);
        if (number == 0 || !is_nothing(rows, line, &part)) {
            put_sums_part(rows, &part, key, line);
        }
    }
}

void ech_rows_put_sums(struct ech_rows *rows, int s, const struct ech_scenario *scenario,
                       const struct ech_sums *whole, const struct ech_sums *unit, int n)
{
    int n_whole = scenario->n_counties + scenario->n_types;
    for (int month = 0; month <= scenario->n_months && rows->sql->rc == SQLITE_OK; month++) {
        for (int g = 0; g < n_whole; g++) {
            struct total_line line = {whole, month * n_whole + g, n, month, scenario->n_months};
            put_sums(rows, ECH_TABLE_MONTH, ech_shape_month_key(rows->shape, s, month, g), &line);
        }
        for (int u = 0; u < scenario->n_units; u++) {
            struct total_line line = {unit, month * scenario->n_units + u, n, month,
                                      scenario->n_months};
            put_sums(rows, ECH_TABLE_UNIT_MONTH,
                     ech_shape_month_key(rows->shape, s, month, n_whole + u), &line);
        }
    }
}
