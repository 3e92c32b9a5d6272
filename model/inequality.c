#include "model/inequality.h"

#include <stdlib.h>

/* A unit's value in millionths; false where it has none. */
static bool value_of(const struct ech_run *run, ech_id unit, enum ech_quantity quantity,
                     int64_t *micro)
{
    const struct ech_unit_state *state = &run->units[unit];
    const struct ech_layout *layout = &run->layout;
    int64_t of = state->post_months;
    int64_t part = state->vacant_months;
    if (quantity == ECH_QUANTITY_RESERVE) {
        const int64_t *row = run->unit_now + unit * layout->n_unit;
        of = row[layout->first[ECH_M_reserve_needed_NONE]];
        part = row[layout->first[ECH_M_reserve_NONE]];
    }
    *micro = of > 0 ? part * 1000000 / of : 0;
    return of > 0;
}

/* The units that have the quantity, the lowest first: run->ranks; *sum over all of them. */
static int rank_units(struct ech_run *run, enum ech_quantity quantity, int64_t *sum)
{
    const struct ech_county *county = run->county;
    int n = 0;
    *sum = 0;
    for (ech_id unit = county->first_unit; unit < county->first_unit + county->n_units; unit++) {
        int64_t micro;
        if (ech_is_base_level(run, unit) && value_of(run, unit, quantity, &micro)) {
            run->ranks[n++] = (struct ech_rank){
                .first = (double)micro, .key = run->scenario->units[unit].key, .id = unit};
            *sum += micro;
        }
    }
    qsort(run->ranks, (size_t)n, sizeof *run->ranks, ech_rank_compare);
    return n;
}

/* Each unit's distances to all others follow from how many lie below it and what they sum to. */
static void count_distances(struct ech_run *run, enum ech_quantity quantity, int n, int64_t sum)
{
    int64_t below = 0;
    for (int i = 0; i < n && sum > 0; i++) {
        ech_id unit = run->ranks[i].id;
        int64_t x = (int64_t)run->ranks[i].first;
        int64_t above = sum - below - x;
        int64_t distances = i * x - below + above - (n - 1 - i) * x;
        ech_count(run, ECH_M_unit_distances_QUANTITY, (int)quantity, unit, distances);
        ech_count(run, ECH_M_unit_sums_QUANTITY, (int)quantity, unit, 2 * sum);
        below += x;
    }
}

static void count_worst(struct ech_run *run, enum ech_quantity quantity, int n)
{
    if (n > 0) {
        const struct ech_rank *worst = &run->ranks[quantity == ECH_QUANTITY_VACANCY ? n - 1 : 0];
        ech_count(run, ECH_M_unit_worst_QUANTITY, (int)quantity, worst->id, (int64_t)worst->first);
        ech_count(run, ECH_M_unit_worsts_QUANTITY, (int)quantity, worst->id, 1);
    }
}

static void add_month(struct ech_run *run, ech_id unit)
{
    const struct ech_unit *facts = &run->scenario->units[unit];
    struct ech_unit_state *state = &run->units[unit];
    state->post_months += facts->n_posts;
    state->vacant_months +=
        (int)run->unit_now[unit * run->layout.n_unit + run->layout.first[ECH_M_posts_vacant_NONE]];
}

void ech_inequality_record(struct ech_run *run)
{
    const struct ech_county *county = run->county;
    ech_id end = county->first_unit + county->n_units;
    if (run->month == 0) {
        return; /* the start belongs to no year */
    }
    for (ech_id unit = county->first_unit; unit < end; unit++) {
        add_month(run, unit);
    }
    if (run->month % 12 != 0) {
        return;
    }
    for (int quantity = 0; quantity < ECH_N_QUANTITIES; quantity++) {
        int64_t sum = 0;
        int n = rank_units(run, (enum ech_quantity)quantity, &sum);
        count_distances(run, (enum ech_quantity)quantity, n, sum);
        count_worst(run, (enum ech_quantity)quantity, n);
    }
    for (ech_id unit = county->first_unit; unit < end; unit++) {
        run->units[unit].post_months = 0;
        run->units[unit].vacant_months = 0;
    }
}
