#include "model/careers.h"

#include <limits.h>

#include "model/declines.h"
#include "model/events.h"
#include "model/grades.h"
#include "model/office.h"
#include "model/places.h"
#include "model/pool.h"
#include "model/reserve.h"
#include "model/retirement.h"
#include "model/review.h"
#include "model/secondment.h"
#include "model/steps.h"
#include "model/stocks.h"
#include "model/training.h"

/* Whoever had the row before. */
static void forget(struct ech_run *run, ech_id id)
{
    if (run->strain != NULL) {
        run->strain[id] = 0;
    }
    if (run->taste != NULL) {
        run->taste[id] = 0;
    }
    if (run->away != NULL) {
        run->away[id].host = ECH_NONE;
    }
    ech_training_forget(run, id);
}

ech_id ech_person_new(struct ech_run *run)
{
    ech_id id;
    if (run->n_free_rows > 0) {
        id = run->free_rows[--run->n_free_rows];
    } else {
        ECH_ASSERT(run->n_people < run->capacity);
        id = run->n_people++;
    }
    ech_declines_forget_person(run, id);
    if (run->n_drawn > 0) {
        run->drawn[id] = (struct ech_drawn){.exam = NAN, .popularity = NAN};
    }
    run->people[id] = (struct ech_person){.presence = ECH_PENDING,
                                          .bond_end = ECH_LONG_AGO,
                                          .probation_end = ECH_LONG_AGO,
                                          .moved_month = ECH_LONG_AGO,
                                          .blocked_until = ECH_LONG_AGO,
                                          .trained_month = ECH_LONG_AGO,
                                          .post_probation_end = ECH_LONG_AGO,
                                          .place = ECH_NONE,
                                          .post = ECH_NONE,
                                          .next_post = ECH_NONE,
                                          .next_place = ECH_NONE,
                                          .timed_out_month = ECH_LONG_AGO,
                                          .village_end = ECH_LONG_AGO,
                                          .pledged_to = ECH_NONE,
                                          .home = ECH_UNDRAWN,
                                          .listed = ECH_UNLISTED};
    ech_pool_stand(run, id);
    run->exit_threshold[id] = 0;
    run->exit_refresh[id] = ECH_LONG_AGO;
    ech_stocks_mark(run, id);
    forget(run, id);
    return id;
}

void ech_refresh(struct ech_run *run, ech_id id)
{
    run->exit_refresh[id] = ECH_LONG_AGO;
    ech_stocks_mark(run, id);
    ech_pool_mark(run, id);
    run->people[id].retire_month = ech_retire_month(run, &run->people[id]);
}

void ech_unlist(struct ech_run *run, ech_id id, const char *cause)
{
    struct ech_person *person = &run->people[id];
    if (person->listed == ECH_UNLISTED) {
        return;
    }
    struct ech_event event = ech_event_of(ECH_EV_RESERVE_OUT, person->key);
    event.cause = cause;
    event.from_unit = person->unit;
    event.detail = ech_class_names[person->listed];
    ech_emit(run, event);
    person->tempered_months += run->month - person->listed_month;
    person->listed = ECH_UNLISTED;
    ech_reserve_refresh(run, id);
}

void ech_enter(struct ech_run *run, ech_id id, enum ech_channel channel)
{
    struct ech_person *person = &run->people[id];
    bool admin = person->track == ECH_ADMIN;
    person->presence = ECH_SERVING;
    ech_pool_stand(run, id);
    person->joined_month = run->month;
    person->unit_month = run->month;
    person->moved_month = run->month;
    run->units[person->unit].heads[person->track]++;
    ech_grade_begin(run, person);
    ech_refresh(run, id);
    ech_count(run, ECH_M_entries_TRACK, person->track, person->unit, 1);
    if (admin) {
        ech_count(run, ECH_M_entries_NONE, 0, person->unit, 1);
        ech_count(run, ECH_M_entries_CHANNEL, (int)channel, person->unit, 1);
        ech_count(run, ECH_M_entries_LEVEL, person->level, person->unit, 1);
    }
    char detail[ECH_DETAIL_SIZE];
    struct ech_event event = ech_event_of(ECH_EV_ENTRY, person->key);
    event.cause = ech_channel_names[channel];
    event.to_unit = person->unit;
    event.to_post = person->post;
    event.to_level = person->level;
    if (person->post != ECH_NONE) { /* from outside, straight into an opening */
        event.chain_post = run->posts[person->post].chain_post;
        event.chain_month = run->posts[person->post].chain_month;
    }
    if (run->sink != NULL) {
        ech_person_detail(run, id, detail, sizeof detail);
        event.detail = detail;
    }
    ech_emit(run, event);
}

/* Somebody pledged leaves: his place goes to the nominee who would have exchanged with him. */
static void pass_pledged_place(struct ech_run *run, struct ech_person *person)
{
    struct ech_post_state *state = &run->posts[person->pledged_to];
    state->pledge = ECH_NONE;
    person->pledged_to = ECH_NONE;
    run->places[person->place] = state->nominee;
    run->people[state->nominee].next_place = person->place;
}

/* Whoever leaves a post begins the chain that is called after it. */
static void begin_chain(struct ech_event *event, int month)
{
    event->chain_post = event->from_post;
    event->chain_month = month;
}

/* Whether it was the person's own wish. */
static bool is_chosen(enum ech_cause cause)
{
    return cause == ECH_CAUSE_RESIGN || cause == ECH_CAUSE_UPWARD || cause == ECH_CAUSE_OUTWARD;
}

static void count_exit(struct ech_run *run, const struct ech_person *person, enum ech_cause cause)
{
    ech_count(run, ECH_M_exits_TRACK, person->track, person->unit, 1);
    if (person->track == ECH_ADMIN) {
        ech_count(run, ECH_M_exits_NONE, 0, person->unit, 1);
        ech_count(run, ECH_M_exits_CAUSE, (int)cause, person->unit, 1);
        ech_count(run, ECH_M_exits_LEVEL, person->level, person->unit, 1);
        ech_count(run, ECH_M_exits_leaders_NONE, 0, person->unit, person->post != ECH_NONE);
        ech_count(run, ECH_M_exits_leaders_chosen_NONE, 0, person->unit,
                  person->post != ECH_NONE && is_chosen(cause));
    }
    if (person->track == ECH_ADMIN && is_chosen(cause)) {
        int age = (run->month - person->birth_month) / 12;
        ech_count(run, ECH_M_exits_chosen_AGE, ech_age_band(age), person->unit, 1);
        ech_count(run, ECH_M_exits_chosen_REMOTENESS, ech_remoteness_band(run, person->unit),
                  person->unit, 1);
    }
    struct ech_event event = ech_event_of(ECH_EV_EXIT, person->key);
    event.cause = ech_cause_names[cause];
    event.from_unit = person->unit;
    event.from_post = person->post;
    event.from_level = person->level;
    begin_chain(&event, run->month);
    ech_emit(run, event);
}

void ech_leave(struct ech_run *run, ech_id id, enum ech_cause cause)
{
    struct ech_person *person = &run->people[id];
    ech_secondment_end(run, id, "exit");
    ech_training_leave(run, id);
    ech_unlist(run, id, "left");
    count_exit(run, person, cause);
    if (person->next_post != ECH_NONE) {
        ech_withdraw(run, person->next_post);
    }
    if (person->pledged_to != ECH_NONE) {
        pass_pledged_place(run, person);
    } else {
        ech_place_release(run, person->unit, person->track, person->place);
    }
    ech_terms_count_leaver(run, person);
    if (person->post != ECH_NONE) {
        ech_open_post(run, person->post, NULL);
    }
    run->units[person->unit].heads[person->track]--;
    ech_stocks_drop(run, id);
    person->presence = ECH_ABSENT;
    ech_pool_stand(run, id);
    run->exit_threshold[id] = 0;
    run->exit_refresh[id] = INT_MAX;
    run->free_rows[run->n_free_rows++] = id;
}

void ech_set_level(struct ech_run *run, struct ech_person *person, ech_id level)
{
    ech_count(run, ECH_M_level_out_LEVEL, person->level, person->unit, 1);
    ech_count(run, ECH_M_level_in_LEVEL, level, person->unit, 1);
    if (level > person->level) {
        ech_count(run, ECH_M_promotions_LEVEL, level, person->unit, 1);
        ech_count(run, ECH_M_promotions_age_months_LEVEL, level, person->unit,
                  run->month - person->birth_month);
        ech_count(run, ECH_M_promotions_wait_months_LEVEL, level, person->unit,
                  run->month - person->level_month);
    }
    person->level = (uint8_t)level;
    ech_pool_stand(run, (ech_id)(person - run->people));
    person->level_month = run->month;
    person->n_posts = 0;
    if (run->n_drawn > 0) {
        run->drawn[person - run->people].exam = NAN;
    }
}

/* A holder is without a post from now on; `event` says why. */
static void lose_post(struct ech_run *run, ech_id id, struct ech_event event)
{
    struct ech_person *person = &run->people[id];
    ech_secondment_end(run, id, "step_down");
    ech_unlist(run, id, "stepped_down");
    event.from_unit = person->unit;
    event.from_post = person->post;
    event.to_unit = person->unit;
    event.from_level = person->level;
    begin_chain(&event, run->month);
    ech_emit(run, event);
    ech_terms_count_leaver(run, person);
    ech_open_post(run, person->post, NULL);
    ech_count(run, ECH_M_stepdowns_NONE, 0, person->unit, 1);
    person->post = ECH_NONE;
    person->post_probation_end = ECH_LONG_AGO;
    ech_refresh(run, id);
}

void ech_step_down(struct ech_run *run, ech_id id, const char *cause, const char *detail)
{
    struct ech_person *person = &run->people[id];
    struct ech_event event = ech_event_of(ECH_EV_STEP_DOWN, person->key);
    event.cause = cause;
    event.to_level = person->level;
    event.detail = detail;
    lose_post(run, id, event);
    person->stepped_down = 1;
}

/* Who is under a block is on the list of the blocked until the end of the month in which it ends. */
void ech_block(struct ech_run *run, ech_id id, int until_month)
{
    struct ech_person *person = &run->people[id];
    if (until_month <= run->month) {
        return;
    }
    if (person->blocked_until < run->month) {
        ECH_ASSERT(run->n_blocked < run->capacity);
        run->blocked[run->n_blocked++] = id;
    }
    if (person->blocked_until < until_month) {
        person->blocked_until = until_month;
        ech_stocks_mark(run, id);
        ech_pool_mark(run, id);
    }
}

void ech_fall(struct ech_run *run, ech_id id, const char *cause, ech_id level, int blocked_until)
{
    struct ech_person *person = &run->people[id];
    struct ech_event event = ech_event_of(ECH_EV_STEP_DOWN, person->key);
    event.cause = cause;
    event.to_level = level;
    if (person->next_post != ECH_NONE) {
        ech_withdraw(run, person->next_post);
    }
    lose_post(run, id, event);
    if (level != person->level) {
        ech_set_level(run, person, level);
    }
    person->fallen = 1;
    ech_block(run, id, blocked_until);
    person->moved_month = run->month;
}

void ech_convert(struct ech_run *run, ech_id id)
{
    struct ech_person *person = &run->people[id];
    struct ech_unit_state *unit = &run->units[person->unit];
    struct ech_event event = ech_event_of(ECH_EV_MOVE, person->key);
    event.cause = "convert";
    event.from_unit = person->unit;
    event.to_unit = person->unit;
    event.from_level = person->level;
    event.to_level = person->level;
    event.detail = "track=admin";
    ech_emit(run, event);
    ech_place_release(run, person->unit, ECH_INSTITUTION, person->place);
    person->place = ech_place_take(run, person->unit, ECH_ADMIN, id);
    person->track = ECH_ADMIN;
    ech_pool_stand(run, id);
    person->level_month = run->month;
    person->moved_month = run->month;
    unit->heads[ECH_INSTITUTION]--;
    unit->heads[ECH_ADMIN]++;
    ech_count(run, ECH_M_conversions_NONE, 0, person->unit, 1);
    ech_count(run, ECH_M_conversions_LEVEL, person->level, person->unit, 1);
    ech_count(run, ECH_M_moves_out_TRACK, ECH_INSTITUTION, person->unit, 1);
    ech_count(run, ECH_M_moves_in_TRACK, ECH_ADMIN, person->unit, 1);
    ech_refresh(run, id);
    ech_grade_introduce(run, id, "convert");
}

void ech_change_level(struct ech_run *run, ech_id id, ech_id level, const char *cause)
{
    struct ech_person *person = &run->people[id];
    bool up = level > person->level;
    struct ech_event event = ech_event_of(up ? ECH_EV_PROMOTE : ECH_EV_MOVE, person->key);
    event.cause = cause;
    event.from_unit = person->unit;
    event.to_unit = person->unit;
    event.from_level = person->level;
    event.to_level = level;
    ech_emit(run, event);
    ech_set_level(run, person, level);
    person->moved_month = run->month;
    ech_refresh(run, id);
    ech_grade_fit(run, id);
}
