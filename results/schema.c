/* Keys and wide tables; the views stand in views.c. */
#include "results/schema.h"

#include "results/views.h"

const char *const ech_keep_names[ECH_N_KEEPS] = {"type-year", "type-month", "unit-year",
                                                 "unit-month"};
const char *const ech_table_names[ECH_N_TABLES] = {"year_counts",  "unit_year_counts",
                                                   "month_sums",   "unit_month_sums",
                                                   "month_counts", "unit_month_counts"};

unsigned ech_keep_complete(unsigned keep)
{
    bool months_of_units = (keep >> ECH_KEEP_UNIT_MONTH & 1u) != 0;
    return keep | 1u << ECH_KEEP_TYPE_YEAR | (months_of_units ? 1u << ECH_KEEP_UNIT_YEAR : 0);
}

static bool keeps(const struct ech_shape *shape, enum ech_keep detail)
{
    return (shape->keep >> detail & 1u) != 0;
}

void ech_shape_set_levels(struct ech_shape *shape, const struct ech_level *levels, int n_levels)
{
    shape->levels = levels;
    shape->layout = ech_measure_layout(n_levels);
    shape->n_unit_year =
        keeps(shape, ECH_KEEP_UNIT_YEAR) ? shape->layout.n_unit : shape->layout.n_unit_year;
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

int64_t ech_shape_month_each_key(const struct ech_shape *shape, int scenario, int replication,
                                 int month, int group)
{
    int64_t run = (int64_t)replication * shape->n_scenarios + scenario;
    return (run * shape->n_months + month) * shape->n_groups + group;
}

bool ech_shape_keeps_month(const struct ech_shape *shape, int slot, int month, int n_months)
{
    return slot < shape->layout.n_unit_month || month % 12 == 0 || month == n_months;
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

int ech_table_n_items(const struct ech_shape *shape, enum ech_table table)
{
    switch (table) {
    case ECH_TABLE_YEAR:
        return shape->layout.n;
    case ECH_TABLE_UNIT_YEAR:
        return shape->n_unit_year * shape->n_years;
    case ECH_TABLE_MONTH:
        return shape->whole.n_counts + shape->whole.n_ratios;
    case ECH_TABLE_UNIT_MONTH:
        return shape->unit.n_counts + shape->unit.n_ratios;
    case ECH_TABLE_MONTH_EACH:
        return keeps(shape, ECH_KEEP_TYPE_MONTH) ? shape->layout.n : 0;
    default:
        return keeps(shape, ECH_KEEP_UNIT_MONTH) ? shape->layout.n_unit : 0;
    }
}

static int items_of_a_part(const struct ech_shape *shape, enum ech_table table)
{
    int least = ech_table_n_items(shape, table) / (ECH_MAX_PARTS - 1) + 1;
    return shape->part_items > least ? shape->part_items : least;
}

int ech_table_n_parts(const struct ech_shape *shape, enum ech_table table)
{
    int most = items_of_a_part(shape, table);
    return (ech_table_n_items(shape, table) + most - 1) / most;
}

struct ech_part ech_table_part(const struct ech_shape *shape, enum ech_table table, int number)
{
    int most = items_of_a_part(shape, table);
    int left = ech_table_n_items(shape, table) - number * most;
    return (struct ech_part){
        .table = table, .number = number, .first = number * most, .n = left < most ? left : most};
}

struct ech_part ech_table_part_of(const struct ech_shape *shape, enum ech_table table, int item)
{
    struct ech_part part = ech_table_part(shape, table, 0);
    while (item >= part.first + part.n) {
        part = ech_table_part(shape, table, part.number + 1);
    }
    return part;
}

const struct ech_sum_columns *ech_table_sums(const struct ech_shape *shape, enum ech_table table)
{
    return table == ECH_TABLE_MONTH        ? &shape->whole
           : table == ECH_TABLE_UNIT_MONTH ? &shape->unit
                                           : NULL;
}

static void append_sum(sqlite3_str *text, const struct ech_shape *shape,
                       const struct ech_sum_columns *columns, int item)
{
    bool is_ratio = item >= columns->n_counts;
    int measure = is_ratio ? columns->ratios[item - columns->n_counts].measure : item;
    append_slot(text, shape, measure, "");
    append_slot(text, shape, measure, ":spread");
    if (is_ratio) {
        append_slot(text, shape, measure, ":undefined");
    }
}

/* ", name, name ...": the value columns of a part. */
static void append_columns(sqlite3_str *text, const struct ech_shape *shape,
                           const struct ech_part *part)
{
    const struct ech_sum_columns *columns = ech_table_sums(shape, part->table);
    for (int item = part->first; item < part->first + part->n; item++) {
        char suffix[16] = "";
        if (columns) {
            append_sum(text, shape, columns, item);
        } else if (part->table == ECH_TABLE_UNIT_YEAR) {
            sqlite3_snprintf(sizeof suffix, suffix, "@%d", item % shape->n_years);
            append_slot(text, shape, item / shape->n_years, suffix);
        } else {
            append_slot(text, shape, item, suffix);
        }
    }
}

static bool has_months(const struct ech_part *part)
{
    return part->table == ECH_TABLE_YEAR && part->number == 0;
}

int ech_part_n_before(const struct ech_part *part)
{
    return has_months(part) ? 1 : 0;
}

int ech_part_width(const struct ech_shape *shape, const struct ech_part *part)
{
    const struct ech_sum_columns *columns = ech_table_sums(shape, part->table);
    int width = 1 + ech_part_n_before(part) + part->n;
    for (int item = part->first; columns && item < part->first + part->n; item++) {
        width += item >= columns->n_counts ? 2 : 1;
    }
    return width;
}

void ech_part_append_name(sqlite3_str *text, const struct ech_part *part)
{
    sqlite3_str_appendall(text, ech_table_names[part->table]);
    if (part->number > 0) {
        sqlite3_str_appendf(text, "_%d", part->number + 1);
    }
}

sqlite3_str *ech_part_insert(const struct ech_shape *shape, const struct ech_part *part)
{
    sqlite3_str *text = sqlite3_str_new(NULL);
    sqlite3_str_appendall(text, "INSERT INTO ");
    ech_part_append_name(text, part);
    sqlite3_str_appendall(text, " VALUES (?");
    for (int i = 1; i < ech_part_width(shape, part); i++) {
        sqlite3_str_appendall(text, ",?");
    }
    sqlite3_str_appendall(text, ")");
    return text;
}

sqlite3_str *ech_part_select(const struct ech_shape *shape, const struct ech_part *part)
{
    sqlite3_str *text = sqlite3_str_new(NULL);
    sqlite3_str_appendall(text, "SELECT key");
    append_columns(text, shape, part);
    sqlite3_str_appendall(text, " FROM ");
    ech_part_append_name(text, part);
    sqlite3_str_appendall(text, " WHERE key = ?");
    return text;
}

sqlite3_str *ech_part_select_item(const struct ech_shape *shape, const struct ech_part *part,
                                  int item)
{
    sqlite3_str *text = sqlite3_str_new(NULL);
    struct ech_part alone = {.table = part->table, .number = part->number, .first = item, .n = 1};
    sqlite3_str_appendall(text, "SELECT key");
    append_columns(text, shape, &alone);
    sqlite3_str_appendall(text, " FROM ");
    ech_part_append_name(text, part);
    sqlite3_str_appendall(text, " WHERE key BETWEEN ? AND ? ORDER BY key");
    return text;
}

/* The key is the only stored address of a row; its parts are columns that take no space. */
void ech_part_append_key_parts(sqlite3_str *text, const struct ech_shape *shape,
                               const struct ech_part *part)
{
    enum ech_table table = part->table;
    if (part->number > 0) {
        return;
    }
    int groups = shape->n_groups;
    int scenarios = shape->n_scenarios;
    sqlite3_str_appendf(text, ", group_row INTEGER AS (key %% %d)", groups);
    if (ech_table_sums(shape, table)) {
        sqlite3_str_appendf(text,
                            ", month INTEGER AS (key / %d %% %d)"
                            ", scenario_row INTEGER AS (key / %d / %d)",
                            groups, shape->n_months, groups, shape->n_months);
        return;
    }
    bool yearly = table == ECH_TABLE_YEAR;
    int periods = table == ECH_TABLE_UNIT_YEAR ? 1 : yearly ? shape->n_years : shape->n_months;
    if (table != ECH_TABLE_UNIT_YEAR) {
        sqlite3_str_appendf(text, ", %s INTEGER AS (key / %d %% %d)", yearly ? "year" : "month",
                            groups, periods);
    }
    sqlite3_str_appendf(text,
                        ", scenario_row INTEGER AS (key / %d / %d %% %d)"
                        ", replication INTEGER AS (key / %d / %d / %d)",
                        groups, periods, scenarios, groups, periods, scenarios);
}

static void create_part(struct ech_sql *sql, const struct ech_shape *shape,
                        const struct ech_part *part)
{
    sqlite3_str *text = sqlite3_str_new(NULL);
    sqlite3_str_appendall(text, "CREATE TABLE ");
    ech_part_append_name(text, part);
    sqlite3_str_appendf(text, " (key INTEGER PRIMARY KEY%s", has_months(part) ? ", months" : "");
    append_columns(text, shape, part);
    ech_part_append_key_parts(text, shape, part);
    sqlite3_str_appendall(text, ")");
    ech_sql_run_str(sql, text);
}

static void create_table(struct ech_sql *sql, const struct ech_shape *shape, enum ech_table table)
{
    for (int number = 0; number < ech_table_n_parts(shape, table); number++) {
        struct ech_part part = ech_table_part(shape, table, number);
        create_part(sql, shape, &part);
    }
}

enum ech_status ech_schema_check_width(const struct ech_shape *shape, struct ech_error *error)
{
    int widest = ech_n_measures(&shape->layout); /* of the views with a column for each measure */
    for (int table = 0; table < ECH_N_TABLES; table++) {
        for (int number = 0; number < ech_table_n_parts(shape, (enum ech_table)table); number++) {
            struct ech_part part = ech_table_part(shape, (enum ech_table)table, number);
            int width = ech_part_width(shape, &part);
            widest = width > widest ? width : widest;
        }
    }
    char value[64], allowed[64];
    snprintf(value, sizeof value, ECH_BOTH("%d columns", "%d 列"), widest, widest);
    snprintf(allowed, sizeof allowed, "%d", ECH_MAX_PART_COLUMNS);
    return widest <= ECH_MAX_PART_COLUMNS
               ? ECH_OK
               : ech_fail(error, ECH_ERR_TOO_LARGE,
                          (struct ech_facts){
                              .what = ECH_BOTH("a table of the results file", "结果文件中的表"),
                              .value = value,
                              .allowed = allowed});
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
    "CREATE TABLE post_kind (scenario_row INTEGER, kind_row INTEGER, kind_id TEXT, title_en TEXT,"
    " title_zh TEXT, level_id TEXT, PRIMARY KEY (scenario_row, kind_row)) WITHOUT ROWID;"
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
        create_table(sql, shape, (enum ech_table)table);
    }
    ech_views_create(sql, shape);
}
