/* Keys and wide tables; the views stand in views.c. */
#include "results/schema.h"

#include "results/views.h"

const char *const ech_table_names[ECH_N_TABLES] = {"year_counts", "unit_year_counts", "month_sums",
                                                   "unit_month_sums"};

void ech_shape_set_levels(struct ech_shape *shape, const struct ech_level *levels, int n_levels)
{
    shape->levels = levels;
    shape->layout = ech_measure_layout(n_levels);
    shape->whole = ech_sums_columns(&shape->layout, shape->layout.n, levels);
    shape->unit = ech_sums_columns(&shape->layout, shape->layout.n_unit, levels);
}

/* The replication leads, so that a file can take more replications later without new keys. */
int64_t ech_shape_year_key(const struct ech_shape *shape, int scenario, int replication, int year,
                           int group)
{
    int64_t run = (int64_t)replication * shape->n_scenarios + scenario;
    return (run * shape->n_years + year) * shape->n_groups + group;
}

int64_t ech_shape_unit_year_key(const struct ech_shape *shape, int scenario, int replication,
                                int group)
{
    int64_t run = (int64_t)replication * shape->n_scenarios + scenario;
    return run * shape->n_groups + group;
}

int64_t ech_shape_month_key(const struct ech_shape *shape, int scenario, int month, int group)
{
    return ((int64_t)scenario * shape->n_months + month) * shape->n_groups + group;
}

int ech_year_length(int n_months, int year)
{
    int left = n_months - 12 * (year - 1);
    return year == 0 ? 1 : left < 12 ? left : 12;
}

int ech_n_years(int n_months)
{
    return (n_months + 11) / 12;
}

static void append_slot(sqlite3_str *text, const struct ech_shape *shape, int slot,
                        const char *suffix)
{
    char name[ECH_MAX_NAME];
    ech_measure_at(slot, &shape->layout, shape->levels, name, sizeof name);
    sqlite3_str_appendf(text, ", \"%w%s\"", name, suffix);
}

static void append_sums(sqlite3_str *text, const struct ech_shape *shape,
                        const struct ech_sum_columns *columns)
{
    for (int i = 0; i < columns->n_counts; i++) {
        append_slot(text, shape, i, "");
        append_slot(text, shape, i, ":spread");
    }
    for (int r = 0; r < columns->n_ratios; r++) {
        append_slot(text, shape, columns->ratios[r].measure, "");
        append_slot(text, shape, columns->ratios[r].measure, ":spread");
        append_slot(text, shape, columns->ratios[r].measure, ":undefined");
    }
}

/* ", name, name ...": the value columns of a table. */
static void append_columns(sqlite3_str *text, const struct ech_shape *shape, enum ech_table table)
{
    switch (table) {
    case ECH_TABLE_YEAR:
        for (int i = 0; i < shape->layout.n; i++) {
            append_slot(text, shape, i, "");
        }
        break;
    case ECH_TABLE_UNIT_YEAR:
        for (int year = 0; year < shape->n_years; year++) {
            char suffix[16];
            sqlite3_snprintf(sizeof suffix, suffix, "@%d", year);
            for (int i = 0; i < shape->layout.n_unit_year; i++) {
                append_slot(text, shape, i, suffix);
            }
        }
        break;
    case ECH_TABLE_MONTH:
        append_sums(text, shape, &shape->whole);
        break;
    default:
        append_sums(text, shape, &shape->unit);
    }
}

int ech_table_width(const struct ech_shape *shape, enum ech_table table)
{
    switch (table) {
    case ECH_TABLE_YEAR:
        return 2 + shape->layout.n;
    case ECH_TABLE_UNIT_YEAR:
        return 1 + shape->layout.n_unit_year * shape->n_years;
    case ECH_TABLE_MONTH:
        return 1 + 2 * shape->whole.n_counts + 3 * shape->whole.n_ratios;
    default:
        return 1 + 2 * shape->unit.n_counts + 3 * shape->unit.n_ratios;
    }
}

sqlite3_str *ech_table_insert(const struct ech_shape *shape, enum ech_table table)
{
    sqlite3_str *text = sqlite3_str_new(NULL);
    sqlite3_str_appendf(text, "INSERT INTO %s VALUES (?", ech_table_names[table]);
    for (int i = 1; i < ech_table_width(shape, table); i++) {
        sqlite3_str_appendall(text, ",?");
    }
    sqlite3_str_appendall(text, ")");
    return text;
}

sqlite3_str *ech_table_select(const struct ech_shape *shape, enum ech_table table)
{
    sqlite3_str *text = sqlite3_str_new(NULL);
    sqlite3_str_appendall(text, "SELECT key");
    append_columns(text, shape, table);
    sqlite3_str_appendf(text, " FROM %s WHERE key = ?", ech_table_names[table]);
    return text;
}

/* The key is the only stored address of a row; its parts are columns that take no space. */
static void append_key_parts(sqlite3_str *text, const struct ech_shape *shape, enum ech_table table)
{
    int groups = shape->n_groups;
    int scenarios = shape->n_scenarios;
    sqlite3_str_appendf(text, ", group_row INTEGER AS (key %% %d)", groups);
    if (table == ECH_TABLE_MONTH || table == ECH_TABLE_UNIT_MONTH) {
        sqlite3_str_appendf(text,
                            ", month INTEGER AS (key / %d %% %d)"
                            ", scenario_row INTEGER AS (key / %d / %d)",
                            groups, shape->n_months, groups, shape->n_months);
        return;
    }
    int years = table == ECH_TABLE_YEAR ? shape->n_years : 1;
    if (table == ECH_TABLE_YEAR) {
        sqlite3_str_appendf(text, ", year INTEGER AS (key / %d %% %d)", groups, years);
    }
    sqlite3_str_appendf(text,
                        ", scenario_row INTEGER AS (key / %d / %d %% %d)"
                        ", replication INTEGER AS (key / %d / %d / %d)",
                        groups, years, scenarios, groups, years, scenarios);
}

static void create_wide_table(struct ech_sql *sql, const struct ech_shape *shape,
                              enum ech_table table)
{
    sqlite3_str *text = sqlite3_str_new(NULL);
    sqlite3_str_appendf(text, "CREATE TABLE %s (key INTEGER PRIMARY KEY%s", ech_table_names[table],
                        table == ECH_TABLE_YEAR ? ", months" : "");
    append_columns(text, shape, table);
    append_key_parts(text, shape, table);
    sqlite3_str_appendall(text, ")");
    ech_sql_run_str(sql, text);
}

static const char manifest_tables[] =
    "CREATE TABLE manifest (name TEXT PRIMARY KEY, value) WITHOUT ROWID;"
    "CREATE TABLE scenario (scenario_row INTEGER PRIMARY KEY, name TEXT, extends TEXT,"
    " title_en TEXT, title_zh TEXT, note_en TEXT, note_zh TEXT, start TEXT, start_month INTEGER,"
    " n_months INTEGER, n_summed INTEGER);"
    "CREATE TABLE replication (replication INTEGER, scenario_row INTEGER, done INTEGER,"
    " PRIMARY KEY (replication, scenario_row)) WITHOUT ROWID;"
    "CREATE TABLE setting (scenario_row INTEGER, setting_row INTEGER, path TEXT, scope TEXT,"
    " from_month INTEGER, value TEXT, basis TEXT, file TEXT, line INTEGER,"
    " PRIMARY KEY (scenario_row, setting_row)) WITHOUT ROWID;"
    "CREATE TABLE note (scenario_row INTEGER, note_row INTEGER, kind TEXT, source TEXT,"
    " text_en TEXT, text_zh TEXT, PRIMARY KEY (scenario_row, note_row)) WITHOUT ROWID;"
    "CREATE TABLE input_file (path TEXT, sha256 TEXT, PRIMARY KEY (path, sha256)) WITHOUT ROWID;"
    "CREATE TABLE level (level_row INTEGER PRIMARY KEY, level_id TEXT, title_en TEXT,"
    " title_zh TEXT);"
    "CREATE TABLE groups (scenario_row INTEGER, group_row INTEGER, kind TEXT, group_id TEXT,"
    " title_en TEXT, title_zh TEXT, type TEXT, remoteness REAL,"
    " PRIMARY KEY (scenario_row, group_row)) WITHOUT ROWID;"
    "CREATE TABLE measure (measure_row INTEGER PRIMARY KEY, name TEXT, unit TEXT, label_en TEXT,"
    " label_zh TEXT, text TEXT, kind TEXT, detail TEXT, scale REAL, numerator TEXT,"
    " denominator TEXT);"
    "CREATE TABLE year_number (year INTEGER PRIMARY KEY);";

void ech_schema_create(struct ech_sql *sql, const struct ech_shape *shape)
{
    ech_sql_run(sql, manifest_tables);
    for (int table = 0; table < ECH_N_TABLES; table++) {
        create_wide_table(sql, shape, (enum ech_table)table);
    }
    ech_views_create(sql, shape);
}
