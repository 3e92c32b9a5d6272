/* Wish moves: people of townships apply to departments, staff to free places, leaders to open posts. */
#include "model/wishes.h"

#include "model/due.h"
#include "model/events.h"
#include "model/leaving.h"
#include "model/moves.h"
#include "model/rank.h"
#include "model/steps.h"

/* Hazard of applying where nothing moves him to leave, for a share of a year. */
static double hazard_of(const struct ech_run *run, const struct ech_person *person)
{
    return -log1p(-ech_policy_person(run, person)->move_request_share);
}

/* 1 - exp(-h) is below h. */
uint64_t ech_wishes_bound(const struct ech_run *run, const struct ech_person *person, double factor)
{
    const double rounding = 1 + 1e-9;
    if (person->track != ECH_ADMIN || !ech_is_base_level(run, person->unit)) {
        return 0;
    }
    return ech_chance_threshold(hazard_of(run, person) * factor / 12 * rounding);
}

/* Whether his number of this month says that he applies: the share of a year as a rate, times what moves
   people to leave. */
static bool applies(const struct ech_run *run, const struct ech_person *person)
{
    double hazard = hazard_of(run, person) * ech_leaving_factor(run, person);
    return ech_chance_bits(&run->chance, person->key, run->month, ECH_FOR_WISH) <
           ech_chance_threshold(-expm1(-hazard / 12));
}

static bool may_apply(const struct ech_run *run, const struct ech_person *person)
{
    if (person->presence != ECH_SERVING || person->track != ECH_ADMIN ||
        person->joined_month >= run->month || person->next_post != ECH_NONE ||
        person->pledged_to != ECH_NONE || person->moved_month == run->month ||
        run->month < person->probation_end || person->stepped_down || ech_is_away(run, person) ||
        ech_in_village(run, person) || run->scenario->units[person->unit].free ||
        !ech_is_base_level(run, person->unit)) {
        return false;
    }
    return person->post == ECH_NONE || run->month - person->post_month >=
                                           ech_policy_post(run, person->post)->lateral_min_tenure;
}

/* Who may apply this month into run->lively: of whom nothing has happened to since the exits only those
   whose number is below his bound. */
static int gather_likely(struct ech_run *run)
{
    const int *changes = run->exit_refresh;
    int n = 0;
    int n_below = ech_chance_hits(&run->chance, run->month, ECH_FOR_WISH, run->exit_key,
                                  run->wish_bound, run->n_people, run->lively);
    for (int i = 0; i < n_below; i++) {
        ech_id id = run->lively[i];
        run->lively[n] = id;
        n += changes[id] > run->month;
    }
    for (ech_id id = ech_due_next(changes, 0, run->n_people, run->month); id < run->n_people;
         id = ech_due_next(changes, id + 1, run->n_people, run->month)) {
        run->lively[n++] = id;
    }
    return n;
}

/* Applicants of this month in the order of their numbers. */
static int rank_applicants(struct ech_run *run, struct ech_rank *ranks)
{
    int n_likely = gather_likely(run);
    int n = 0;
    for (int i = 0; i < n_likely; i++) {
        const struct ech_person *person = &run->people[run->lively[i]];
        if (may_apply(run, person) && applies(run, person)) {
            ranks[n++] = (struct ech_rank){
                .tie = ech_chance_bits(&run->chance, person->key, run->month, ECH_FOR_WISH_ORDER),
                .key = person->key,
                .id = run->lively[i]};
        }
    }
    ech_rank_sort(ranks, n);
    return n;
}

/* Where he would like best to go: a department with an opening for him, with room or without. */
static ech_id favourite(const struct ech_run *run, const struct ech_person *person, bool room)
{
    const struct ech_county *county = run->county;
    struct ech_rank best = {.id = ECH_NONE};
    for (ech_id unit = county->first_unit; unit < county->first_unit + county->n_units; unit++) {
        bool open = person->post == ECH_NONE || ech_move_post(run, person, unit) != ECH_NONE;
        if (ech_is_base_level(run, unit) || run->scenario->units[unit].free || !open ||
            (room && !ech_move_has_room(run, person, unit))) {
            continue;
        }
        ech_key pair = ech_key_pair(person->key, run->scenario->units[unit].key);
        struct ech_rank rank = {.tie =
                                    ech_chance_bits(&run->chance, pair, run->month, ECH_FOR_WISH),
                                .key = run->scenario->units[unit].key,
                                .id = unit};
        best = best.id == ECH_NONE || ech_rank_compare(&rank, &best) < 0 ? rank : best;
    }
    return best.id;
}

/* The unit is full: the only clause that an application can fail. */
static void reject(struct ech_run *run, const struct ech_person *person, ech_id unit)
{
    struct ech_event event = ech_event_of(ECH_EV_REJECT, person->key);
    event.cause = ech_clause_names[ECH_CLAUSE_ESTABLISHMENT_FULL];
    event.from_unit = person->unit;
    event.from_post = person->post;
    event.to_unit = unit;
    event.from_level = person->level;
    event.to_level = person->level;
    ech_emit(run, event);
    ech_count(run, ECH_M_rejections_CLAUSE, ECH_CLAUSE_ESTABLISHMENT_FULL, unit, 1);
    ech_count(run, ECH_M_rejections_only_CLAUSE, ECH_CLAUSE_ESTABLISHMENT_FULL, unit, 1);
}

void ech_wishes_step(struct ech_run *run)
{
    int n = run->wishes_on ? rank_applicants(run, run->ranks) : 0;
    for (int i = 0; i < n; i++) {
        ech_id id = run->ranks[i].id;
        struct ech_person *person = &run->people[id];
        ech_id unit = favourite(run, person, true);
        ech_id full = unit == ECH_NONE ? favourite(run, person, false) : ECH_NONE;
        ech_count(run, ECH_M_wishes_NONE, 0, person->unit, unit != ECH_NONE || full != ECH_NONE);
        if (unit != ECH_NONE) {
            ech_count(run, ECH_M_wishes_granted_NONE, 0, person->unit, 1);
            ech_move(run, id, unit, "request");
        } else if (full != ECH_NONE) {
            reject(run, person, full);
        }
    }
}
