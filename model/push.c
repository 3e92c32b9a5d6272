#include "model/push.h"

#include "model/careers.h"
#include "model/office.h"

static bool speaks_of(const struct ech_run *run, const struct ech_flow *flow,
                      const struct ech_person *person)
{
    return flow->from == person->level &&
           (flow->type == ECH_NONE || flow->type == run->scenario->units[person->unit].type);
}

static void add(struct ech_risks *risks, int risk, const struct ech_rate *rate,
                const struct ech_rate_facts *facts)
{
    bool is_probability;
    double value = ech_rate_of(rate, facts, &is_probability);
    double *sum = is_probability ? &risks->probability[risk] : &risks->rate[risk];
    *sum += value;
}

void ech_push_add(const struct ech_run *run, const struct ech_person *person,
                  const struct ech_rate_facts *facts, bool any_month, struct ech_risks *risks)
{
    const struct ech_scenario *scenario = run->scenario;
    const struct ech_params *policy = ech_policy_person(run, person);
    if (person->level + 1 < scenario->n_levels) {
        add(risks, ECH_N_CAUSES + person->level + 1, &policy->push_up_rate, facts);
    }
    if (person->level > 0) {
        add(risks, ECH_N_CAUSES + person->level - 1, &policy->push_down_rate, facts);
    }
    for (int f = 0; f < scenario->n_flows; f++) {
        const struct ech_flow *flow = &scenario->flows[f];
        if (speaks_of(run, flow, person) && (any_month || run->month % flow->every == 0)) {
            int risk = flow->to != ECH_NONE ? ECH_N_CAUSES + flow->to : (int)flow->cause;
            add(risks, risk, &flow->rate, facts);
        }
    }
}

int ech_push_change(const struct ech_run *run, const struct ech_person *person, int month)
{
    const struct ech_params *policy = ech_policy_person(run, person);
    int now = run->month;
    month = ech_rate_change(month, &policy->push_up_rate, person, now);
    month = ech_rate_change(month, &policy->push_down_rate, person, now);
    for (int f = 0; f < run->scenario->n_flows; f++) {
        const struct ech_flow *flow = &run->scenario->flows[f];
        if (speaks_of(run, flow, person)) {
            month = ech_rate_change(month, &flow->rate, person, now);
        }
    }
    return month;
}

void ech_push(struct ech_run *run, ech_id id, ech_id level)
{
    if (run->people[id].pledged_to != ECH_NONE) {
        return; /* he is about to move: nobody moves twice in a month */
    }
    if (run->people[id].next_post != ECH_NONE) {
        ech_withdraw(run, run->people[id].next_post);
    }
    ech_unlist(run, id, "pushed");
    ech_change_level(run, id, level, "push");
}
