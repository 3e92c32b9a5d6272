#include "results/columns.h"

#include <stdlib.h>

enum {
    MOST_BITS = 40
}; /* what would need more is stored as it is, in as many bytes as each value */

bool ech_columns_create(struct ech_columns *columns, const struct ech_shape *shape,
                        const struct ech_part *part)
{
    int n = ech_part_width(shape, part) - 1;
    int n_totals = ech_part_totals(shape, part, NULL);
    *columns = (struct ech_columns){.n = n, .n_totals = n_totals};
    columns->columns = calloc((size_t)n + 1, sizeof *columns->columns);
    columns->cells = calloc((size_t)n + 1, sizeof *columns->cells);
    columns->twins = calloc((size_t)n + 1, sizeof *columns->twins);
    columns->totals = calloc((size_t)n_totals + 1, sizeof *columns->totals);
    if (!columns->columns || !columns->cells || !columns->twins || !columns->totals) {
        return false;
    }
    ech_part_totals(shape, part, columns->totals);
    return true;
}

void ech_columns_free(struct ech_columns *columns)
{
    free(columns->columns);
    free(columns->cells);
    free(columns->twins);
    free(columns->totals);
}

void ech_columns_read(struct ech_columns *columns, sqlite3_stmt *row)
{
    for (int i = 0; i < columns->n; i++) {
        int type = sqlite3_column_type(row, 1 + i);
        columns->cells[i] = (struct ech_cell){
            .type = type,
            .number = type == SQLITE_INTEGER ? sqlite3_column_int64(row, 1 + i) : 0,
            .real = type == SQLITE_FLOAT ? sqlite3_column_double(row, 1 + i) : 0};
    }
}

static uint64_t distance(int64_t a, int64_t b)
{
    return a > b ? (uint64_t)a - (uint64_t)b : (uint64_t)b - (uint64_t)a;
}

static uint64_t common_divisor(uint64_t a, uint64_t b)
{
    while (b != 0) {
        uint64_t rest = a % b;
        a = b;
        b = rest;
    }
    return a;
}

static void note_value(struct ech_column *column, int64_t value)
{
    if (!column->is_counted) {
        column->is_counted = true;
        column->first = column->lowest = column->highest = value;
    }
    if (column->step != 1 && value != column->first) {
        column->step = common_divisor(distance(value, column->first), column->step);
    }
    if (value < column->lowest) {
        column->lowest = value;
        column->n_lowest = 0;
    }
    column->n_lowest += value == column->lowest;
    column->highest = value > column->highest ? value : column->highest;
}

static bool are_equal(const struct ech_cell *a, const struct ech_cell *b)
{
    return a->number == b->number && a->type == b->type && a->real == b->real;
}

/* Columns that were equal so far and differ in this row part company. */
static void part_twins(struct ech_columns *columns)
{
    const struct ech_cell *cells = columns->cells;
    for (int i = 0; i < columns->n; i++) {
        int twin = columns->columns[i].twin;
        columns->twins[i] = twin;
        if (twin == i || are_equal(&cells[i], &cells[twin])) {
            continue;
        }
        int other = twin + 1;
        while (other < i &&
               (columns->twins[other] != twin || !are_equal(&cells[i], &cells[other]))) {
            other++;
        }
        columns->columns[i].twin = other;
    }
}

static bool adds_up(const struct ech_columns *columns, const struct ech_total *total)
{
    const struct ech_cell *whole = &columns->cells[total->column];
    int64_t rest = whole->number;
    for (int i = 0; i < total->n; i++) {
        const struct ech_cell *cell = &columns->cells[total->first + i * total->stride];
        if (cell->type != SQLITE_INTEGER || __builtin_sub_overflow(rest, cell->number, &rest)) {
            return false;
        }
    }
    return whole->type == SQLITE_INTEGER && rest == 0;
}

/* Totals that do not hold in this row are forgotten. */
static void drop_totals(struct ech_columns *columns)
{
    int n = 0;
    for (int i = 0; i < columns->n_totals; i++) {
        if (adds_up(columns, &columns->totals[i])) {
            columns->totals[n++] = columns->totals[i];
        }
    }
    columns->n_totals = n;
}

void ech_columns_note(struct ech_columns *columns)
{
    columns->n_rows++;
    for (int i = 0; i < columns->n; i++) {
        const struct ech_cell *cell = &columns->cells[i];
        if (cell->type == SQLITE_INTEGER) {
            note_value(&columns->columns[i], cell->number);
        }
        columns->columns[i].n_null += cell->type == SQLITE_NULL;
        columns->columns[i].is_real |= cell->type == SQLITE_FLOAT;
    }
    part_twins(columns);
    drop_totals(columns);
}

static int bits_of(uint64_t most)
{
    int n = 0;
    for (; most > 0; most >>= 1) {
        n++;
    }
    return n;
}

/* What a column is by itself, others but for its twin not looked at. */
static void settle_alone(struct ech_columns *columns, int i)
{
    struct ech_column *column = &columns->columns[i];
    bool has_null = column->is_counted && column->n_null > 0;
    column->step = column->step > 0 ? column->step : 1;
    column->n_bits = bits_of(distance(column->highest, column->lowest) / column->step + has_null);
    column->total = ECH_NONE;
    if (column->n_bits == 0 && !column->is_real) {
        column->kind = ECH_COLUMN_CONSTANT;
    } else if (column->twin != i) {
        column->kind = ECH_COLUMN_TWIN;
    } else if (column->is_real || column->n_bits > MOST_BITS) {
        column->kind = ECH_COLUMN_AS_IT_IS;
    } else {
        column->kind = ECH_COLUMN_CODED;
    }
}

/* A total's addends stand behind it and are no twins, so that no column follows from itself. */
static void settle_total(struct ech_columns *columns, int row)
{
    const struct ech_total *total = &columns->totals[row];
    struct ech_column *whole = &columns->columns[total->column];
    bool holds = whole->kind == ECH_COLUMN_CODED || whole->kind == ECH_COLUMN_AS_IT_IS;
    for (int i = 0; i < total->n && holds; i++) {
        holds = columns->columns[total->first + i * total->stride].kind != ECH_COLUMN_TWIN;
    }
    if (holds) {
        whole->kind = ECH_COLUMN_TOTAL;
        whole->total = row;
    }
}

void ech_columns_settle(struct ech_columns *columns)
{
    for (int i = 0; i < columns->n; i++) {
        settle_alone(columns, i);
    }
    for (int row = 0; row < columns->n_totals; row++) {
        settle_total(columns, row);
    }
}

uint64_t ech_column_code(const struct ech_column *column, const struct ech_cell *cell)
{
    return cell->type == SQLITE_NULL
               ? 0
               : distance(cell->number, column->lowest) / column->step + (column->n_null > 0);
}

int64_t ech_columns_n_filled(const struct ech_columns *columns, int i)
{
    const struct ech_column *column = &columns->columns[i];
    return columns->n_rows - (column->n_null > 0 ? column->n_null : column->n_lowest);
}
