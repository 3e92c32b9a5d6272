#include "model/scenario.h"

#include <math.h>

/* Initial people of the free units that a plan may speak of; NULL: of all. */
static double initial_people(const struct ech_scenario *scenario, const struct ech_county *county,
                             const struct ech_recruitment *plan)
{
    double n = 0;
    for (int b = county->first_block; b < county->first_block + county->n_blocks; b++) {
        const struct ech_block *block = &scenario->blocks[b];
        bool apart = plan != NULL && plan->type != ECH_NONE && block->type != ECH_NONE &&
                     plan->type != block->type;
        n += block->fill == ECH_FILL_FREE && !apart ? block->count : 0;
    }
    return n;
}

static double n_units_of(const struct ech_scenario *scenario, const struct ech_county *county,
                         const struct ech_recruitment *plan)
{
    double n = 0;
    for (ech_id u = county->first_unit; u < county->first_unit + county->n_units; u++) {
        n += ech_plan_is_for(plan, &scenario->units[u]);
    }
    return n;
}

/* Recruits of a plan until the end in all its units; a total of the whole unit is never exceeded. */
static double most_recruits(const struct ech_scenario *scenario, const struct ech_county *county,
                            const struct ech_recruitment *plan)
{
    int times = scenario->n_months / plan->every;
    double n_units = n_units_of(scenario, county, plan);
    double at_once = n_units * (plan->amount + 1);
    if (plan->by == ECH_RECRUIT_GROWTH) {
        double factor = pow(1 + plan->amount, times);
        at_once = n_units + initial_people(scenario, county, plan) * (factor > 1 ? factor : 1);
    }
    bool bounded = plan->whole_unit && plan->by != ECH_RECRUIT_NUMBER;
    return times == 0 ? 0 : bounded ? at_once : times * at_once;
}

int64_t ech_scenario_free_people(const struct ech_scenario *scenario,
                                 const struct ech_county *county)
{
    double sum = initial_people(scenario, county, NULL);
    for (int r = 0; r < scenario->n_recruitments; r++) {
        sum += most_recruits(scenario, county, &scenario->recruitments[r]);
    }
    return sum < 1e15 ? (int64_t)sum : INT64_C(1000000000000000);
}
