/* Folding months into years and into sums over replications. */
#include "results/intake.h"

#include <stdlib.h>
#include <string.h>

static int64_t *counters(size_t n_rows, int n_slots)
{
    return calloc(n_rows * (size_t)n_slots + 1, sizeof(int64_t));
}

static bool take_outputs(struct ech_intake *intake)
{
    const struct ech_scenario *scenario = intake->scenario;
    const struct ech_layout *layout = &intake->shape->layout;
    size_t months = (size_t)scenario->n_months + 1;
    for (int k = 0; k < ECH_INTAKE_BATCH; k++) {
        struct ech_output *output = &intake->outputs[k];
        output->county = counters(months * (size_t)scenario->n_counties, layout->n);
        output->type = counters(months * (size_t)scenario->n_types, layout->n);
        output->unit = counters(months * (size_t)scenario->n_units, layout->n_unit);
        if (!output->county || !output->type || !output->unit) {
            return false;
        }
    }
    return true;
}

static bool take_memory(struct ech_intake *intake)
{
    const struct ech_scenario *scenario = intake->scenario;
    const struct ech_shape *shape = intake->shape;
    size_t years = (size_t)ech_n_years(scenario->n_months) + 1;
    size_t units = (size_t)scenario->n_units;
    size_t whole = (size_t)intake->n_whole;
    size_t longest = units * (size_t)shape->n_unit_year + whole * (size_t)shape->layout.n;
    intake->whole_years = counters(years * whole, shape->layout.n);
    intake->unit_years = counters(units, ech_table_n_items(shape, ECH_TABLE_UNIT_YEAR));
    intake->folded = counters(longest, 1);
    intake->groups = calloc(whole + 1, sizeof *intake->groups);
    intake->at_end = calloc((size_t)shape->layout.n, sizeof *intake->at_end);
    return intake->whole_years && intake->unit_years && intake->folded && intake->groups &&
           intake->at_end && take_outputs(intake) &&
           ech_sums_init(&intake->whole, (scenario->n_months + 1) * intake->n_whole,
                         &shape->whole) &&
           ech_sums_init(&intake->unit, (scenario->n_months + 1) * scenario->n_units, &shape->unit);
}

enum ech_status ech_intake_init(struct ech_intake *intake, const struct ech_shape *shape, int s,
                                const struct ech_scenario *scenario, struct ech_error *error)
{
    *intake = (struct ech_intake){.scenario = scenario,
                                  .shape = shape,
                                  .s = s,
                                  .n_whole = scenario->n_counties + scenario->n_types};
    if (!take_memory(intake)) {
        ech_intake_free(intake);
        return ech_fail(error, ECH_ERR_MEMORY,
                        (struct ech_facts){.what = ECH_BOTH("making room for the sums", "汇总")});
    }
    for (int slot = 0; slot < shape->layout.n; slot++) {
        int index = 0;
        int row = ech_layout_row(&shape->layout, slot, &index);
        intake->at_end[slot] = ech_count_rows[row].kind == ECH_KIND_END;
    }
    return ECH_OK;
}

void ech_intake_free(struct ech_intake *intake)
{
    for (int k = 0; k < ECH_INTAKE_BATCH; k++) {
        free(intake->outputs[k].county);
        free(intake->outputs[k].type);
        free(intake->outputs[k].unit);
    }
    free(intake->whole_years);
    free(intake->unit_years);
    free(intake->folded);
    free(intake->groups);
    free(intake->at_end);
    ech_sums_free(&intake->whole);
    ech_sums_free(&intake->unit);
    *intake = (struct ech_intake){0};
}

const struct ech_output *ech_intake_output(const struct ech_intake *intake)
{
    ECH_ASSERT(intake->n_waiting < ECH_INTAKE_BATCH);
    return &intake->outputs[intake->n_waiting];
}

/* Counters of n_rows groups, month after month; of each the first n_kept of n_slots are wanted. */
struct block {
    const int64_t *counters;
    int n_rows;
    int n_slots;
    int n_kept;
};

/* Adds a month to the folded year; of slots that count the month's end, the last replaces it. */
static void fold_month(struct ech_intake *intake, struct block block, int month, bool last)
{
    const int64_t *from =
        block.counters + (size_t)month * (size_t)block.n_rows * (size_t)block.n_slots;
    int64_t *to = intake->folded;
    for (int row = 0; row < block.n_rows; row++) {
        for (int slot = 0; slot < block.n_kept; slot++) {
            to[slot] = last && intake->at_end[slot] ? from[slot] : to[slot] + from[slot];
        }
        from += block.n_slots;
        to += block.n_kept;
    }
}

/* folded[row][n_kept] of one year; months go outside, so that memory is read in order. */
static void fold_year(struct ech_intake *intake, struct block block, int year)
{
    int length = ech_year_length(intake->scenario->n_months, year);
    int last = year == 0 ? 0 : 12 * (year - 1) + length;
    size_t n = (size_t)block.n_rows * (size_t)block.n_kept;
    memset(intake->folded, 0, n * sizeof *intake->folded);
    for (int month = last - length + 1; month <= last; month++) {
        fold_month(intake, block, month, month == last);
    }
}

/* years[row][year][n_kept] of counties or types. */
static void fold_whole(struct ech_intake *intake, struct block block, int64_t *years)
{
    int n_years = ech_n_years(intake->scenario->n_months) + 1;
    size_t kept = (size_t)block.n_kept;
    for (int year = 0; year < n_years; year++) {
        fold_year(intake, block, year);
        for (int row = 0; row < block.n_rows; row++) {
            memcpy(years + (size_t)(row * n_years + year) * kept,
                   intake->folded + (size_t)row * kept, kept * sizeof *years);
        }
    }
}

/* Items of units stand slot by slot, so that what is always 0 stands together. */
static void fold_units(struct ech_intake *intake, struct block block)
{
    int n_years = intake->shape->n_years;
    for (int year = 0; year <= ech_n_years(intake->scenario->n_months); year++) {
        fold_year(intake, block, year);
        for (int i = 0; i < block.n_rows * block.n_kept; i++) {
            intake->unit_years[(size_t)i * (size_t)n_years + (size_t)year] = intake->folded[i];
        }
    }
}

/* Adds to the sums the rows of one month of a block, of all replications that wait. */
static void sum_month(struct ech_sums *sums, const int64_t *const *first, int n_waiting,
                      struct block block, int month, int first_row)
{
    for (int row = 0; row < block.n_rows; row++) {
        const int64_t *at[ECH_INTAKE_BATCH];
        for (int k = 0; k < n_waiting; k++) {
            at[k] = first[k] + (size_t)(month * block.n_rows + row) * (size_t)block.n_slots;
        }
        ech_sums_add(sums, first_row + row, at, n_waiting);
    }
}

void ech_intake_flush(struct ech_intake *intake)
{
    const struct ech_scenario *scenario = intake->scenario;
    const struct ech_layout *layout = &intake->shape->layout;
    struct block county = {NULL, scenario->n_counties, layout->n, layout->n};
    struct block type = {NULL, scenario->n_types, layout->n, layout->n};
    struct block unit = {NULL, scenario->n_units, layout->n_unit, layout->n_unit};
    const int64_t *counties[ECH_INTAKE_BATCH], *types[ECH_INTAKE_BATCH], *units[ECH_INTAKE_BATCH];
    int n = intake->n_waiting;
    for (int k = 0; k < n; k++) {
        counties[k] = intake->outputs[k].county;
        types[k] = intake->outputs[k].type;
        units[k] = intake->outputs[k].unit;
    }
    for (int month = 0; n > 0 && month <= scenario->n_months; month++) {
        int row = month * intake->n_whole;
        sum_month(&intake->whole, counties, n, county, month, row);
        sum_month(&intake->whole, types, n, type, month, row + scenario->n_counties);
        sum_month(&intake->unit, units, n, unit, month, month * scenario->n_units);
    }
    intake->n_summed += n;
    intake->n_waiting = 0;
}

void ech_intake_add(struct ech_intake *intake, int replication)
{
    const struct ech_scenario *scenario = intake->scenario;
    const struct ech_layout *layout = &intake->shape->layout;
    const struct ech_output *output = ech_intake_output(intake);
    int n_years = ech_n_years(scenario->n_months) + 1;
    int n = layout->n;
    intake->replication = replication;
    fold_whole(intake, (struct block){output->county, scenario->n_counties, n, n},
               intake->whole_years);
    fold_whole(intake, (struct block){output->type, scenario->n_types, n, n},
               intake->whole_years + (size_t)(scenario->n_counties * n_years) * (size_t)n);
    fold_units(intake, (struct block){output->unit, scenario->n_units, layout->n_unit,
                                      intake->shape->n_unit_year});
    intake->latest = intake->n_waiting++;
    if (intake->n_waiting == ECH_INTAKE_BATCH) {
        ech_intake_flush(intake);
    }
}
