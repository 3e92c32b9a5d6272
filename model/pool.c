#include "model/pool.h"

#include <string.h>

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

void ech_pool_prepare(struct ech_run *run)
{
    const struct ech_county *county = run->county;
    int n[ECH_MAX_LEVELS] = {0};
    for (ech_id post = county->first_post; post < county->first_post + county->n_posts; post++) {
        ech_id like = last_like(run->scenario, county, run->epoch, post);
        run->asks[post] = like != ECH_NONE ? run->asks[like] : n[ech_kind_of(run, post)->level]++;
    }
}

void ech_pool_forget(struct ech_run *run)
{
    run->pool_stamp = 0;
    for (ech_id id = 0; id < run->capacity; id++) {
        run->rungs[id].at = ECH_NONE;
    }
    for (int at = 0; at < run->scenario->n_units * run->scenario->n_levels; at++) {
        run->rung_first[at] = ECH_NONE;
    }
    memset(run->pool_units, 0, (size_t)run->scenario->n_units * sizeof *run->pool_units);
    memset(run->pool_rows, 0, (size_t)run->n_pool_rows * sizeof *run->pool_rows);
}

/* The highest role (lowest number) of any kind of post at a level. */
static enum ech_role top_role(const struct ech_run *run, ech_id level)
{
    enum ech_role top = ECH_ROLE_MEMBER;
    for (int k = 0; k < run->scenario->n_kinds; k++) {
        const struct ech_post_kind *kind = &run->scenario->kinds[k];
        if (kind->level == level && kind->role < top) {
            top = kind->role;
        }
    }
    return top;
}

void ech_pool_open(struct ech_run *run, ech_id level)
{
    run->pool_stamp++;
    run->pool_level = level;
    run->pool_top = top_role(run, level);
    run->n_candidates = 0;
}

static bool may_run(const struct ech_run *run, const struct ech_person *person)
{
    if (person->level < run->pool_level || person->stepped_down) {
        return true;
    }
    return person->post == ECH_NONE ? person->fallen
                                    : ech_kind_of(run, person->post)->role > run->pool_top;
}

static void add(struct ech_run *run, ech_id id)
{
    const struct ech_person *person = &run->people[id];
    if (!may_run(run, person)) {
        return;
    }
    run->candidates[run->n_candidates++] = (struct ech_candidate){
        .merit = person->merit,
        .id = id,
        .unit = person->unit,
        .level_month = person->level_month,
        .since = ech_candidate_since(person, run->pool_level),
        .level = person->level,
        .listed = person->listed,
        .fallen = person->fallen,
        .gone = person->next_post != ECH_NONE || person->moved_month == run->month ||
                ech_is_away(run, person)};
}

/* Somebody leaves the chain in which he stands. */
static void unlink_rung(struct ech_run *run, const struct ech_rung *rung)
{
    if (rung->previous == ECH_NONE) {
        run->rung_first[rung->at] = rung->next;
    } else {
        run->rungs[rung->previous].next = rung->next;
    }
    if (rung->next != ECH_NONE) {
        run->rungs[rung->next].previous = rung->previous;
    }
}

void ech_pool_stand(struct ech_run *run, ech_id id)
{
    const struct ech_person *person = &run->people[id];
    struct ech_rung *rung = &run->rungs[id];
    bool stands = person->presence == ECH_SERVING && person->track == ECH_ADMIN;
    int at = stands ? person->unit * run->scenario->n_levels + person->level : ECH_NONE;
    if (at == rung->at) {
        return;
    }
    if (rung->at != ECH_NONE) {
        unlink_rung(run, rung);
    }
    *rung = (struct ech_rung){.at = at, .next = ECH_NONE, .previous = ECH_NONE};
    if (at != ECH_NONE) {
        rung->next = run->rung_first[at];
        run->rung_first[at] = id;
    }
    if (rung->next != ECH_NONE) {
        run->rungs[rung->next].previous = id;
    }
}

void ech_pool_start(struct ech_run *run)
{
    for (ech_id id = 0; id < run->n_people; id++) {
        ech_pool_stand(run, id);
    }
}

const struct ech_pool_unit *ech_pool_collect(struct ech_run *run, ech_id unit)
{
    struct ech_pool_unit *pool = &run->pool_units[unit];
    if (pool->stamp != run->pool_stamp) {
        const ech_id *firsts = run->rung_first + unit * run->scenario->n_levels;
        pool->stamp = run->pool_stamp;
        pool->first = run->n_candidates;
        for (int level = run->pool_level > 0 ? run->pool_level - 1 : 0; level <= run->pool_level;
             level++) {
            for (ech_id id = firsts[level]; id != ECH_NONE; id = run->rungs[id].next) {
                add(run, id);
            }
        }
        pool->n = run->n_candidates - pool->first;
    }
    return pool;
}

/* By unit, whether its candidates are judged for a row. */
static uint8_t *judged_of(const struct ech_run *run, int row)
{
    return run->judged + (size_t)row * (size_t)run->scenario->n_units;
}

/* Begins a row, or takes it over from openings that ask something else. */
static struct ech_pool_row *row_of(struct ech_run *run, const struct ech_opening *opening)
{
    struct ech_pool_row *row = &run->pool_rows[opening->row];
    int asks = run->asks[opening->post];
    if (row->stamp != run->pool_stamp || row->asks != asks) {
        int n_types = run->scenario->n_types;
        *row = (struct ech_pool_row){
            .stamp = run->pool_stamp, .asks = asks, .policy = opening->demand.policy};
        memset(ech_pool_tally(run, opening->row, ECH_NONE), 0,
               (size_t)(n_types + 1) * sizeof *run->tallies);
        memset(judged_of(run, opening->row), 0, (size_t)run->scenario->n_units);
    }
    return row;
}

static void tally(struct ech_run *run, int row, ech_id unit, unsigned failed, int by)
{
    ech_rejections_note(ech_pool_tally(run, row, run->scenario->units[unit].type), failed, by);
    ech_rejections_note(ech_pool_tally(run, row, ECH_NONE), failed, by);
}

static void judge(struct ech_run *run, int row, const struct ech_demand *demand, int i)
{
    const struct ech_candidate *candidate = &run->candidates[i];
    const struct ech_person *person = &run->people[candidate->id];
    unsigned *failed = &ech_pool_failed(run, row)[i];
    *failed = ECH_NOT_RUNNING;
    if (candidate->gone || !ech_is_candidate(run, person, demand->kind)) {
        return;
    }
    *failed =
        ech_eligibility_failed(run, person, demand) | ech_eligibility_failed_list(person, demand);
    if (*failed == 0) {
        ech_pool_suited(run, row)[run->pool_rows[row].n_suited++] = i;
        return;
    }
    if (!ech_pool_draws(demand->policy, candidate)) {
        tally(run, row, candidate->unit, *failed, 1);
    }
    if (demand->policy->selection_nobody == ECH_NOBODY_RELAX &&
        ech_exception_possible(run, person, demand, *failed)) {
        ech_pool_waivable(run, row)[run->pool_rows[row].n_waivable++] = i;
    }
    if (candidate->since >= run->month - 1) {
        run->pool_rows[row].n_fresh++;
        *ech_pool_fresh(run, row) = i;
    }
}

const struct ech_pool_unit *ech_pool_judge(struct ech_run *run, const struct ech_opening *opening,
                                           ech_id unit)
{
    const struct ech_pool_unit *pool = ech_pool_collect(run, unit);
    (void)row_of(run, opening);
    uint8_t *judged = judged_of(run, opening->row);
    struct ech_demand demand = opening->demand;
    demand.unit = ECH_NONE;
    for (int i = pool->first; i < pool->first + pool->n && !judged[unit]; i++) {
        judge(run, opening->row, &demand, i);
    }
    judged[unit] = 1;
    return pool;
}

const struct ech_pool_row *ech_pool_judge_all(struct ech_run *run,
                                              const struct ech_opening *opening)
{
    const struct ech_county *county = run->county;
    struct ech_pool_row *row = row_of(run, opening);
    for (ech_id unit = county->first_unit;
         unit < county->first_unit + county->n_units && !row->is_whole; unit++) {
        (void)ech_pool_judge(run, opening, unit);
    }
    row->is_whole = true;
    return row;
}

/* What a row has noted of somebody does not count any more. */
static void forget(struct ech_run *run, int row, int i)
{
    const struct ech_candidate *candidate = &run->candidates[i];
    const struct ech_pool_row *facts = &run->pool_rows[row];
    unsigned *failed = &ech_pool_failed(run, row)[i];
    if (facts->stamp != run->pool_stamp || !judged_of(run, row)[candidate->unit] ||
        *failed == ECH_NOT_RUNNING) {
        return;
    }
    if (*failed != 0 && !ech_pool_draws(facts->policy, candidate)) {
        tally(run, row, candidate->unit, *failed, -1);
    }
    *failed = ECH_NOT_RUNNING;
}

void ech_pool_drop(struct ech_run *run, ech_id id)
{
    const struct ech_pool_unit *pool = &run->pool_units[run->people[id].unit];
    if (pool->stamp != run->pool_stamp) {
        return; /* whoever collects him later sees that he is gone */
    }
    int i = pool->first;
    while (i < pool->first + pool->n && run->candidates[i].id != id) {
        i++;
    }
    if (i == pool->first + pool->n || run->candidates[i].gone) {
        return;
    }
    for (int row = 0; row < run->n_pool_rows; row++) {
        forget(run, row, i);
    }
    run->candidates[i].gone = 1;
}
