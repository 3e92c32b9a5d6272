#include "model/outside.h"

#include "model/background.h"
#include "model/careers.h"
#include "model/filling.h"
#include "model/merit.h"
#include "model/places.h"
#include "model/retirement.h"

static bool happens(const struct ech_run *run, ech_key key, enum ech_purpose purpose, double share)
{
    return ech_chance_bits(&run->chance, key, 0, purpose) < ech_chance_threshold(share);
}

static uint8_t drawn_education(const struct ech_run *run, ech_key key)
{
    const struct ech_params *policy = ech_policy_county(run);
    double u = ech_chance_uniform(&run->chance, key, 0, ECH_FOR_EDUCATION);
    if (u < policy->hiring_postgraduate) {
        return ECH_EDU_POSTGRADUATE;
    }
    return u < policy->hiring_postgraduate + policy->hiring_bachelor ? ECH_EDU_BACHELOR
                                                                     : ECH_EDU_COLLEGE;
}

/* Birth month so that completed age in month `at` is uniform over age_min ... age_max years. */
static int drawn_birth(const struct ech_run *run, ech_key key, int at, int age_min, int age_max)
{
    int span = age_max + 12 - age_min;
    return at - age_min - ech_chance_below(&run->chance, key, 0, ECH_FOR_AGE, span);
}

/* What all entrants have in common; but for sex the composition of recruits serves every channel. */
static ech_id new_person(struct ech_run *run, ech_id unit, ech_key key, double women)
{
    const struct ech_params *policy = ech_policy_county(run);
    ech_id id = ech_person_new(run);
    struct ech_person *person = &run->people[id];
    person->key = key;
    person->unit = unit;
    person->track = ECH_ADMIN;
    person->sex = happens(run, key, ECH_FOR_SEX, women) ? ECH_FEMALE : ECH_MALE;
    person->nonparty = happens(run, key, ECH_FOR_PARTY, policy->hiring_nonparty);
    person->outsider = happens(run, key, ECH_FOR_HOME, policy->hiring_outsiders);
    person->education = drawn_education(run, key);
    person->fulltime = person->education >= ECH_EDU_BACHELOR;
    return id;
}

/* Somebody new on a place of his unit. */
static ech_id new_entrant(struct ech_run *run, ech_id unit, ech_id place, double women)
{
    ech_id id = new_person(run, unit, ech_place_entrant_key(run, unit, ECH_ADMIN, place), women);
    run->people[id].place = place;
    run->places[place] = id;
    run->units[unit].taken[ECH_ADMIN]++;
    return id;
}

/* What follows from birth, entry, education, channel and the month in which he comes to his unit. */
static void finish(const struct ech_run *run, struct ech_person *person, int arrival)
{
    person->unit_month = arrival;
    person->retire_month = ech_retire_month(run, person);
    ech_background_draw(run, &run->chance, person);
    ech_merit_draw(run, &run->chance, person, (enum ech_channel)person->channel);
}

/* Selected graduates have a bachelor's degree at least. */
static void set_channel(struct ech_person *person, enum ech_channel channel)
{
    person->channel = (uint8_t)channel;
    if (channel == ECH_CHANNEL_SELECTED && person->education < ECH_EDU_BACHELOR) {
        person->education = ECH_EDU_BACHELOR;
        person->fulltime = true;
    }
}

/* Somebody who begins his career in `arrive_month`. */
static ech_id new_recruit(struct ech_run *run, ech_id unit, ech_id place, enum ech_channel channel,
                          int arrive_month)
{
    const struct ech_params *policy = ech_policy_county(run);
    ech_id id = new_entrant(run, unit, place, policy->hiring_women);
    struct ech_person *person = &run->people[id];
    person->birth_month =
        drawn_birth(run, person->key, arrive_month, policy->hiring_age_min, policy->hiring_age_max);
    person->entry_month = arrive_month;
    person->level_month = arrive_month;
    person->arrive_month = arrive_month;
    person->probation_end = arrive_month + policy->hiring_probation;
    set_channel(person, channel);
    finish(run, person, arrive_month);
    run->n_pending++;
    return id;
}

/* The value of a list of shares to which a number falls; the last one that has a share at the latest. */
static int drawn_share(const struct ech_run *run, ech_key key, enum ech_purpose purpose,
                       const double *shares, int n)
{
    double u = ech_chance_uniform(&run->chance, key, 0, purpose);
    int last = 0;
    for (int i = 0; i < n && u >= 0; i++) {
        last = shares[i] > 0 ? i : last;
        u -= shares[i];
    }
    return last;
}

ech_id ech_free_recruit(struct ech_run *run, ech_id unit, const struct ech_recruitment *plan,
                        ech_key key)
{
    const struct ech_params *policy = ech_policy_county(run);
    ech_id id = new_person(run, unit, key, plan->women >= 0 ? plan->women : policy->hiring_women);
    struct ech_person *person = &run->people[id];
    bool given = plan->age_from != ECH_NONE;
    int age_from = given ? plan->age_from : policy->hiring_age_min;
    int age_to = given ? plan->age_to : policy->hiring_age_max + 11;
    person->birth_month =
        run->month - age_from -
        ech_chance_below(&run->chance, key, 0, ECH_FOR_AGE, age_to + 1 - age_from);
    person->level =
        (uint8_t)drawn_share(run, key, ECH_FOR_ENTRY_LEVEL, plan->level, run->scenario->n_levels);
    person->channel =
        (uint8_t)drawn_share(run, key, ECH_FOR_CHANNEL, plan->channel, ECH_N_CHANNELS);
    person->entry_month = run->month;
    person->level_month = run->month;
    finish(run, person, run->month);
    return id;
}

static void bind(struct ech_person *person, int months)
{
    if (months > 0) {
        person->bond_end = person->arrive_month + months;
    }
}

ech_id ech_exam_recruit(struct ech_run *run, ech_id unit, ech_id place, int arrive_month)
{
    ech_id id = new_recruit(run, unit, place, ECH_CHANNEL_EXAM, arrive_month);
    bind(&run->people[id], ech_policy_unit(run, unit)->hiring_min_service);
    return id;
}

ech_id ech_selected_recruit(struct ech_run *run, ech_id unit, ech_id place, int arrive_month)
{
    const struct ech_params *policy = ech_policy_county(run);
    ech_id id = new_recruit(run, unit, place, ECH_CHANNEL_SELECTED, arrive_month);
    struct ech_person *person = &run->people[id];
    bind(person, policy->selected_min_service);
    person->village_end = arrive_month + policy->selected_village;
    return id;
}

/* Service of people who come with a career behind them: since the usual age of entry. */
static int career_start(const struct ech_run *run, const struct ech_person *person, int at_latest)
{
    int start = person->birth_month + ech_policy_county(run)->initial_entry_age;
    return start < at_latest ? start : at_latest;
}

ech_id ech_transfer_recruit(struct ech_run *run, ech_id unit, ech_id place)
{
    const struct ech_params *policy = ech_policy_county(run);
    ech_id id = new_entrant(run, unit, place, policy->entry_women);
    struct ech_person *person = &run->people[id];
    person->birth_month =
        drawn_birth(run, person->key, run->month, policy->entry_age_min, policy->entry_age_max);
    person->level_month = run->month - policy->entry_level_time;
    person->entry_month = career_start(run, person, person->level_month);
    person->channel = ECH_CHANNEL_TRANSFER;
    finish(run, person, run->month);
    return id;
}

ech_id ech_outside_recruit(struct ech_run *run, ech_id post)
{
    ech_id unit = run->scenario->posts[post].unit;
    ech_id level = ech_kind_of(run, post)->level;
    const struct ech_params *policy = ech_policy_post(run, post);
    ech_id id = new_entrant(run, unit, ech_place_lowest(run, unit, ECH_ADMIN), policy->entry_women);
    struct ech_person *person = &run->people[id];
    int arrival = ech_filling_arrival(run, post, person->key);
    person->birth_month =
        drawn_birth(run, person->key, arrival, policy->outside_age_min, policy->outside_age_max);
    person->level = (uint8_t)level;
    person->level_month = arrival;
    /* At the lowest level he begins his career here; above it he has one behind him. */
    person->entry_month = level == 0 ? arrival : career_start(run, person, arrival);
    person->channel = ECH_CHANNEL_OUTSIDE;
    finish(run, person, arrival);
    return id;
}
