#include "model/pool.h"

#include <string.h>

#include "model/assessment.h"
#include "model/due.h"
#include "model/rungs.h"

static const struct ech_params *policy_of(const struct ech_scenario *scenario, int epoch,
                                          ech_id post)
{
    const struct ech_post *facts = &scenario->posts[post];
    return ech_scenario_params(scenario, epoch, facts->unit, scenario->kinds[facts->kind].column);
}

/* Whether two posts ask the same of the same people, but for homes and places. */
static bool asks_the_same(const struct ech_scenario *scenario, int epoch, ech_id a, ech_id b)
{
    const struct ech_post_kind *kind_a = &scenario->kinds[scenario->posts[a].kind];
    const struct ech_post_kind *kind_b = &scenario->kinds[scenario->posts[b].kind];
    return kind_a->level == kind_b->level && kind_a->role == kind_b->role &&
           ech_eligibility_is_same(policy_of(scenario, epoch, a), policy_of(scenario, epoch, b));
}

/* The last post before this one that asks the same; ECH_NONE if it is the first. */
static ech_id last_like(const struct ech_scenario *scenario, const struct ech_county *county,
                        int epoch, ech_id post)
{
    ech_id other = post - 1;
    while (other >= county->first_post && !asks_the_same(scenario, epoch, post, other)) {
        other--;
    }
    return other >= county->first_post ? other : ECH_NONE;
}

/* Kinds of openings at any level that are told apart, as far as there is to be room for them. */
static int count_rows(const struct ech_scenario *scenario, const struct ech_county *county,
                      int epoch)
{
    int n[ECH_MAX_LEVELS] = {0};
    int most = 0;
    for (ech_id post = county->first_post;
         post < county->first_post + county->n_posts && most < ECH_MAX_POOL_ROWS; post++) {
        ech_id level = scenario->kinds[scenario->posts[post].kind].level;
        n[level] += last_like(scenario, county, epoch, post) == ECH_NONE;
        most = n[level] > most ? n[level] : most;
    }
    return most;
}

int ech_pool_most_rows(const struct ech_scenario *scenario)
{
    int most = 0;
    for (int i = 0; i < scenario->n_counties * scenario->n_epochs; i++) {
        const struct ech_county *county = &scenario->counties[i / scenario->n_epochs];
        int n = count_rows(scenario, county, i % scenario->n_epochs);
        most = n > most ? n : most;
    }
    return most;
}

/* Nothing has been noted in any row. */
static void forget_rows(struct ech_run *run)
{
    for (int level = 0; level < run->scenario->n_levels; level++) {
        run->n_rows_begun[level] = 0;
    }
    for (int i = 0; i < 2 * run->n_pool_rows * run->capacity; i++) {
        run->failed[i] = ECH_NOT_RUNNING;
    }
    for (int slot = 0; slot < run->scenario->n_levels * run->n_pool_rows; slot++) {
        run->pool_rows[slot] = (struct ech_pool_row){.asks = ECH_NONE, .post = ECH_NONE};
    }
}

static void note_asked(struct ech_asked *asked, const struct ech_params *policy)
{
    asked->ratings |= 1U << policy->eligibility_min_rating;
    asked->three |= policy->assessment_three_months > 0;
    asked->list |= policy->reserve_use == ECH_RESERVE_REQUIRED;
    asked->training |= policy->eligibility_trained_within < ECH_NEVER;
}

void ech_pool_prepare(struct ech_run *run)
{
    const struct ech_county *county = run->county;
    int n[ECH_MAX_LEVELS] = {0};
    run->asked = (struct ech_asked){0};
    for (ech_id post = county->first_post; post < county->first_post + county->n_posts; post++) {
        ech_id like = last_like(run->scenario, county, run->epoch, post);
        run->asks[post] = like != ECH_NONE ? run->asks[like] : n[ech_kind_of(run, post)->level]++;
        note_asked(&run->asked, ech_policy_post(run, post));
    }
    forget_rows(run);
}

unsigned ech_pool_rated(const struct ech_run *run, const struct ech_person *person)
{
    unsigned seen = run->asked.three && ech_is_thrice_excellent(person);
    for (int asked = 1; run->asked.ratings >> asked != 0; asked++) {
        bool matters = (run->asked.ratings >> asked & 1U) != 0;
        seen |= matters && ech_is_rated_below(person, asked) ? 1U << asked : 0;
    }
    return seen;
}

void ech_pool_empty(struct ech_run *run)
{
    ech_rungs_empty(run);
    forget_rows(run);
    run->newcomer_month = ECH_LONG_AGO;
}

/* Whether the candidates of a unit are judged for a row that has begun. */
static uint8_t *judged_in(const struct ech_run *run, int slot, ech_id unit)
{
    return run->judged + slot * run->most_units + unit - run->county->first_unit;
}

static bool is_judged(const struct ech_run *run, int slot, ech_id unit)
{
    return run->pool_rows[slot].asks != ECH_NONE && *judged_in(run, slot, unit);
}

static void include(struct ech_run *run, int slot, enum ech_pool_set set, ech_id id)
{
    ech_pool_set(run, slot, set)[id / 64] |= UINT64_C(1) << id % 64;
}

static void tally(struct ech_run *run, int slot, ech_id unit, unsigned failed, int by)
{
    ech_rejections_note(ech_pool_tally(run, slot, run->scenario->units[unit].type), failed, by);
    ech_rejections_note(ech_pool_tally(run, slot, ECH_NONE), failed, by);
}

/* Somebody who fails something. */
static void note_failing(struct ech_run *run, int slot, const struct ech_demand *demand, ech_id id,
                         unsigned failed)
{
    const struct ech_person *person = &run->people[id];
    int since = ech_candidate_since(person, demand->kind->level);
    if (since >= run->month - 1) {
        include(run, slot, ECH_POOL_FRESH, id);
        ech_due_bring_forward(&run->judge_due[id], since + 2, run->month);
    }
    if (demand->policy->selection_nobody == ECH_NOBODY_RELAX &&
        ech_exception_possible(run, person, demand, failed)) {
        include(run, slot, ECH_POOL_WAIVABLE, id);
    }
    if (ech_pool_draws(demand->policy, person)) {
        include(run, slot, ECH_POOL_DRAWN, id);
    } else {
        tally(run, slot, person->unit, failed, 1);
    }
}

/* Somebody of whom the row has noted nothing. */
static void judge(struct ech_run *run, ech_id level, int row, ech_id id)
{
    int slot = ech_pool_slot(run, level, row);
    const struct ech_person *person = &run->people[id];
    struct ech_demand demand = ech_demand_of(run, run->pool_rows[slot].post);
    unsigned *failed = &ech_pool_failed(run, row, person->level < level)[id];
    *failed = ECH_NOT_RUNNING;
    if (ech_is_bound(run, person) || !ech_is_candidate(run, person, demand.kind)) {
        return;
    }
    if (ech_candidate_since(person, level) >= run->month) {
        run->newcomer_month = run->month;
    }
    demand.unit = ECH_NONE;
    *failed =
        ech_eligibility_failed(run, person, &demand) | ech_eligibility_failed_list(person, &demand);
    ech_due_bring_forward(&run->judge_due[id], ech_eligibility_change(run, person, &demand),
                          run->month);
    if (*failed == 0) {
        include(run, slot, ECH_POOL_SUITED, id);
    } else {
        note_failing(run, slot, &demand, id, *failed);
    }
}

/* What a row has noted of somebody does not count any more. */
static void forget(struct ech_run *run, int slot, ech_id unit, ech_id id, unsigned failed)
{
    if (!is_judged(run, slot, unit)) {
        return;
    }
    if (failed != 0 && !ech_pool_has(ech_pool_set(run, slot, ECH_POOL_DRAWN), id)) {
        tally(run, slot, unit, failed, -1);
    }
    for (int set = 0; set < ECH_N_POOL_SETS; set++) {
        ech_pool_set(run, slot, (enum ech_pool_set)set)[id / 64] &= ~(UINT64_C(1) << id % 64);
    }
}

/* Nothing is noted any more of somebody in the rows of a level, that of his rung or the one above it. */
static void take_out_of(struct ech_run *run, ech_id id, ech_id unit, ech_id level, bool below)
{
    for (int row = 0; row < run->n_rows_begun[level]; row++) {
        unsigned *failed = &ech_pool_failed(run, row, below)[id];
        if (*failed != ECH_NOT_RUNNING) {
            forget(run, ech_pool_slot(run, level, row), unit, id, *failed);
            *failed = ECH_NOT_RUNNING;
        }
    }
}

/* Nothing is noted any more of somebody, where he has stood so far. */
static void take_out(struct ech_run *run, ech_id id)
{
    int rung = run->footing[id].rung;
    ech_id unit = rung / run->scenario->n_levels + run->county->first_unit;
    ech_id level = rung % run->scenario->n_levels;
    if (rung == ECH_NONE) {
        return;
    }
    take_out_of(run, id, unit, level, false);
    if (level + 1 < run->scenario->n_levels) {
        take_out_of(run, id, unit, level + 1, true);
    }
}

void ech_pool_stand(struct ech_run *run, ech_id id)
{
    const struct ech_person *person = &run->people[id];
    bool stands = person->presence == ECH_SERVING && person->track == ECH_ADMIN;
    int rung = stands ? ech_rung_of(run, person->unit, person->level) : ECH_NONE;
    if (rung != run->footing[id].rung) {
        take_out(run, id);
        ech_rungs_put(run, id, rung);
    }
    ech_pool_mark(run, id);
}

void ech_pool_start(struct ech_run *run)
{
    for (ech_id id = 0; id < run->n_people; id++) {
        ech_pool_stand(run, id);
    }
}

void ech_pool_drop(struct ech_run *run, ech_id id)
{
    take_out(run, id);
    ech_pool_mark(run, id);
}

/* Somebody is judged in the rows of a level that look at his unit. */
static void judge_at(struct ech_run *run, ech_id id, ech_id level)
{
    for (int row = 0; row < run->n_rows_begun[level]; row++) {
        if (is_judged(run, ech_pool_slot(run, level, row), run->people[id].unit)) {
            judge(run, level, row, id);
        }
    }
}

static void judge_anew(struct ech_run *run, ech_id id)
{
    const struct ech_person *person = &run->people[id];
    take_out(run, id);
    run->judge_due[id] = person->moved_month == run->month ? run->month + 1 : ECH_NEVER;
    if (run->footing[id].rung == ECH_NONE || ech_is_bound(run, person)) {
        return;
    }
    judge_at(run, id, person->level);
    if (person->level + 1 < run->scenario->n_levels) {
        judge_at(run, id, person->level + 1);
    }
}

void ech_pool_refresh(struct ech_run *run)
{
    for (ech_id id = ech_due_next(run->judge_due, 0, run->n_people, run->month); id < run->n_people;
         id = ech_due_next(run->judge_due, id + 1, run->n_people, run->month)) {
        judge_anew(run, id);
    }
}

/* Begins a row, or takes it over from openings that ask something else. */
static void begin(struct ech_run *run, ech_id level, int at, ech_id post)
{
    int slot = ech_pool_slot(run, level, at);
    struct ech_pool_row *row = &run->pool_rows[slot];
    if (row->asks == run->asks[post]) {
        return;
    }
    if (run->n_rows_begun[level] <= at) {
        run->n_rows_begun[level] = at + 1;
    }
    *row = (struct ech_pool_row){.asks = run->asks[post], .post = post};
    memset(ech_pool_tally(run, slot, ECH_NONE), 0,
           (size_t)(run->scenario->n_types + 1) * sizeof *run->tallies);
    memset(judged_in(run, slot, run->county->first_unit), 0, (size_t)run->county->n_units);
    memset(ech_pool_set(run, slot, ECH_POOL_SUITED), 0,
           ECH_N_POOL_SETS * (size_t)run->n_set_words * sizeof *run->pool_sets);
}

static void judge_unit(struct ech_run *run, ech_id level, int row, ech_id unit)
{
    int slot = ech_pool_slot(run, level, row);
    for (ech_id from = level; from >= 0 && from >= level - 1 && !is_judged(run, slot, unit);
         from--) {
        int n = ech_rungs_list(run, ech_rung_of(run, unit, from), run->pool);
        for (int i = 0; i < n; i++) {
            judge(run, level, row, run->pool[i]);
        }
    }
    *judged_in(run, slot, unit) = 1;
}

void ech_pool_judge(struct ech_run *run, const struct ech_opening *opening, ech_id unit)
{
    ech_id level = opening->demand.kind->level;
    begin(run, level, opening->row, opening->post);
    judge_unit(run, level, opening->row, unit);
}

void ech_pool_judge_all(struct ech_run *run, const struct ech_opening *opening)
{
    const struct ech_county *county = run->county;
    ech_id level = opening->demand.kind->level;
    int slot = ech_pool_slot(run, level, opening->row);
    begin(run, level, opening->row, opening->post);
    for (ech_id unit = county->first_unit;
         unit < county->first_unit + county->n_units && !run->pool_rows[slot].is_whole; unit++) {
        judge_unit(run, level, opening->row, unit);
    }
    run->pool_rows[slot].is_whole = true;
}
