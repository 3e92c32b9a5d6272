#include "model/careers.h"
#include "model/steps.h"

/* First month of the step-down age that binds somebody; 1 if it holds from the start. */
static int in_force_since(const struct ech_run *run, const struct ech_person *person)
{
    int limit = ech_policy_person(run, person)->stepdown_age;
    int epoch = run->epoch;
    while (epoch > 0 && ech_policy_person_at(run, person, epoch - 1)->stepdown_age == limit) {
        epoch--;
    }
    return epoch > 0 ? run->scenario->epochs[epoch].from_month : 1;
}

/* Month in which a holder steps down: when he reaches the age, or, if he was past it when the rule
   came, spread over the phase-in by his own number. */
static int due_month(const struct ech_run *run, const struct ech_person *person)
{
    int limit = ech_policy_person(run, person)->stepdown_age;
    int since = in_force_since(run, person);
    int reached = person->birth_month + limit;
    if (reached >= since) {
        return reached;
    }
    int phase_in = ech_policy_person(run, person)->stepdown_phase_in;
    return since + ech_chance_below(&run->chance, person->key, 0, ECH_FOR_STEPDOWN, phase_in);
}

void ech_stepdown_step(struct ech_run *run)
{
    int latest_birth = run->month - run->earliest_stepdown;
    int n = run->earliest_stepdown < ECH_NEVER ? run->n_people : 0;
    for (ech_id id = 0; id < n; id++) {
        const struct ech_person *person = &run->people[id];
        if (person->birth_month > latest_birth || person->presence != ECH_SERVING ||
            person->post == ECH_NONE || ech_policy_person(run, person)->stepdown_age >= ECH_NEVER) {
            continue;
        }
        if (due_month(run, person) <= run->month) {
            ech_step_down(run, id, "age", "");
        }
    }
}
