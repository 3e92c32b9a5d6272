#include "model/careers.h"
#include "model/hiring.h"
#include "model/outside.h"
#include "model/places.h"
#include "model/rank.h"

/* Beyond this many applicants for a place nobody counts them; the largest mean lies far below. */
enum { MOST_APPLICANTS = 4000 };

/* Units with a gap, in run->ranks[n]: the widest gap first, then the lower key. */
struct plan {
    int n;
    int64_t left; /* people that the plan may still have */
};

/* Places of a unit that go into the plan: a share of the free ones. */
static int planned_gap(const struct ech_run *run, ech_id unit)
{
    double share = ech_policy_unit(run, unit)->hiring_fill_share;
    return (int)(share * ech_places_vacant(run, unit, ECH_ADMIN) + 1e-9);
}

static int rank_gaps(struct ech_run *run, struct ech_rank *ranks)
{
    const struct ech_county *county = run->county;
    int n = 0;
    for (ech_id unit = county->first_unit; unit < county->first_unit + county->n_units; unit++) {
        int gap = planned_gap(run, unit);
        run->units[unit].n_planned = 0;
        if (gap > 0) {
            ranks[n++] =
                (struct ech_rank){.first = -gap, .key = run->scenario->units[unit].key, .id = unit};
        }
    }
    ech_rank_sort(ranks, n);
    return n;
}

/* The next free place that this year's plan has not asked for: places before it are passed by. */
static ech_id next_planned_place(struct ech_run *run, ech_id unit)
{
    struct ech_unit_state *state = &run->units[unit];
    while (run->places[state->first_place[ECH_ADMIN] + state->n_planned] != ECH_NONE) {
        state->n_planned++;
    }
    ECH_ASSERT(state->n_planned < state->max_places[ECH_ADMIN]);
    return state->first_place[ECH_ADMIN] + state->n_planned++;
}

/* Applicants for a place: Poisson, by inversion of one uniform, so that a larger mean never brings
   fewer. */
static int applicants(const struct ech_run *run, ech_id unit, ech_id place)
{
    const struct ech_params *policy = ech_policy_unit(run, unit);
    double mean = policy->hiring_applicants *
                  pow(policy->hiring_remote_fall, run->scenario->units[unit].remoteness);
    ech_key key = ech_place_entrant_key(run, unit, ECH_ADMIN, place);
    double u = ech_chance_uniform(&run->chance, key, 0, ECH_FOR_APPLICANTS);
    double p = exp(-mean);
    double below = p;
    int n = 0;
    while (u > below && n < MOST_APPLICANTS) {
        n++;
        p *= mean / n;
        below += p;
    }
    return n;
}

/* Whether enough people apply for the exam of this place; without a number of applicants they do. */
static bool opens(struct ech_run *run, ech_id unit, ech_id place)
{
    const struct ech_params *policy = ech_policy_unit(run, unit);
    if (!isfinite(policy->hiring_applicants)) {
        return true;
    }
    int n = applicants(run, unit, place);
    ech_count(run, ECH_M_hiring_applicants_NONE, 0, unit, n);
    return n >= policy->hiring_ratio_needed;
}

/* One planned place: somebody is decided for it, or the plan fails and the place stays free. */
static void recruit(struct ech_run *run, ech_id unit, enum ech_channel channel)
{
    const struct ech_params *policy = ech_policy_county(run);
    int arrival = run->month + policy->hiring_report_after;
    ech_id place = next_planned_place(run, unit);
    ech_count(run, ECH_M_hiring_planned_NONE, 0, unit, 1);
    if (channel == ECH_CHANNEL_EXAM && !opens(run, unit, place)) {
        ech_count(run, ECH_M_hiring_failed_NONE, 0, unit, 1);
        return;
    }
    ech_count(run, ECH_M_hiring_filled_NONE, 0, unit, 1);
    ech_count(run, ECH_M_cost_hiring_NONE, 0, unit, ech_micro(policy->hiring_cost));
    ech_id id = channel == ECH_CHANNEL_EXAM ? ech_exam_recruit(run, unit, place, arrival)
                                            : ech_selected_recruit(run, unit, place, arrival);
    if (arrival == run->month) {
        ech_enter(run, id, channel);
        run->n_pending--;
    }
}

/* Levels the gaps down from the largest: each pass takes one from every unit with the widest gap.
   Gives the number of places that were planned. */
static int64_t level_gaps(struct ech_run *run, struct plan *plan, int64_t most,
                          enum ech_channel channel)
{
    struct ech_rank *ranks = run->ranks;
    int64_t planned = 0;
    while (planned < most && plan->left > 0 && plan->n > 0 && ranks[0].first < 0) {
        recruit(run, ranks[0].id, channel);
        ranks[0].first++;
        plan->left--;
        planned++;
        for (int i = 0; i + 1 < plan->n && ech_rank_compare(&ranks[i], &ranks[i + 1]) > 0; i++) {
            struct ech_rank swapped = ranks[i];
            ranks[i] = ranks[i + 1];
            ranks[i + 1] = swapped;
        }
    }
    return planned;
}

/* Recruits whom the budget of the year pays for. */
static int64_t affordable(const struct ech_run *run)
{
    const struct ech_params *policy = ech_policy_county(run);
    double n = policy->hiring_cost > 0 ? policy->hiring_budget / policy->hiring_cost : INFINITY;
    return n < run->n_places ? (int64_t)(n + 1e-9) : run->n_places;
}

/* Selected graduates are placed by the province before the county holds its exam. */
void ech_recruit_year(struct ech_run *run)
{
    const struct ech_params *policy = ech_policy_county(run);
    int64_t quota = ech_hiring_quota(run, policy->hiring_quota);
    int64_t selected = ech_hiring_quota(run, policy->selected_quota);
    struct plan plan = {.left = affordable(run)};
    if (plan.left == 0 || quota + selected == 0) {
        return;
    }
    plan.n = rank_gaps(run, run->ranks);
    if (policy->selected_within_quota && selected > quota) {
        selected = quota;
    }
    selected = level_gaps(run, &plan, selected, ECH_CHANNEL_SELECTED);
    level_gaps(run, &plan, policy->selected_within_quota ? quota - selected : quota,
               ECH_CHANNEL_EXAM);
}
