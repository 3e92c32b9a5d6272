#include <stdlib.h>

#include "model/careers.h"
#include "model/outside.h"
#include "model/places.h"
#include "model/steps.h"

/* Whole people of the annual quota up to the end of year y, without carry-over. */
static int64_t quota_until(double quota, int year)
{
    return (int64_t)(quota * year + 1e-9);
}

/* Recruits of this year's exam: the quota's share of the year of the simulation. */
static int64_t quota_of_year(const struct ech_run *run)
{
    double quota = ech_policy_county(run)->hiring_quota;
    int year = (run->month + 11) / 12;
    if (!isfinite(quota)) {
        return run->n_places;
    }
    return quota_until(quota, year) - quota_until(quota, year - 1);
}

/* Places of a unit that go into the plan: a share of the free ones. */
static int planned_gap(const struct ech_run *run, ech_id unit)
{
    double share = ech_policy_unit(run, unit)->hiring_fill_share;
    return (int)(share * ech_places_vacant(run, unit, ECH_ADMIN) + 1e-9);
}

/* Units with a gap; the quota goes to the largest gap, then to the lower key, one by one. */
static int rank_gaps(struct ech_run *run, struct ech_rank *ranks)
{
    const struct ech_county *county = run->county;
    int n = 0;
    for (ech_id unit = county->first_unit; unit < county->first_unit + county->n_units; unit++) {
        int gap = planned_gap(run, unit);
        if (gap > 0) {
            ranks[n++] =
                (struct ech_rank){.first = -gap, .key = run->scenario->units[unit].key, .id = unit};
        }
    }
    qsort(ranks, (size_t)n, sizeof *ranks, ech_rank_compare);
    return n;
}

static void recruit(struct ech_run *run, ech_id unit, int report_after)
{
    ech_id id = ech_exam_recruit(run, unit, run->month + report_after);
    ech_count(run, ECH_M_hiring_planned_NONE, 0, unit, 1);
    if (report_after == 0) {
        ech_enter(run, id, ECH_CHANNEL_EXAM);
        run->n_pending--;
    }
}

/* Levels the gaps down from the largest: each pass takes one from every unit with the widest gap. */
static void hold_exam(struct ech_run *run)
{
    int report_after = ech_policy_county(run)->hiring_report_after;
    int64_t left = quota_of_year(run);
    int n = left > 0 ? rank_gaps(run, run->ranks) : 0;
    while (left > 0 && n > 0 && run->ranks[0].first < 0) {
        recruit(run, run->ranks[0].id, report_after);
        run->ranks[0].first++;
        left--;
        for (int i = 0; i + 1 < n && ech_rank_compare(&run->ranks[i], &run->ranks[i + 1]) > 0;
             i++) {
            struct ech_rank swapped = run->ranks[i];
            run->ranks[i] = run->ranks[i + 1];
            run->ranks[i + 1] = swapped;
        }
    }
}

/* Each free place is filled with the same probability, by a number of its own. */
static void transfer_into(struct ech_run *run, ech_id unit, double share)
{
    const struct ech_unit_state *state = &run->units[unit];
    int free_places = ech_places_vacant(run, unit, ECH_ADMIN);
    for (int i = 0; i < state->max_places[ECH_ADMIN] && free_places > 0; i++) {
        ech_id place = state->first_place[ECH_ADMIN] + i;
        if (run->places[place] != ECH_NONE) {
            continue;
        }
        free_places--;
        ech_key key = ech_place_entrant_key(run, unit, ECH_ADMIN, place);
        if (ech_chance_bits(&run->chance, key, 0, ECH_FOR_TRANSFER) < ech_chance_threshold(share)) {
            ech_enter(run, ech_transfer_recruit(run, unit, place), ECH_CHANNEL_TRANSFER);
        }
    }
}

void ech_hiring_step(struct ech_run *run)
{
    const struct ech_params *policy = ech_policy_county(run);
    const struct ech_county *county = run->county;
    int calendar_month = ech_calendar_month(run);
    if (calendar_month == policy->hiring_exam_month) {
        hold_exam(run);
    }
    if (calendar_month != policy->entry_transfer_month) {
        return;
    }
    for (ech_id unit = county->first_unit; unit < county->first_unit + county->n_units; unit++) {
        double share = ech_policy_unit(run, unit)->entry_transfer_in;
        if (share > 0) {
            transfer_into(run, unit, share);
        }
    }
}
