#include "model/filling.h"

#include <string.h>

#include "model/declines.h"
#include "model/eligibility.h"
#include "model/events.h"
#include "model/office.h"
#include "model/outside.h"
#include "model/places.h"
#include "model/pool.h"
#include "model/procedure.h"
#include "model/rank.h"
#include "model/rungs.h"
#include "model/selection.h"
#include "model/steps.h"

ech_key ech_opening_key(const struct ech_run *run, ech_id post)
{
    return ech_key_pair(run->scenario->posts[post].key,
                        (uint64_t)(int64_t)run->posts[post].vacant_since);
}

int ech_filling_arrival(const struct ech_run *run, ech_id post, ech_key person)
{
    bool at_once = run->posts[post].vacant_since == run->month && ech_terms_change(run, post) &&
                   ech_policy_county(run)->term_at_once;
    return run->month + (at_once ? 0 : ech_procedure_months(run, post, person));
}

static bool still_qualifies(const struct ech_run *run, ech_id post)
{
    const struct ech_person *person = &run->people[run->posts[post].nominee];
    if (person->presence == ECH_PENDING) {
        return true; /* from outside: he is counted from the day he arrives */
    }
    const struct ech_demand demand = ech_demand_of(run, post);
    unsigned waived = run->posts[post].waived;
    unsigned failed = ech_eligibility_failed(run, person, &demand);
    bool excepted = waived != 0 && (failed & ~waived) == 0 &&
                    ech_exception_possible(run, person, &demand, failed);
    return ech_is_candidate(run, person, demand.kind) && (failed == 0 || excepted);
}

/* The next post of the county without a holder, from `post` on; the end of its posts: there is none. */
static ech_id next_vacant(const struct ech_run *run, ech_id post)
{
    ech_id end = run->county->first_post + run->county->n_posts;
    const uint8_t *found = post < end ? memchr(run->vacant + post, 1, (size_t)(end - post)) : NULL;
    return found != NULL ? (ech_id)(found - run->vacant) : end;
}

/* Appointments whose procedure has ended. Nobody is nominated twice, so their order does not matter:
   a post left behind is an opening of the rounds that follow. */
static void appoint_due(struct ech_run *run)
{
    ech_id end = run->county->first_post + run->county->n_posts;
    for (ech_id post = next_vacant(run, run->county->first_post); post < end;
         post = next_vacant(run, post + 1)) {
        struct ech_post_state *state = &run->posts[post];
        if (state->nominee == ECH_NONE || state->arrive_month > run->month) {
            continue;
        }
        if (still_qualifies(run, post)) {
            ech_take_office(run, post);
        } else {
            ech_withdraw(run, post);
        }
    }
}

static bool is_open(const struct ech_run *run, ech_id post)
{
    return run->posts[post].holder == ECH_NONE && run->posts[post].nominee == ECH_NONE;
}

/* All open posts of the county. */
static void collect_open(struct ech_run *run)
{
    ech_id end = run->county->first_post + run->county->n_posts;
    run->n_open = 0;
    run->opened = false;
    for (ech_id post = next_vacant(run, run->county->first_post); post < end;
         post = next_vacant(run, post + 1)) {
        if (is_open(run, post)) {
            run->open[run->n_open++] = post;
        }
    }
}

static bool is_to_be_filled(const struct ech_run *run, ech_id post)
{
    return is_open(run, post) && run->posts[post].done_month != run->month;
}

/* Openings of a level that have not been tried in vain this month, in the order in which a candidate
   wanted twice goes to them: higher role, longer vacant, lower keyed number. */
static int rank_openings(struct ech_run *run, ech_id level, struct ech_rank *ranks)
{
    int n = 0;
    for (int i = 0; i < run->n_open; i++) {
        ech_id post = run->open[i];
        const struct ech_post_kind *kind = ech_kind_of(run, post);
        if (kind->level != level || !is_to_be_filled(run, post)) {
            continue;
        }
        ech_key key = run->posts[post].opening;
        ranks[n++] = (struct ech_rank){
            .first = kind->role,
            .second = run->posts[post].vacant_since,
            .tie = ech_chance_bits(&run->chance, key, run->month, ECH_FOR_OPENING),
            .key = key,
            .id = post};
    }
    ech_rank_sort(ranks, n);
    return n;
}

/* Whether somebody on the list of chiefs in a unit is qualified. */
static bool has_heir(struct ech_run *run, ech_id unit, const struct ech_demand *demand)
{
    ech_id level = demand->kind->level;
    bool found = false;
    for (ech_id from = level; from >= 0 && from >= level - 1 && !found; from--) {
        int n = ech_rungs_list(run, ech_rung_of(run, unit, from), run->pool);
        for (int i = 0; i < n && !found; i++) {
            const struct ech_person *person = &run->people[run->pool[i]];
            found = person->listed == ECH_CLASS_CHIEF &&
                    ech_is_candidate(run, person, demand->kind) &&
                    ech_eligibility_failed(run, person, demand) == 0;
        }
    }
    return found;
}

/* A break (断层): a chief's post opens and nobody on the unit's list, or on any list, is qualified. */
static void count_break(struct ech_run *run, ech_id post)
{
    const struct ech_county *county = run->county;
    const struct ech_demand demand = ech_demand_of(run, post);
    bool in_unit = has_heir(run, demand.unit, &demand);
    bool anywhere = in_unit;
    for (ech_id unit = county->first_unit; unit < county->first_unit + county->n_units && !anywhere;
         unit++) {
        anywhere = has_heir(run, unit, &demand);
    }
    in_unit |= anywhere && run->n_asking > 0; /* the pool is every unit's list */
    run->units[demand.unit].had_break |= !in_unit;
    ech_count(run, ECH_M_breaks_NONE, 0, demand.unit, !in_unit);
    ech_count(run, ECH_M_breaks_county_NONE, 0, demand.unit, !anywhere);
}

/* A place for somebody from another unit: a free one, or the exchange with who stepped down. */
static bool hold_place(struct ech_run *run, ech_id post, struct ech_person *person, ech_id id)
{
    ech_id unit = run->scenario->posts[post].unit;
    if (person->unit == unit) {
        return true;
    }
    if (ech_places_free(run, unit, ECH_ADMIN) > 0) {
        person->next_place = ech_place_take(run, unit, ECH_ADMIN, id);
        return true;
    }
    ech_id pledge = ech_selection_exchange(run, unit);
    if (pledge == ECH_NONE) {
        return false;
    }
    run->posts[post].pledge = pledge;
    run->people[pledge].pledged_to = post;
    return true;
}

static void emit_nomination(const struct ech_run *run, ech_id post, const struct ech_person *person)
{
    struct ech_event event = ech_opening_event(run, ECH_EV_NOMINATE, post, person);
    event.from_unit = person->presence == ECH_SERVING ? person->unit : ECH_NONE;
    event.detail = run->posts[post].waived != 0 ? "exceptional" : "";
    ech_emit(run, event);
}

/* The procedure begins; without a procedure the nominee takes office at once. */
static void nominate(struct ech_run *run, ech_id post, ech_id id, unsigned waived)
{
    struct ech_post_state *state = &run->posts[post];
    struct ech_person *person = &run->people[id];
    state->nominee = id;
    state->from_reserve = person->listed != ECH_UNLISTED;
    state->forced = state->from_reserve && person->level < ech_kind_of(run, post)->level &&
                    ech_policy_post(run, post)->reserve_use == ECH_RESERVE_REQUIRED;
    state->reason = ECH_VACANT_PROCEDURE;
    state->arrive_month = ech_filling_arrival(run, post, person->key);
    state->waived = waived;
    person->next_post = post;
    run->nominated_in_month++;
    run->excepted_in_year += waived != 0;
    emit_nomination(run, post, person);
    ech_pool_drop(run, id);
    if (state->arrive_month == run->month) {
        if (state->pledge != ECH_NONE) {
            ech_pool_drop(run, state->pledge);
        }
        ech_take_office(run, post);
    }
}

static void count_nomination(struct ech_run *run, ech_id post, const struct ech_choice *choice)
{
    ech_id unit = run->scenario->posts[post].unit;
    ech_count(run, ECH_M_nominations_NONE, 0, unit, 1);
    ech_count(run, ECH_M_appointed_merit_NONE, 0, unit, ech_micro(choice->merit));
    ech_count(run, ECH_M_best_merit_NONE, 0, unit, ech_micro(choice->best_merit));
    ech_count(run, ECH_M_nominations_best_NONE, 0, unit, choice->merit >= choice->best_merit);
}

/* No more nominations this month: who would be nominated waits, and counts as under procedure. */
static bool wait_for_next_month(struct ech_run *run, ech_id post)
{
    if (run->nominated_in_month < ech_policy_county(run)->appointments_most) {
        return false;
    }
    run->posts[post].reason = ECH_VACANT_PROCEDURE;
    return true;
}

/* Nobody inside: somebody from outside where the policy allows it and a place is free. */
static void try_outside(struct ech_run *run, ech_id post, const struct ech_choice *choice)
{
    struct ech_post_state *state = &run->posts[post];
    ech_id unit = run->scenario->posts[post].unit;
    const struct ech_params *policy = ech_policy_post(run, post);
    bool may = policy->selection_scope == ECH_CIRCLE_OUTSIDE ||
               policy->selection_nobody == ECH_NOBODY_OUTSIDE;
    bool outside =
        choice->origin == ECH_ORIGIN_OUTSIDE || (may && choice->origin == ECH_ORIGIN_ANY);
    bool has_place = ech_places_free(run, unit, ECH_ADMIN) > 0;
    state->reason = ECH_VACANT_NOBODY;
    if (outside && has_place) {
        if (!wait_for_next_month(run, post)) {
            nominate(run, post, ech_outside_recruit(run, post), 0);
        }
    } else if (choice->place_lacking || outside) {
        state->reason = ECH_VACANT_NO_PLACE;
    }
}

/* Every opening chooses on the state at the round's start. */
static void choose_all(struct ech_run *run, const struct ech_rank *openings, int n,
                       struct ech_choice *choices)
{
    for (int i = 0; i < n; i++) {
        ech_id post = openings[i].id;
        if (run->posts[post].last_tried < run->posts[post].vacant_since &&
            ech_class_of(run, post) == ECH_CLASS_CHIEF) {
            count_break(run, post);
        }
        choices[i] = ech_selection_choose(run, post);
        run->posts[post].last_tried = run->month;
        run->posts[post].done_month = run->month;
    }
}

/* Carries out one choice. False: the candidate is lost, to another opening, for want of the place or
   because he declines, and the opening chooses again in the next round. */
static bool carry_out(struct ech_run *run, ech_id post, const struct ech_choice *choice)
{
    struct ech_person *person = &run->people[choice->person];
    bool excepted = choice->waived != 0;
    if (person->next_post != ECH_NONE || person->moved_month == run->month) {
        return false;
    }
    if (excepted && run->excepted_in_year >= ech_policy_county(run)->exception_most) {
        run->posts[post].reason = ECH_VACANT_NOBODY;
        return true;
    }
    if (wait_for_next_month(run, post)) {
        return true;
    }
    if (ech_declines(run, post, choice->person) || !hold_place(run, post, person, choice->person)) {
        return false;
    }
    count_nomination(run, post, choice);
    nominate(run, post, choice->person, choice->waived);
    return true;
}

/* One round; the choices are carried out in the order of the openings. Under a cap nobody takes the
   turn of an opening before him that has lost its candidate and will choose again. */
static void play_round(struct ech_run *run, const struct ech_rank *openings, int n,
                       struct ech_choice *choices)
{
    int n_lost = 0;
    choose_all(run, openings, n, choices);
    for (int i = 0; i < n; i++) {
        ech_id post = openings[i].id;
        bool turn = n_lost == 0 ||
                    run->nominated_in_month + n_lost < ech_policy_county(run)->appointments_most;
        if (turn && choices[i].person == ECH_NONE) {
            try_outside(run, post, &choices[i]);
        } else if (!turn || !carry_out(run, post, &choices[i])) {
            run->posts[post].done_month = run->month - 1; /* again in the next round */
            n_lost++;
        }
    }
}

/* Those of the openings of a round that are to choose again, in the same order. */
static int keep_open(const struct ech_run *run, struct ech_rank *openings, int n)
{
    int n_kept = 0;
    for (int i = 0; i < n; i++) {
        if (is_to_be_filled(run, openings[i].id)) {
            openings[n_kept++] = openings[i];
        }
    }
    return n_kept;
}

static void fill_level(struct ech_run *run, ech_id level)
{
    int n = 0;
    bool is_ranked = false;
    do {
        if (run->opened) { /* somebody took office at once and left a post */
            collect_open(run);
            is_ranked = false;
        }
        n = is_ranked ? keep_open(run, run->ranks, n) : rank_openings(run, level, run->ranks);
        is_ranked = true;
        play_round(run, run->ranks, n, run->choices);
    } while (n > 0);
}

void ech_filling_step(struct ech_run *run)
{
    run->nominated_in_month = 0;
    appoint_due(run);
    collect_open(run);
    if (run->n_open > 0) {
        ech_pool_refresh(run);
    }
    for (ech_id level = run->scenario->n_levels - 1; level >= 0; level--) {
        fill_level(run, level);
    }
}
