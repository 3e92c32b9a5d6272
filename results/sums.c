/* Exact sums and sums of squares of counters and rounded ratios. */
#include "results/sums.h"

#include <stdlib.h>

/* Both compilers that we support have it on every 64-bit machine; ISO C has no name for it. */
__extension__ typedef __int128 wide;
__extension__ typedef unsigned __int128 uwide;

static int n_columns(const struct ech_sum_columns *columns)
{
    return columns->n_counts + columns->n_ratios;
}

double ech_sums_factor(const struct ech_measure_row *row)
{
    return row->scale * ech_count_rows[row->numerator].scale /
           ech_count_rows[row->denominator].scale;
}

struct ech_sum_columns ech_sums_columns(const struct ech_layout *layout, int n_counts,
                                        const struct ech_level *levels)
{
    struct ech_sum_columns columns = {.n_counts = n_counts};
    for (int i = layout->n; i < ech_n_measures(layout); i++) {
        char name[256];
        struct ech_measure measure = ech_measure_at(i, layout, levels, name, sizeof name);
        if (measure.slot >= n_counts || measure.denominator >= n_counts) {
            continue;
        }
        columns.ratios[columns.n_ratios++] = (struct ech_sum_ratio){
            .numerator = measure.slot,
            .denominator = measure.denominator,
            .factor = ech_sums_factor(measure.row),
            .measure = i,
        };
    }
    return columns;
}

bool ech_sums_init(struct ech_sums *sums, int n_rows, const struct ech_sum_columns *columns)
{
    size_t n = (size_t)n_rows * (size_t)n_columns(columns);
    *sums = (struct ech_sums){.n_rows = n_rows, .columns = columns};
    sums->cells = calloc(n + 1, sizeof *sums->cells);
    sums->squares_high = calloc(n + 1, sizeof *sums->squares_high);
    sums->undefined =
        calloc((size_t)n_rows * (size_t)columns->n_ratios + 1, sizeof *sums->undefined);
    if (!sums->cells || !sums->squares_high || !sums->undefined) {
        ech_sums_free(sums);
        return false;
    }
    return true;
}

void ech_sums_free(struct ech_sums *sums)
{
    free(sums->cells);
    free(sums->squares_high);
    free(sums->undefined);
    *sums = (struct ech_sums){0};
}

/* Rounds half away from 0, as llround does, without the call. */
static int64_t millionths(double value)
{
    return (int64_t)(value * 1e6 + (value < 0 ? -0.5 : 0.5));
}

static void add_squares(struct ech_sums *sums, size_t cell, uwide squares)
{
    uint64_t low = sums->cells[cell].squares + (uint64_t)squares;
    uint64_t high = (uint64_t)(squares >> 64) + (low < (uint64_t)squares);
    sums->cells[cell].squares = low;
    if (high != 0) {
        sums->squares_high[cell] += high;
    }
}

static void add_ratio(struct ech_sums *sums, int row, int r, const int64_t *const *counters, int n)
{
    const struct ech_sum_columns *columns = sums->columns;
    const struct ech_sum_ratio *ratio = &columns->ratios[r];
    int64_t sum = 0;
    uwide squares = 0;
    for (int k = 0; k < n; k++) {
        int64_t numerator = counters[k][ratio->numerator];
        int64_t denominator = counters[k][ratio->denominator];
        if (denominator == 0) {
            sums->undefined[row * columns->n_ratios + r]++;
        } else if (numerator != 0) {
            int64_t value = millionths((double)numerator * ratio->factor / (double)denominator);
            sum += value;
            squares += (uwide)((wide)value * value);
        }
    }
    size_t cell = (size_t)row * (size_t)n_columns(columns) + (size_t)(columns->n_counts + r);
    if (squares != 0) {
        sums->cells[cell].sum += sum;
        add_squares(sums, cell, squares);
    }
}

void ech_sums_add(struct ech_sums *sums, int row, const int64_t *const *counters, int n)
{
    const struct ech_sum_columns *columns = sums->columns;
    size_t first = (size_t)row * (size_t)n_columns(columns);
    for (int i = 0; i < columns->n_counts; i++) {
        int64_t sum = 0;
        uwide squares = 0;
        for (int k = 0; k < n; k++) {
            sum += counters[k][i];
            squares += (uwide)((wide)counters[k][i] * counters[k][i]);
        }
        if (squares != 0) { /* most flows are 0: their cells stay out of the cache */
            sums->cells[first + (size_t)i].sum += sum;
            add_squares(sums, first + (size_t)i, squares);
        }
    }
    for (int r = 0; r < columns->n_ratios; r++) {
        add_ratio(sums, row, r, counters, n);
    }
}

void ech_sums_merge(struct ech_sums *sums, const struct ech_sums *others)
{
    ECH_ASSERT(sums->n_rows == others->n_rows);
    size_t n = (size_t)sums->n_rows * (size_t)n_columns(sums->columns);
    for (size_t i = 0; i < n; i++) {
        sums->cells[i].sum += others->cells[i].sum;
        add_squares(sums, i, ((uwide)others->squares_high[i] << 64) | others->cells[i].squares);
    }
    n = (size_t)sums->n_rows * (size_t)sums->columns->n_ratios;
    for (size_t i = 0; i < n; i++) {
        sums->undefined[i] += others->undefined[i];
    }
}

struct ech_sum_total ech_sums_total(const struct ech_sums *sums, int row, int column, int n)
{
    size_t cell = (size_t)row * (size_t)n_columns(sums->columns) + (size_t)column;
    int64_t sum = sums->cells[cell].sum;
    uwide squares = ((uwide)sums->squares_high[cell] << 64) | sums->cells[cell].squares;
    int64_t centre = sum / n;
    wide spread = (wide)squares - 2 * (wide)centre * sum + (wide)n * centre * centre;
    if (spread <= INT64_MAX) {
        return (struct ech_sum_total){.sum = sum, .spread = (int64_t)spread};
    }
    return (struct ech_sum_total){.sum = sum, .spread = -1, .spread_real = (double)spread};
}
