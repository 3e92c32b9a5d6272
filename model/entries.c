#include "model/entries.h"

#include <string.h>

#include "model/careers.h"
#include "model/outside.h"

/* Half up, so that 0.5 of a person is one. */
static int64_t rounded(double people)
{
    return (int64_t)floor(people + 0.5);
}

/* People of the whole unit, or at the levels at which the plan recruits. */
static int64_t heads_of(const struct ech_run *run, const struct ech_recruitment *plan, ech_id unit,
                        const int *heads)
{
    int n_levels = run->scenario->n_levels;
    int64_t sum = 0;
    for (ech_id level = 0; level < n_levels; level++) {
        bool counts = plan->whole_unit || plan->level[level] > 0;
        sum += counts ? heads[unit * n_levels + level] : 0;
    }
    return sum;
}

/* Recruits of a unit this month, on the state at the start of the step. */
static int64_t wanted(const struct ech_run *run, const struct ech_recruitment *plan, ech_id unit)
{
    if (plan->by == ECH_RECRUIT_NUMBER) {
        return rounded(plan->amount);
    }
    double target = plan->amount;
    if (plan->by == ECH_RECRUIT_GROWTH) {
        target = (double)heads_of(run, plan, unit, run->level_start) *
                 pow(1 + plan->amount, (double)run->month / plan->every);
    }
    int64_t lacking = rounded(target) - heads_of(run, plan, unit, run->level_heads);
    return lacking > 0 ? lacking : 0;
}

/* The n-th recruit of a plan in a unit and month is the same in every scenario. */
static void recruit(struct ech_run *run, const struct ech_recruitment *plan, ech_id unit)
{
    int64_t n = wanted(run, plan, unit);
    ech_key where = ech_key_pair(run->scenario->units[unit].key, plan->key);
    for (int64_t i = 0; i < n; i++) {
        ech_key key = ech_key_pair(where, (uint64_t)run->month << 32 | (uint64_t)i);
        ech_id id = ech_free_recruit(run, unit, plan, key);
        ech_enter(run, id, (enum ech_channel)run->people[id].channel);
    }
}

static void count_heads(struct ech_run *run, int *heads)
{
    const struct ech_scenario *scenario = run->scenario;
    const struct ech_county *county = run->county;
    int n_levels = scenario->n_levels;
    memset(heads + county->first_unit * n_levels, 0,
           (size_t)(county->n_units * n_levels) * sizeof *heads);
    for (ech_id id = 0; id < run->n_people; id++) {
        const struct ech_person *person = &run->people[id];
        if (person->presence == ECH_SERVING && person->track == ECH_ADMIN) {
            heads[person->unit * n_levels + person->level]++;
        }
    }
}

void ech_entries_start(struct ech_run *run)
{
    if (run->scenario->n_recruitments > 0) {
        count_heads(run, run->level_start);
    }
}

void ech_entries_step(struct ech_run *run)
{
    const struct ech_county *county = run->county;
    bool counted = false;
    for (int r = 0; r < run->scenario->n_recruitments; r++) {
        const struct ech_recruitment *plan = &run->scenario->recruitments[r];
        if (run->month % plan->every != 0) {
            continue;
        }
        if (!counted) {
            count_heads(run, run->level_heads);
            counted = true;
        }
        for (ech_id unit = county->first_unit; unit < county->first_unit + county->n_units;
             unit++) {
            if (ech_plan_is_for(plan, &run->scenario->units[unit])) {
                recruit(run, plan, unit);
            }
        }
    }
}
