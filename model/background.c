#include "model/background.h"

#include "model/secondment.h"

static enum ech_specialty drawn_specialty(const struct ech_params *policy, double u)
{
    const double shares[ECH_N_SPECIALTIES] = {
        [ECH_SPECIALTY_FINANCE] = policy->background_finance,
        [ECH_SPECIALTY_AUDIT] = policy->background_audit,
        [ECH_SPECIALTY_ENGINEERING] = policy->background_engineering,
        [ECH_SPECIALTY_LAW] = policy->background_law,
        [ECH_SPECIALTY_AGRICULTURE] = policy->background_agriculture,
    };
    for (int s = ECH_SPECIALTY_GENERAL + 1; s < ECH_N_SPECIALTIES; s++) {
        if (u < shares[s]) {
            return (enum ech_specialty)s;
        }
        u -= shares[s];
    }
    return ECH_SPECIALTY_GENERAL;
}

void ech_background_draw(const struct ech_run *run, const struct ech_chance *chance,
                         struct ech_person *person)
{
    const struct ech_params *policy = ech_policy_county(run);
    int before = person->unit_month - person->entry_month;
    int longest = before < policy->background_base_time ? before : policy->background_base_time;
    double u = ech_chance_uniform(chance, person->key, 0, ECH_FOR_SPECIALTY);
    person->specialty = (uint8_t)drawn_specialty(policy, u);
    person->base_months =
        longest > 0 ? ech_chance_below(chance, person->key, 0, ECH_FOR_BASE_TIME, longest + 1) : 0;
}

/* The base-level unit with the least of his numbers. */
static ech_id draw_home(const struct ech_run *run, const struct ech_person *person)
{
    const struct ech_county *county = run->county;
    const struct ech_chance *chance =
        person->joined_month == 0 ? &run->initial_chance : &run->chance;
    uint64_t least = UINT64_MAX;
    ech_id home = ECH_NONE;
    for (ech_id unit = county->first_unit;
         unit < county->first_unit + county->n_units && !person->outsider; unit++) {
        if (ech_is_base_level(run, unit)) {
            ech_key pair = ech_key_pair(person->key, run->scenario->units[unit].key);
            uint64_t number = ech_chance_bits(chance, pair, 0, ECH_FOR_HOME_UNIT);
            home = number <= least ? unit : home;
            least = number <= least ? number : least;
        }
    }
    return home;
}

ech_id ech_background_home_of(const struct ech_run *run, const struct ech_person *person)
{
    if (person->home == ECH_UNDRAWN) {
        run->people[person - run->people].home = draw_home(run, person);
    }
    return person->home;
}

ech_id ech_background_home(struct ech_run *run, ech_id id)
{
    return ech_background_home_of(run, &run->people[id]);
}

int ech_background_base_time(const struct ech_run *run, const struct ech_person *person, int ahead)
{
    /* A village counts whatever the unit is; nobody changes units before he is back. */
    int until = ech_is_base_level(run, person->unit) || ech_in_village(run, person)
                    ? run->month + ahead
                    : person->village_end;
    int now = until - person->unit_month;
    return person->base_months + (now > 0 ? now : 0) + ech_secondment_base_time(run, person);
}

void ech_background_leave_unit(const struct ech_run *run, struct ech_person *person)
{
    person->base_months = ech_background_base_time(run, person, 0);
}
