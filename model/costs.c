#include "model/costs.h"

/* Every item, and nothing twice: cost_total is their sum. */
static const enum ech_count_id items[] = {
    ECH_M_cost_allowance_NONE, ECH_M_cost_hiring_NONE,         ECH_M_cost_reserve_NONE,
    ECH_M_cost_family_NONE,    ECH_M_cost_care_NONE,           ECH_M_cost_workload_NONE,
    ECH_M_cost_audits_NONE,    ECH_M_cost_accountability_NONE, ECH_M_cost_talks_NONE,
    ECH_M_cost_veto_NONE,      ECH_M_cost_grades_NONE,         ECH_M_cost_commendation_NONE,
    ECH_M_cost_bonus_NONE,     ECH_M_cost_training_NONE,
};
enum { N_ITEMS = sizeof items / sizeof items[0] };

static void pay(struct ech_run *run, enum ech_count_id item, ech_id unit, int by,
                double yuan_a_year)
{
    if (yuan_a_year > 0) {
        ech_stock(run, item, 0, unit, by * ech_micro(yuan_a_year / 12));
    }
}

void ech_costs_add(struct ech_run *run, ech_id unit, int epoch, const struct ech_paid *paid, int by)
{
    const struct ech_scenario *scenario = run->scenario;
    const struct ech_params *policy = ech_scenario_params(scenario, epoch, unit, 0);
    const struct ech_params *whole =
        ech_scenario_params(scenario, epoch, run->county->first_unit, 0);
    int heads = paid->heads;
    ech_stock(run, ECH_M_cost_allowance_NONE, 0, unit,
              by * llround(heads * policy->incentive_allowance));
    ech_stock(run, ECH_M_cost_reserve_NONE, 0, unit,
              by * paid->listed * ech_micro(whole->reserve_cost / 12));
    pay(run, ECH_M_cost_family_NONE, unit, by, heads * policy->incentive_family_cost);
    pay(run, ECH_M_cost_care_NONE, unit, by, heads * policy->incentive_care_cost);
    pay(run, ECH_M_cost_workload_NONE, unit, by, heads * policy->incentive_workload_cost);
    pay(run, ECH_M_cost_accountability_NONE, unit, by,
        heads * policy->incentive_accountability_cost);
    pay(run, ECH_M_cost_veto_NONE, unit, by, heads * policy->incident_veto_cost);
    pay(run, ECH_M_cost_talks_NONE, unit, by,
        heads * policy->supervision_talks * policy->supervision_talk_cost);
    pay(run, ECH_M_cost_audits_NONE, unit, by,
        paid->leaders * policy->supervision_audits * policy->supervision_audit_cost);
}

/* The items have scales of their own; the sum has the finest. */
static void add_up(struct ech_run *run, ech_id type)
{
    const struct ech_layout *layout = &run->layout;
    int64_t *row = run->type_now + type * layout->n;
    int64_t sum = 0;
    for (int i = 0; i < N_ITEMS; i++) {
        int64_t factor =
            llround(ech_count_rows[items[i]].scale / ech_count_rows[ECH_M_cost_total_NONE].scale);
        sum += factor * row[layout->first[items[i]]];
    }
    row[layout->first[ECH_M_cost_total_NONE]] = sum;
}

void ech_costs_record(struct ech_run *run)
{
    for (ech_id type = 0; type < run->scenario->n_types; type++) {
        add_up(run, type);
    }
}
