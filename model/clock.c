#include "model/steps.h"

#include "model/assessment.h"
#include "model/careers.h"
#include "model/discipline.h"
#include "model/exits.h"
#include "model/grades.h"
#include "model/incidents.h"
#include "model/merit.h"
#include "model/performance.h"
#include "model/pool.h"
#include "model/push.h"
#include "model/reserve.h"
#include "model/secondment.h"
#include "model/training.h"

static void lower(int *least, int value)
{
    *least = value < *least ? value : *least;
}

/* Remembers whether and how soon limits of age and tenure, and push flows, can act on anybody of a
   unit. */
static void note_limits(struct ech_run *run, ech_id unit)
{
    const struct ech_scenario *scenario = run->scenario;
    int n_columns = scenario->n_columns;
    for (int i = 0; i < scenario->epochs[run->epoch].n_cohorts * n_columns; i++) {
        const struct ech_params *policy =
            ech_scenario_cohort_params(scenario, run->epoch, i / n_columns, unit, i % n_columns);
        run->wishes_on |= policy->move_request_share > 0;
        run->push_on |= ech_push_is_on(policy);
        lower(&run->earliest_stepdown, policy->stepdown_age);
        run->terms_on |= policy->term_first < ECH_NEVER;
        lower(&run->shortest_rotation, policy->rotation_max_tenure);
        lower(&run->shortest_rotation, policy->springboard_months);
        lower(&run->shortest_unit_time, policy->rotation_max_unit_time);
    }
}

void ech_policy_apply(struct ech_run *run)
{
    const struct ech_county *county = run->county;
    run->earliest_stepdown = ECH_NEVER;
    run->terms_on = false;
    run->next_term_change = run->month;
    run->wishes_on = false;
    run->push_on = run->scenario->n_flows > 0;
    run->shortest_rotation = ECH_NEVER;
    run->shortest_unit_time = ECH_NEVER;
    for (ech_id unit = county->first_unit; unit < county->first_unit + county->n_units; unit++) {
        const struct ech_unit *facts = &run->scenario->units[unit];
        struct ech_unit_state *state = &run->units[unit];
        const struct ech_params *here = ech_policy_unit(run, unit);
        state->places[ECH_ADMIN] =
            facts->establishment[ECH_ADMIN] + (facts->free ? 0 : here->establishment_extra);
        state->places[ECH_INSTITUTION] = facts->establishment[ECH_INSTITUTION];
        state->limit[ECH_ADMIN] =
            state->places[ECH_ADMIN] + (facts->free ? 0 : here->establishment_overrun);
        state->limit[ECH_INSTITUTION] = state->places[ECH_INSTITUTION];
        note_limits(run, unit);
    }
    ech_merit_prepare(run);
    ech_pool_prepare(run);
    ech_reserve_prepare(run);
    ech_training_prepare(run);
    ech_exits_prepare(run);
    ech_discipline_prepare(run);
    ech_incidents_prepare(run);
    ech_performance_prepare(run);
    ech_assessment_prepare(run);
    for (ech_id id = 0; id < run->n_people; id++) {
        if (run->people[id].presence != ECH_ABSENT) {
            ech_refresh(run, id);
        }
    }
}

void ech_policy_step(struct ech_run *run)
{
    const struct ech_scenario *scenario = run->scenario;
    bool changed = false;
    while (run->epoch + 1 < scenario->n_epochs &&
           scenario->epochs[run->epoch + 1].from_month <= run->month) {
        run->epoch++;
        changed = true;
    }
    if (changed) {
        ech_policy_apply(run);
        ech_grades_apply(run);
    }
}

void ech_clock_step(struct ech_run *run)
{
    if (ech_calendar_month(run) == 1) {
        run->rotated_in_year = 0;
        run->excepted_in_year = 0;
    }
    for (ech_id id = 0; id < run->n_people && run->n_pending > 0; id++) {
        const struct ech_person *person = &run->people[id];
        if (person->presence == ECH_PENDING && person->channel != ECH_CHANNEL_OUTSIDE &&
            person->arrive_month <= run->month) {
            ech_enter(run, id, (enum ech_channel)person->channel);
            run->n_pending--;
        }
    }
    ech_secondment_return(run);
}
