/* The tables that ship as data: the retirement schedule and the mortality fit. */
#include <math.h>
#include <string.h>

#include "input/csv.h"
#include "input/loading.h"
#include "input/scalar.h"

enum { TABLE_BYTES = 16 * 1024 * 1024 };

bool ech_cell_number(struct ech_loading *loading, const struct ech_cell *cell, const char *name,
                     const struct ech_range *range, bool whole, double *number)
{
    struct ech_node node = {
        .kind = ECH_NODE_SCALAR, .text = cell->text, .at = cell->at, .quoted = false};
    if (!(whole ? ech_scalar_whole(cell->text, number) : ech_scalar_number(cell->text, number))) {
        ech_refuse_type(&loading->checker, &node, name,
                        whole ? ECH_BOTH("a whole number", "整数")
                              : ECH_BOTH("a number such as 0.5", "数，如 0.5"));
        return false;
    }
    if (!(*number >= range->min && *number <= range->max)) {
        ech_refuse_range(&loading->checker, &node, name, range, NULL);
        return false;
    }
    return true;
}

/** Cells of a column that is a number; false, with what is wrong, if a cell is none in its range. */
static bool cell_number(struct ech_loading *loading, const struct ech_csv *table, int row,
                        int column, const struct ech_range *range, bool whole, double *number)
{
    return ech_cell_number(loading, ech_csv_cell(table, row, column), table->columns[column].text,
                           range, whole, number);
}

bool ech_table_read(struct ech_loading *loading, const struct ech_node *path, size_t most,
                    struct ech_csv *table)
{
    struct ech_arena *arena = &loading->scratch;
    struct ech_file file =
        ech_file_read(ech_path_join(path->at.file, path->text, arena), most, arena);
    *table = (struct ech_csv){0};
    if (file.problem != NULL) {
        ech_fail(loading->error, file.too_large ? ECH_ERR_TOO_LARGE : ECH_ERR_READ,
                 (struct ech_facts){.what = file.path,
                                    .value = file.problem,
                                    .allowed = ech_arena_format(arena, "%zu B (%zu MiB)", most,
                                                                most / (1024 * 1024)),
                                    .at = path->at});
        return false;
    }
    ech_file_note(loading, &file);
    return ech_csv_parse(&file, arena, table, loading->error);
}

/* Retirement */

static const char *const category_of[ECH_N_SEXES] = {"female_55", "male"};

struct schedule_columns {
    int category, birth, years, months;
};

/** Reads one row of the schedule; false when it is wrong. */
static bool read_row(struct ech_loading *loading, const struct ech_csv *table, int row,
                     struct schedule_columns columns, struct ech_retirement_row *out)
{
    static const struct ech_range years = {30, 80, "years"};
    static const struct ech_range months = {0, 11, "months"};
    const struct ech_cell *birth = ech_csv_cell(table, row, columns.birth);
    double number[3] = {0, 0, 0};
    bool good = ech_scalar_month(birth->text, &number[0]);
    if (!good) {
        ech_fail(loading->error, ECH_ERR_DATE,
                 (struct ech_facts){.what = "birth_month", .value = birth->text, .at = birth->at});
    }
    good &= cell_number(loading, table, row, columns.years, &years, true, &number[1]);
    good &= cell_number(loading, table, row, columns.months, &months, true, &number[2]);
    *out = (struct ech_retirement_row){(int)number[0], (int)(12 * number[1] + number[2])};
    return good;
}

/** Reads the rows of one sex, which must follow each other month by month. */
static void read_schedule(struct ech_loading *loading, const struct ech_csv *table,
                          struct schedule_columns columns, enum ech_sex sex)
{
    struct ech_retirement_row *rows =
        ech_arena_array(loading->keep, (size_t)table->n_rows, sizeof *rows);
    int n = 0;
    for (int row = 0; row < table->n_rows; row++) {
        const struct ech_cell *category = ech_csv_cell(table, row, columns.category);
        if (strcmp(category->text, category_of[sex]) != 0 ||
            !read_row(loading, table, row, columns, &rows[n])) {
            continue;
        }
        if (n > 0 && rows[n].birth_month != rows[n - 1].birth_month + 1) {
            const struct ech_cell *birth = ech_csv_cell(table, row, columns.birth);
            const char *next =
                ech_scalar_month_text(rows[n - 1].birth_month + 1, &loading->scratch);
            ech_fail(
                loading->error, ECH_ERR_CONFLICT,
                (struct ech_facts){.what = birth->text,
                                   .value = ECH_BOTH("the row before it", "前一行"),
                                   .hint = ech_arena_format(
                                       &loading->scratch,
                                       ECH_BOTH("birth months follow each other, %s comes next",
                                                "出生月份须连续，下一行应为 %s"),
                                       next, next),
                                   .at = birth->at});
        }
        n++;
    }
    loading->scenario->tables.n_retirement[sex] = n;
    loading->scenario->tables.retirement[sex] = rows;
    if (n == 0) {
        ech_missing(loading, category_of[sex], table->columns[0].at.file, table->columns[0].at);
    }
}

static void load_retirement(struct ech_loading *loading, const struct ech_node *path)
{
    struct ech_csv table;
    if (!ech_table_read(loading, path, TABLE_BYTES, &table)) {
        return;
    }
    struct schedule_columns columns = {ech_csv_column(&table, "category", loading->error),
                                       ech_csv_column(&table, "birth_month", loading->error),
                                       ech_csv_column(&table, "age_years", loading->error),
                                       ech_csv_column(&table, "age_months", loading->error)};
    if (columns.category == ECH_NONE || columns.birth == ECH_NONE || columns.years == ECH_NONE ||
        columns.months == ECH_NONE) {
        return;
    }
    for (int sex = 0; sex < ECH_N_SEXES; sex++) {
        read_schedule(loading, &table, columns, (enum ech_sex)sex);
    }
}

/* Mortality */

enum { A, B, C, N_COEFFICIENTS };

/** Reads the coefficients of the row of one sex in the named table. */
static void read_mortality(struct ech_loading *loading, const struct ech_csv *table,
                           const struct ech_node *name, const int *columns, enum ech_sex sex)
{
    static const struct ech_range range = {0, 1, NULL};
    double *const out[N_COEFFICIENTS] = {&loading->scenario->tables.mortality_a[sex],
                                         &loading->scenario->tables.mortality_b[sex],
                                         &loading->scenario->tables.mortality_c[sex]};
    bool found = false;
    for (int row = 0; row < table->n_rows; row++) {
        if (strcmp(ech_csv_cell(table, row, columns[N_COEFFICIENTS])->text, name->text) == 0 &&
            strcmp(ech_csv_cell(table, row, columns[N_COEFFICIENTS + 1])->text,
                   ech_sex_names[sex]) == 0) {
            found = true;
            for (int c = 0; c < N_COEFFICIENTS; c++) {
                cell_number(loading, table, row, columns[c], &range, false, out[c]);
            }
        }
    }
    if (!found) {
        struct ech_guess guess = {.word = name->text};
        for (int row = 0; row < table->n_rows; row++) {
            ech_guess_try(&guess, ech_csv_cell(table, row, columns[N_COEFFICIENTS])->text);
        }
        ech_fail(loading->error, ECH_ERR_UNKNOWN_NAME,
                 (struct ech_facts){
                     .what = ech_arena_format(&loading->scratch,
                                              ECH_BOTH("table for sex %s", "性别 %s 的生命表"),
                                              ech_sex_names[sex], ech_sex_names[sex]),
                     .value = name->text,
                     .hint = ech_guess_hint(&guess, &loading->scratch),
                     .at = name->at});
    }
}

static void load_mortality(struct ech_loading *loading, const struct ech_node *mortality)
{
    static const char *const names[N_COEFFICIENTS + 2] = {"A", "B", "c", "table", "sex"};
    const struct ech_node *path = ech_child_scalar(mortality, "file");
    const struct ech_node *name = ech_child_scalar(mortality, "table");
    struct ech_csv table;
    if (path == NULL || name == NULL || !ech_table_read(loading, path, TABLE_BYTES, &table)) {
        return;
    }
    int columns[N_COEFFICIENTS + 2];
    bool good = true;
    for (int c = 0; c < N_COEFFICIENTS + 2; c++) {
        columns[c] = ech_csv_column(&table, names[c], loading->error);
        good &= columns[c] != ECH_NONE;
    }
    for (int sex = 0; good && sex < ECH_N_SEXES; sex++) {
        read_mortality(loading, &table, name, columns, (enum ech_sex)sex);
    }
}

/* Grades */

/** One row for each grade, the lowest first: its rank and the least time in the grade before. */
static void load_grades(struct ech_loading *loading, const struct ech_node *path)
{
    static const struct ech_range years = {0, 60, "years"};
    struct ech_tables *tables = &loading->scenario->tables;
    struct ech_csv table;
    if (!ech_table_read(loading, path, TABLE_BYTES, &table)) {
        return;
    }
    int rank = ech_csv_column(&table, "rank_low_to_high", loading->error);
    int time = ech_csv_column(&table, "min_years_in_from_grade", loading->error);
    if (rank == ECH_NONE || time == ECH_NONE) {
        return;
    }
    for (int row = 0; row < table.n_rows; row++) {
        struct ech_range next = {row + 1, row + 1, NULL};
        double number = 0;
        cell_number(loading, &table, row, rank, &next, true, &number);
        number = 0;
        if (row > 0 && cell_number(loading, &table, row, time, &years, false, &number) &&
            row + 1 < ECH_N_GRADES) {
            tables->grade_months[row + 1] = (int)floor(12 * number + 0.5);
        }
    }
    if (table.n_rows != ECH_N_GRADES - 1) {
        static const struct ech_range twelve = {ECH_N_GRADES - 1, ECH_N_GRADES - 1, "grades"};
        const char *n = ech_arena_format(&loading->scratch, "%d", table.n_rows);
        struct ech_node node = {.kind = ECH_NODE_SCALAR, .text = n, .at = path->at};
        ech_refuse_range(&loading->checker, &node, table.columns[rank].text, &twelve, NULL);
    }
    tables->has_grades = true;
}

void ech_tables_load(struct ech_loading *loading)
{
    const struct ech_node *tables = ech_child_map(loading->merged, "tables");
    const struct ech_node *retirement = ech_child_scalar(tables, "retirement");
    const struct ech_node *mortality = ech_child_map(tables, "mortality");
    const struct ech_node *grades = ech_child_scalar(tables, "grades");
    if (retirement != NULL) {
        load_retirement(loading, retirement);
    }
    if (mortality != NULL) {
        load_mortality(loading, mortality);
    }
    if (grades != NULL) {
        load_grades(loading, grades);
    }
}
