#include "model/retirement.h"

static bool chooses(const struct ech_run *run, const struct ech_person *person,
                    enum ech_purpose purpose, double share)
{
    return share > 0 &&
           ech_chance_bits(&run->chance, person->key, 0, purpose) < ech_chance_threshold(share);
}

/* Each month from `first` to the one before the age is as likely; the age itself where there is none. */
static int between(const struct ech_run *run, const struct ech_person *person, int first, int age,
                   enum ech_purpose purpose)
{
    return first < age
               ? first + ech_chance_below(&run->chance, person->key, 0, purpose, age - first)
               : age;
}

/* The option of 2025: at most so many months early, and not below the old age. */
static int flexible_month(const struct ech_run *run, const struct ech_person *person, int age)
{
    const struct ech_params *policy = ech_policy_person(run, person);
    int old = person->birth_month + (person->sex == ECH_FEMALE ? policy->retirement_age_women
                                                               : policy->retirement_age_men);
    int first = age - policy->retirement_early_most;
    return between(run, person, first > old ? first : old, age, ECH_FOR_EARLY_MONTHS);
}

/* By service: long enough at any age, or less of it near the age. */
static int service_month(const struct ech_run *run, const struct ech_person *person, int age)
{
    const struct ech_params *policy = ech_policy_person(run, person);
    int by_service = person->entry_month + policy->retirement_early_service;
    int near = age - policy->retirement_early_near;
    int near_service = person->entry_month + policy->retirement_early_near_service;
    int by_both = near > near_service ? near : near_service;
    return between(run, person, by_service < by_both ? by_service : by_both, age,
                   ECH_FOR_EARLY_SERVICE_MONTHS);
}

/* Month in which he came, or came to the post that made him one of those whom a change binds. */
static int came_in(const struct ech_person *person)
{
    return person->post_month > person->joined_month ? person->post_month : person->joined_month;
}

/* Month in which the policy in force came to bind him at the latest. */
static int bound_since(const struct ech_run *run, const struct ech_person *person)
{
    int from = run->scenario->epochs[run->epoch].from_month;
    int came = came_in(person);
    return came > from ? came : from;
}

/* The sooner of two months, of which those that had passed when the policy came do not count: who is
   still there did not choose them. */
static int sooner(const struct ech_run *run, const struct ech_person *person, int month,
                  int candidate)
{
    return candidate > bound_since(run, person) && candidate < month ? candidate : month;
}

/* Staying is part of the law of 2025: only for those whose age is in its table. */
static bool may_stay(const struct ech_run *run, const struct ech_person *person)
{
    const struct ech_tables *tables = &run->scenario->tables;
    return ech_policy_person(run, person)->retirement_rule == ECH_RETIRE_LAW &&
           tables->n_retirement[person->sex] > 0 &&
           run->scenario->start_month + person->birth_month >=
               tables->retirement[person->sex][0].birth_month;
}

/* Who stays already and takes a post that binds him to leave does so in the next month. */
static int late_month(const struct ech_run *run, const struct ech_person *person, int age)
{
    const struct ech_params *policy = ech_policy_person(run, person);
    int month = age;
    if (chooses(run, person, ECH_FOR_LATE, policy->retirement_late_share)) {
        month += 1 + ech_chance_below(&run->chance, person->key, 0, ECH_FOR_LATE_MONTHS,
                                      policy->retirement_late_most);
    }
    return month > came_in(person) ? month : came_in(person) + 1;
}

int ech_retire_month(const struct ech_run *run, const struct ech_person *person)
{
    const struct ech_params *policy = ech_policy_person(run, person);
    int age = ech_scenario_retirement_age(run->scenario, policy, (enum ech_sex)person->sex,
                                          person->birth_month);
    if (age == ECH_NEVER) {
        return ECH_NEVER;
    }
    int statutory = person->birth_month + age;
    int month = statutory;
    if (chooses(run, person, ECH_FOR_EARLY, policy->retirement_early_share)) {
        month = sooner(run, person, month, flexible_month(run, person, statutory));
    }
    if (chooses(run, person, ECH_FOR_EARLY_SERVICE, policy->retirement_early_service_share)) {
        month = sooner(run, person, month, service_month(run, person, statutory));
    }
    return month == statutory && may_stay(run, person) ? late_month(run, person, statutory) : month;
}

int ech_retire_month_in_new_post(const struct ech_run *run, const struct ech_person *person)
{
    if (run->scenario->epochs[run->epoch].n_cohorts == 1 ||
        ech_cohort_of(run, person, run->epoch) == 0) {
        return ECH_NEVER;
    }
    struct ech_person then = *person;
    then.post_month = run->month;
    return ech_retire_month(run, &then);
}

bool ech_retired_in_new_post(const struct ech_run *run, const struct ech_person *person)
{
    return ech_retire_month_in_new_post(run, person) <= run->month;
}
