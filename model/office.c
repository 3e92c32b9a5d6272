#include "model/office.h"

#include "model/background.h"
#include "model/careers.h"
#include "model/declines.h"
#include "model/events.h"
#include "model/filling.h"
#include "model/grades.h"
#include "model/places.h"
#include "model/pool.h"
#include "model/steps.h"
#include "model/training.h"

void ech_open_post(struct ech_run *run, ech_id post, const struct ech_post_state *chain)
{
    struct ech_post_state *state = &run->posts[post];
    run->opened = true;
    state->holder = ECH_NONE;
    run->vacant[post] = 1;
    state->vacant_since = run->month;
    state->opening = ech_opening_key(run, post);
    state->last_tried = ECH_LONG_AGO;
    state->done_month = ECH_LONG_AGO;
    state->chain_post = chain != NULL ? chain->chain_post : post;
    state->chain_month = chain != NULL ? chain->chain_month : run->month;
    state->chain_length = chain != NULL ? chain->chain_length + 1 : 1;
    state->reason = ECH_VACANT_NOBODY;
    state->move_cause = NULL;
    state->waived = 0;
    ech_declines_forget_post(run, post);
    ech_count(run, ECH_M_openings_NONE, 0, run->scenario->posts[post].unit, 1);
    if (ech_class_of(run, post) == ECH_CLASS_CHIEF) {
        ech_count(run, ECH_M_chief_openings_NONE, 0, run->scenario->posts[post].unit, 1);
    }
}

void ech_withdraw(struct ech_run *run, ech_id post)
{
    struct ech_post_state *state = &run->posts[post];
    struct ech_person *person = &run->people[state->nominee];
    if (person->next_place != ECH_NONE) {
        ech_place_release(run, run->scenario->posts[post].unit, person->track, person->next_place);
        person->next_place = ECH_NONE;
    }
    if (state->pledge != ECH_NONE) {
        run->people[state->pledge].pledged_to = ECH_NONE;
        state->pledge = ECH_NONE;
    }
    person->next_post = ECH_NONE;
    ech_pool_mark(run, state->nominee);
    state->nominee = ECH_NONE;
    state->waived = 0;
    state->reason = ECH_VACANT_NOBODY;
}

/* Books the change of units of somebody whose `unit` is still the old one. */
static void change_unit(struct ech_run *run, struct ech_person *person, ech_id to)
{
    if (person->track == ECH_ADMIN) {
        ech_count(run, ECH_M_moves_out_NONE, 0, person->unit, 1);
        ech_count(run, ECH_M_moves_in_NONE, 0, to, 1);
    }
    ech_count(run, ECH_M_moves_out_TRACK, person->track, person->unit, 1);
    ech_count(run, ECH_M_moves_in_TRACK, person->track, to, 1);
    ech_training_move(run, person, to);
    run->units[person->unit].heads[person->track]--;
    run->units[to].heads[person->track]++;
    ech_background_leave_unit(run, person);
    person->unit = to;
    ech_pool_stand(run, (ech_id)(person - run->people));
    person->unit_month = run->month;
}

/* Who stepped down goes to the place that the nominee leaves, the nominee gets his. */
static void exchange_places(struct ech_run *run, struct ech_person *nominee, ech_id nominee_id,
                            ech_id other_id)
{
    struct ech_person *other = &run->people[other_id];
    struct ech_event event = ech_event_of(ECH_EV_MOVE, other->key);
    event.cause = "exchange";
    event.from_unit = other->unit;
    event.to_unit = nominee->unit;
    event.from_level = other->level;
    event.to_level = other->level;
    ech_emit(run, event);
    ech_id place = nominee->place;
    nominee->place = other->place;
    other->place = place;
    run->places[nominee->place] = nominee_id;
    if (place != ECH_NONE) { /* none where head count is free */
        run->places[place] = other_id;
    }
    other->pledged_to = ECH_NONE;
    other->moved_month = run->month;
    ech_refresh(run, other_id);
    change_unit(run, other, nominee->unit);
}

/* The nominee changes units: to the place held for him, or by exchange. */
static void move_to_unit(struct ech_run *run, ech_id post)
{
    struct ech_post_state *state = &run->posts[post];
    struct ech_person *person = &run->people[state->nominee];
    ech_id to = run->scenario->posts[post].unit;
    if (state->pledge != ECH_NONE) {
        exchange_places(run, person, state->nominee, state->pledge);
        state->pledge = ECH_NONE;
    } else {
        ech_place_release(run, person->unit, person->track, person->place);
        person->place = person->next_place;
        person->next_place = ECH_NONE;
    }
    change_unit(run, person, to);
}

/* The chain ends with this appointment in a unit; it is counted at the level where it began. */
static void count_chain(struct ech_run *run, ech_id unit, const struct ech_post_state *state,
                        bool outside)
{
    int level = ech_kind_of(run, state->chain_post)->level;
    int length = state->chain_length;
    int months = run->month - state->chain_month;
    int band = length < ECH_N_LENGTHS ? length - 1 : ECH_N_LENGTHS - 1;
    ech_count(run, ECH_M_chains_ended_NONE, 0, unit, 1);
    ech_count(run, ECH_M_chain_moves_NONE, 0, unit, length);
    ech_count(run, ECH_M_chain_months_NONE, 0, unit, months);
    ech_count(run, ECH_M_chains_ended_LEVEL, level, unit, 1);
    ech_count(run, ECH_M_chain_moves_LEVEL, level, unit, length);
    ech_count(run, ECH_M_chain_months_LEVEL, level, unit, months);
    ech_count(run, ECH_M_chains_ended_ENDING, outside ? ECH_ENDING_OUTSIDE : ECH_ENDING_STAFF, unit,
              1);
    ech_count(run, ECH_M_chain_lengths_LENGTH_LEVEL, level * ECH_N_LENGTHS + band, unit, 1);
}

static void count_appointment(struct ech_run *run, ech_id post, const struct ech_person *person)
{
    const struct ech_post_state *state = &run->posts[post];
    ech_id unit = run->scenario->posts[post].unit;
    ech_count(run, ECH_M_appointments_NONE, 0, unit, 1);
    ech_count(run, ECH_M_postings_NONE, 0, unit, 1);
    ech_count(run, ECH_M_appointments_reserve_NONE, 0, unit, state->from_reserve);
    ech_count(run, ECH_M_appointments_forced_NONE, 0, unit, state->forced);
    ech_count(run, ECH_M_tempered_months_NONE, 0, unit, person->tempered_months);
    ech_count(run, ECH_M_appointments_women_NONE, 0, unit, person->sex == ECH_FEMALE);
    ech_count(run, ECH_M_fill_months_NONE, 0, unit, run->month - state->vacant_since);
    if (person->post == ECH_NONE) {
        count_chain(run, unit, state, person->presence == ECH_PENDING);
    }
}

/* His clock in the post begins; it is one more post of his level. Whoever had lost one is up again. */
static void sit_down(struct ech_run *run, struct ech_person *person, ech_id post)
{
    ech_count(run, ECH_M_up_again_NONE, 0, run->scenario->posts[post].unit, person->fallen);
    person->fallen = 0;
    person->post = post;
    person->post_month = run->month;
    if (person->n_posts < UINT8_MAX) {
        person->n_posts++;
    }
}

static struct ech_event office_event(const struct ech_run *run, ech_id post,
                                     const struct ech_person *person)
{
    bool up = ech_kind_of(run, post)->level > person->level;
    struct ech_event event =
        ech_opening_event(run, up ? ECH_EV_PROMOTE : ECH_EV_MOVE, post, person);
    const char *moved = run->posts[post].move_cause;
    event.cause = up ? "vacancy" : moved != NULL ? moved : "lateral";
    event.detail = run->posts[post].waived != 0 ? "exceptional" : "";
    return event;
}

/* A promotion; to an appointed post it begins with a probation. */
static void rise(struct ech_run *run, ech_id post, struct ech_person *person)
{
    const struct ech_post_kind *kind = ech_kind_of(run, post);
    int months = ech_policy_post(run, post)->probation_months;
    ech_set_level(run, person, kind->level);
    person->exceptional = run->posts[post].waived != 0;
    ech_count(run, ECH_M_promotions_exceptional_LEVEL, kind->level, person->unit,
              person->exceptional);
    if (months > 0 && !kind->elected) {
        person->post_probation_end = run->month + months;
        run->probation_on = true;
    }
}

/* Somebody from outside: he enters on the place held for him and with the post. */
static void take_office_from_outside(struct ech_run *run, ech_id post)
{
    struct ech_post_state *state = &run->posts[post];
    struct ech_person *person = &run->people[state->nominee];
    count_appointment(run, post, person);
    ech_count(run, ECH_M_appointments_outside_NONE, 0, person->unit, 1);
    person->next_post = ECH_NONE;
    sit_down(run, person, post);
    person->level_month = run->month;
    ech_enter(run, state->nominee, ECH_CHANNEL_OUTSIDE);
    ech_training_plan_appointee(run, state->nominee);
}

static void take_office_from_inside(struct ech_run *run, ech_id post)
{
    struct ech_post_state *state = &run->posts[post];
    ech_id id = state->nominee;
    struct ech_person *person = &run->people[id];
    ech_id level = ech_kind_of(run, post)->level;
    ech_unlist(run, id, "appointed");
    ech_emit(run, office_event(run, post, person));
    count_appointment(run, post, person);
    ech_id left = person->post;
    ech_terms_count_leaver(run, person);
    person->next_post = ECH_NONE;
    if (run->scenario->posts[post].unit != person->unit) {
        move_to_unit(run, post);
    }
    if (level > person->level) {
        rise(run, post, person);
        ech_training_plan_appointee(run, id);
    }
    sit_down(run, person, post);
    person->moved_month = run->month;
    ech_refresh(run, id);
    ech_grade_fit(run, id);
    if (left != ECH_NONE) {
        ech_open_post(run, left, state);
    }
}

void ech_take_office(struct ech_run *run, ech_id post)
{
    struct ech_post_state *state = &run->posts[post];
    ECH_ASSERT(state->nominee != ECH_NONE && state->holder == ECH_NONE);
    if (run->people[state->nominee].presence == ECH_PENDING) {
        take_office_from_outside(run, post);
    } else {
        take_office_from_inside(run, post);
    }
    state->holder = state->nominee;
    run->vacant[post] = 0;
    state->nominee = ECH_NONE;
    state->waived = 0;
    state->n_holders++;
}

void ech_transfer(struct ech_run *run, ech_id id, ech_id unit, const char *cause)
{
    struct ech_person *person = &run->people[id];
    struct ech_event event = ech_event_of(ECH_EV_MOVE, person->key);
    event.cause = cause;
    event.from_unit = person->unit;
    event.to_unit = unit;
    event.from_level = person->level;
    event.to_level = person->level;
    ech_unlist(run, id, "moved");
    ech_emit(run, event);
    ech_place_release(run, person->unit, (enum ech_track)person->track, person->place);
    person->place = ech_place_take(run, unit, (enum ech_track)person->track, id);
    change_unit(run, person, unit);
    person->moved_month = run->month;
    ech_refresh(run, id);
}

static void emit_rotation(const struct ech_run *run, const struct ech_person *person,
                          ech_id to_post, const char *cause)
{
    struct ech_event event = ech_event_of(ECH_EV_MOVE, person->key);
    event.cause = cause;
    event.from_unit = person->unit;
    event.from_post = person->post;
    event.to_unit = run->scenario->posts[to_post].unit;
    event.to_post = to_post;
    event.from_level = person->level;
    event.to_level = person->level;
    ech_emit(run, event);
}

/* Somebody who has got the post and place of another: his new unit and clock. */
static void settle_after_rotation(struct ech_run *run, ech_id id, ech_id post, ech_id place)
{
    struct ech_person *person = &run->people[id];
    ech_id unit = run->scenario->posts[post].unit;
    run->posts[post].holder = id;
    run->posts[post].n_holders++;
    run->places[place] = id;
    person->place = place;
    sit_down(run, person, post);
    person->moved_month = run->month;
    ech_count(run, ECH_M_rotations_NONE, 0, unit, 1);
    ech_count(run, ECH_M_postings_NONE, 0, unit, 1);
    if (ech_class_of(run, person->post) == ECH_CLASS_CHIEF) {
        run->units[unit].chief_rotated = run->month;
    }
    change_unit(run, person, unit);
    ech_refresh(run, id);
}

void ech_rotate(struct ech_run *run, const ech_id *movers, int n, const char *cause)
{
    ECH_ASSERT(n >= 2);
    for (int i = 0; i < n; i++) {
        emit_rotation(run, &run->people[movers[i]], run->people[movers[(i + 1) % n]].post, cause);
        ech_unlist(run, movers[i], "rotated");
        ech_terms_count_leaver(run, &run->people[movers[i]]);
    }
    ech_id first_post = run->people[movers[0]].post;
    ech_id first_place = run->people[movers[0]].place;
    for (int i = 0; i < n; i++) { /* the next one has not moved yet, but for the first */
        bool last = i == n - 1;
        ech_id post = last ? first_post : run->people[movers[i + 1]].post;
        ech_id place = last ? first_place : run->people[movers[i + 1]].place;
        settle_after_rotation(run, movers[i], post, place);
    }
    run->rotated_in_year += n;
}
