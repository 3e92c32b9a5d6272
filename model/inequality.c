#include "model/inequality.h"

#include "model/rank.h"

/* What is compared between units, where it is counted, and which end of it is the worst. */
struct subject {
    bool (*value)(const struct ech_run *run, ech_id unit, int64_t *micro); /* false: has none */
    bool relative;         /* distances are held against the sum, else against the pairs alone */
    bool highest_is_worst; /* else the lowest */
    enum ech_count_id distances, bases;
    enum ech_count_id worst, worsts;
    int index; /* in their dimension */
};

static bool ratio_of(int64_t part, int64_t of, int64_t *micro)
{
    *micro = of > 0 ? part / of : 0;
    return of > 0;
}

static bool vacancy_of(const struct ech_run *run, ech_id unit, int64_t *micro)
{
    const struct ech_unit_state *state = &run->units[unit];
    return ratio_of(state->vacant_months * (int64_t)1000000, state->post_months, micro);
}

static bool reserve_of(const struct ech_run *run, ech_id unit, int64_t *micro)
{
    const int *first = run->layout.first;
    const int64_t *row = run->unit_now + unit * run->layout.n_unit;
    return ratio_of(row[first[ECH_M_reserve_NONE]] * 1000000, row[first[ECH_M_reserve_needed_NONE]],
                    micro);
}

/* Mean of the team, whose sum is in millionths already. */
static bool performance_of(const struct ech_run *run, ech_id unit, int64_t *micro)
{
    const int *first = run->layout.first;
    const int64_t *row = run->unit_now + unit * run->layout.n_unit;
    return ratio_of(row[first[ECH_M_leaders_performance_NONE]],
                    row[first[ECH_M_leaders_performing_NONE]], micro);
}

static const struct subject subjects[] = {
    {vacancy_of, true, true, ECH_M_unit_distances_QUANTITY, ECH_M_unit_sums_QUANTITY,
     ECH_M_unit_worst_QUANTITY, ECH_M_unit_worsts_QUANTITY, ECH_QUANTITY_VACANCY},
    {reserve_of, true, false, ECH_M_unit_distances_QUANTITY, ECH_M_unit_sums_QUANTITY,
     ECH_M_unit_worst_QUANTITY, ECH_M_unit_worsts_QUANTITY, ECH_QUANTITY_RESERVE},
    {performance_of, false, false, ECH_M_performance_distances_NONE, ECH_M_performance_pairs_NONE,
     ECH_M_performance_worst_NONE, ECH_M_performance_worsts_NONE, 0}};

/* The units that have the quantity, the lowest first: run->ranks; *sum over all of them. */
static int rank_units(struct ech_run *run, const struct subject *subject, int64_t *sum)
{
    const struct ech_county *county = run->county;
    int n = 0;
    *sum = 0;
    for (ech_id unit = county->first_unit; unit < county->first_unit + county->n_units; unit++) {
        int64_t micro;
        if (ech_is_base_level(run, unit) && subject->value(run, unit, &micro)) {
            run->ranks[n++] = (struct ech_rank){
                .first = (double)micro, .key = run->scenario->units[unit].key, .id = unit};
            *sum += micro;
        }
    }
    ech_rank_sort(run->ranks, n);
    return n;
}

/* Each unit's distances to all others follow from how many lie below it and what they sum to. */
static void count_distances(struct ech_run *run, const struct subject *subject, int n, int64_t sum)
{
    int64_t below = 0;
    if (subject->relative && sum == 0) {
        return;
    }
    for (int i = 0; i < n; i++) {
        ech_id unit = run->ranks[i].id;
        int64_t x = (int64_t)run->ranks[i].first;
        int64_t above = sum - below - x;
        int64_t distances = i * x - below + above - (n - 1 - i) * x;
        int64_t base = 2 * (subject->relative ? sum : n);
        ech_count(run, subject->distances, subject->index, unit, distances);
        ech_count(run, subject->bases, subject->index, unit, base);
        below += x;
    }
}

static void count_worst(struct ech_run *run, const struct subject *subject, int n)
{
    if (n > 0) {
        const struct ech_rank *worst = &run->ranks[subject->highest_is_worst ? n - 1 : 0];
        ech_count(run, subject->worst, subject->index, worst->id, (int64_t)worst->first);
        ech_count(run, subject->worsts, subject->index, worst->id, 1);
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
    for (size_t i = 0; i < sizeof subjects / sizeof *subjects; i++) {
        int64_t sum = 0;
        int n = rank_units(run, &subjects[i], &sum);
        count_distances(run, &subjects[i], n, sum);
        count_worst(run, &subjects[i], n);
    }
    for (ech_id unit = county->first_unit; unit < end; unit++) {
        run->units[unit].post_months = 0;
        run->units[unit].vacant_months = 0;
    }
}
