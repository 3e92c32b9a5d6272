#include "input/targets.h"

#include <math.h>
#include <setjmp.h>
#include <string.h>

#include "input/csv.h"
#include "input/scalar.h"
#include "model/types.h"

enum { TARGETS_BYTES = 1024 * 1024, MOST_YEARS = 60 };

enum column {
    ID,
    TITLE_EN,
    TITLE_ZH,
    SCENARIO,
    MEASURE,
    GROUP,
    FROM,
    TO,
    AGAINST,
    MEASURE_2,
    GROUP_2,
    FROM_2,
    TO_2,
    LOW,
    HIGH,
    FITTED,
    SOURCE,
    REMARK_EN,
    REMARK_ZH,
    N_COLUMNS
};

static const char *const column_names[N_COLUMNS] = {
    "id",   "title_en", "title_zh",  "scenario",  "measure",  "group", "from",
    "to",   "against",  "measure_2", "group_2",   "from_2",   "to_2",  "low",
    "high", "fitted",   "source",    "remark_en", "remark_zh"};

static const char *const against_words[] = {"", "plus", "minus", "over"};
static const char *const fitted_words[] = {"no", "yes"};

/** What reading one row needs. */
struct reading {
    const struct ech_csv *table;
    const int *columns; /* [N_COLUMNS] where each stands in the table */
    struct ech_error *error;
    int row;
};

static const struct ech_cell *cell(const struct reading *reading, enum column column)
{
    return ech_csv_cell(reading->table, reading->row, reading->columns[column]);
}

static const char *text(const struct reading *reading, enum column column)
{
    return cell(reading, column)->text;
}

static void refuse(const struct reading *reading, enum column column, enum ech_error_code code,
                   const char *allowed)
{
    const struct ech_cell *at = cell(reading, column);
    ech_fail(reading->error, code,
             (struct ech_facts){.what = column_names[column],
                                .value = *at->text ? at->text : "\"\"",
                                .allowed = allowed,
                                .at = at->at});
}

static const char *needed(const struct reading *reading, enum column column)
{
    if (*text(reading, column) == '\0') {
        refuse(reading, column, ECH_ERR_TYPE, ECH_BOTH("some text", "文字"));
    }
    return text(reading, column);
}

static int year(const struct reading *reading, enum column column)
{
    double number = 0;
    if (!ech_scalar_whole(text(reading, column), &number)) {
        refuse(reading, column, ECH_ERR_TYPE, ECH_BOTH("a whole number", "整数"));
    } else if (number < 0 || number > MOST_YEARS) {
        refuse(reading, column, ECH_ERR_RANGE, "0-60");
    }
    return number >= 0 && number <= MOST_YEARS ? (int)number : 0;
}

/* An empty bound is open. */
static double bound(const struct reading *reading, enum column column, double open)
{
    double number = open;
    if (*text(reading, column) != '\0' && !ech_scalar_number(text(reading, column), &number)) {
        refuse(reading, column, ECH_ERR_TYPE, ECH_BOTH("a number such as 0.5", "数，如 0.5"));
    }
    return number;
}

static int word(const struct reading *reading, enum column column, const char *const *words, int n,
                const char *allowed)
{
    for (int i = 0; i < n; i++) {
        if (strcmp(text(reading, column), words[i]) == 0) {
            return i;
        }
    }
    refuse(reading, column, ECH_ERR_CHOICE, allowed);
    return 0;
}

static struct ech_target_value value(const struct reading *reading, enum column measure)
{
    struct ech_target_value value = {.measure = needed(reading, measure),
                                     .group = text(reading, measure + 1),
                                     .from = year(reading, measure + 2),
                                     .to = year(reading, measure + 3)};
    if (value.from > value.to) {
        refuse(reading, measure + 3, ECH_ERR_TYPE,
               ECH_BOTH("a year not before the first", "不早于起始年的年份"));
    }
    return value;
}

static struct ech_target target(const struct reading *reading)
{
    struct ech_target target = {
        .id = needed(reading, ID),
        .title = {needed(reading, TITLE_EN), needed(reading, TITLE_ZH)},
        .scenario = needed(reading, SCENARIO),
        .value = value(reading, MEASURE),
        .against = (enum ech_target_against)word(reading, AGAINST, against_words, 4,
                                                 "\"\"|plus|minus|over"),
        .low = bound(reading, LOW, -INFINITY),
        .high = bound(reading, HIGH, INFINITY),
        .fitted = word(reading, FITTED, fitted_words, 2, "no|yes") == 1,
        .source = needed(reading, SOURCE),
        .remark = {text(reading, REMARK_EN), text(reading, REMARK_ZH)},
    };
    if (target.against != ECH_AGAINST_NOTHING) {
        target.other = value(reading, MEASURE_2);
    }
    if (!(target.low <= target.high) || (isinf(target.low) && isinf(target.high))) {
        refuse(reading, HIGH, ECH_ERR_TYPE,
               ECH_BOTH("a number not below `low`; one of the two is needed",
                        "不小于 low 的数；两者至少给出一个"));
    }
    return target;
}

static void read_rows(struct ech_targets *targets, const struct ech_csv *table, const int *columns,
                      struct ech_error *error)
{
    struct reading reading = {.table = table, .columns = columns, .error = error};
    targets->targets =
        ech_arena_array(&targets->arena, (size_t)table->n_rows, sizeof *targets->targets);
    for (reading.row = 0; reading.row < table->n_rows; reading.row++) {
        if (!ech_csv_is_blank(table, reading.row)) {
            targets->targets[targets->n++] = target(&reading);
        }
    }
    if (targets->n == 0) {
        ech_fail(error, ECH_ERR_MISSING,
                 (struct ech_facts){.what = ECH_BOTH("a row", "数据行"),
                                    .value = table->columns[0].at.file});
    }
}

static void read_table(const char *path, struct ech_targets *targets, struct ech_error *error)
{
    struct ech_file file = ech_file_read(path, TARGETS_BYTES, &targets->arena);
    struct ech_csv table = {0};
    int columns[N_COLUMNS];
    bool whole = true;
    if (file.problem != NULL) {
        ech_fail(error, file.too_large ? ECH_ERR_TOO_LARGE : ECH_ERR_READ,
                 (struct ech_facts){.what = path, .value = file.problem, .allowed = "1 MiB"});
        return;
    }
    if (!ech_csv_parse(&file, &targets->arena, &table, error)) {
        return;
    }
    for (int i = 0; i < N_COLUMNS; i++) {
        columns[i] = ech_csv_column(&table, column_names[i], error);
        whole &= columns[i] != ECH_NONE;
    }
    if (whole) {
        read_rows(targets, &table, columns, error);
    }
}

/* Out of memory the arena jumps back here. */
static void read_guarded(const char *path, struct ech_targets *targets, struct ech_error *error,
                         jmp_buf *out_of_memory)
{
    if (setjmp(*out_of_memory) != 0) {
        ech_fail(error, ECH_ERR_MEMORY,
                 (struct ech_facts){.what = ECH_BOTH("reading the targets", "读取验证目标")});
        return;
    }
    targets->arena.out_of_memory = out_of_memory;
    read_table(path, targets, error);
}

enum ech_status ech_targets_read(const char *path, struct ech_targets *targets,
                                 struct ech_error *error)
{
    jmp_buf out_of_memory;
    enum ech_status status = ECH_OK;
    int n_before = error->n_problems;
    *targets = (struct ech_targets){0};
    read_guarded(path, targets, error, &out_of_memory);
    targets->arena.out_of_memory = NULL;
    for (int i = n_before; i < error->n_problems; i++) {
        status = ech_status_worse(status, ech_error_status(error->problems[i].code));
    }
    if (status != ECH_OK) {
        ech_targets_free(targets);
    }
    return status;
}

void ech_targets_free(struct ech_targets *targets)
{
    ech_arena_free(&targets->arena);
    *targets = (struct ech_targets){0};
}
