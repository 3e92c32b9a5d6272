#include "model/run.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>

#include "model/assessment.h"
#include "model/declines.h"
#include "model/discipline.h"
#include "model/entries.h"
#include "model/exits.h"
#include "model/filling.h"
#include "model/finding.h"
#include "model/grades.h"
#include "model/incidents.h"
#include "model/performance.h"
#include "model/pool.h"
#include "model/rungs.h"
#include "model/secondment.h"
#include "model/selection.h"
#include "model/state.h"
#include "model/steps.h"
#include "model/stocks.h"
#include "model/strain.h"
#include "model/training.h"
#include "model/unit_stocks.h"
#include "model/widest.h"

/* The month: its processes in their order, as docs/ODD.md tells them. */
static const struct {
    const char *name;
    void (*step)(struct ech_run *run);
} processes[] = {
    /* clang-format off */
    {"policy", ech_policy_step},
    {"clock", ech_clock_step},
    {"strain", ech_strain_step},
    {"probation", ech_probation_step},
    {"exits", ech_exits_step},
    {"stepdown", ech_stepdown_step},
    {"discipline", ech_discipline_step},
    {"incidents", ech_incidents_step},
    {"assessment", ech_assessment_step},
    {"grades", ech_grades_step},
    {"training", ech_training_step},
    {"commendation", ech_commendation_step},
    {"rotation", ech_rotation_step},
    {"rotation_plan", ech_rotation_plan_step},
    {"conflict", ech_conflict_step},
    {"terms", ech_terms_step},
    {"secondment", ech_secondment_step},
    {"above", ech_above_step},
    {"wishes", ech_wishes_step},
    {"filling", ech_filling_step},
    {"terms_after", ech_terms_after_step},
    {"entries", ech_entries_step},
    {"hiring", ech_hiring_step},
    {"reserve", ech_reserve_step},
    {"record", ech_record_step},
    /* clang-format on */
};
enum { N_PROCESSES = sizeof processes / sizeof processes[0] };

/* Most places that a unit's track ever has, overrun included: bounds people for all months. */
static int most_places(const struct ech_scenario *scenario, ech_id unit, enum ech_track track)
{
    int base = scenario->units[unit].establishment[track];
    int most = base;
    bool grows = track == ECH_ADMIN && !scenario->units[unit].free;
    for (int e = 0; e < scenario->n_epochs && grows; e++) {
        const struct ech_params *policy = ech_scenario_params(scenario, e, unit, 0);
        int limit = base + policy->establishment_extra + policy->establishment_overrun;
        most = limit > most ? limit : most;
    }
    return most;
}

/* What some policy needs memory for. */
static bool rates(const struct ech_params *policy)
{
    return policy->assessment_held;
}
static bool seconds(const struct ech_params *policy)
{
    return policy->secondment_down > 0 || policy->secondment_up > 0;
}
static bool trains(const struct ech_params *policy)
{
    return policy->training_seats > 0 || policy->training_appointees;
}
static bool strains(const struct ech_params *policy)
{
    return policy->strain_load_gain > 0 || policy->strain_accountability_gain > 0;
}
static bool varies_in_taste(const struct ech_params *policy)
{
    return policy->taste_sigma > 0;
}
static bool lets_apply(const struct ech_params *policy)
{
    return policy->move_request_share > 0;
}

/* Rows of an array of people that is kept where some policy needs it alone. */
static int rows_if(const struct ech_run *run, bool (*needs)(const struct ech_params *policy))
{
    const struct ech_scenario *scenario = run->scenario;
    bool any = false;
    for (int i = 0; i < scenario->n_sets; i++) {
        any |= needs(&scenario->sets[i]);
    }
    return any ? run->capacity : 0;
}

/* Takes arrays one after the other from one block; without a block it only adds up their sizes. An array
   without rows is NULL. */
struct carver {
    char *block;
    size_t used;
};

enum { ALIGNMENT = 64 }; /* a cache line */

static void *carve(struct carver *carver, int n, size_t size)
{
    size_t at = (carver->used + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
    carver->used = at + (size_t)n * size;
    return carver->block == NULL || n == 0 ? NULL : carver->block + at;
}

/* Who stands where, and what openings note of their candidates. */
static void carve_pool(struct ech_run *run, struct carver *carver)
{
    const struct ech_scenario *scenario = run->scenario;
    int n = scenario->n_levels * run->n_pool_rows;
    run->asks = carve(carver, scenario->n_posts, sizeof *run->asks);
    run->rungs = carve(carver, run->most_rungs, sizeof *run->rungs);
    run->footing = carve(carver, run->capacity, sizeof *run->footing);
    run->rung_blocks = carve(carver, run->n_rung_blocks, sizeof *run->rung_blocks);
    run->pool_rows = carve(carver, n, sizeof *run->pool_rows);
    run->judged = carve(carver, n * run->most_units, sizeof *run->judged);
    run->tallies = carve(carver, n * (scenario->n_types + 1), sizeof *run->tallies);
    run->pool_sets = carve(carver, n * ECH_N_POOL_SETS * run->n_set_words, sizeof *run->pool_sets);
    run->failed = carve(carver, 2 * run->n_pool_rows * run->capacity, sizeof *run->failed);
    run->judge_due = carve(carver, run->capacity, sizeof *run->judge_due);
}

/* All memory of a run; the establishment bounds the people: everybody holds at least one place, but for
   those in units with free head count, whom the initial people and the plan of entries bound. */
static void carve_arrays(struct ech_run *run, struct carver *carver)
{
    const struct ech_scenario *scenario = run->scenario;
    int n_ranks = run->capacity + scenario->n_posts + scenario->n_units;
    int n_unit_slots = scenario->n_units * run->layout.n_unit;
    run->people = carve(carver, run->capacity, sizeof *run->people);
    run->away = carve(carver, rows_if(run, seconds), sizeof *run->away);
    run->training = carve(carver, rows_if(run, trains), sizeof *run->training);
    run->course_due = carve(carver, rows_if(run, trains), sizeof *run->course_due);
    run->exit_threshold = carve(carver, run->capacity, sizeof *run->exit_threshold);
    run->exit_key = carve(carver, run->capacity, sizeof *run->exit_key);
    run->exit_refresh = carve(carver, run->capacity, sizeof *run->exit_refresh);
    run->wish_bound = carve(carver, rows_if(run, lets_apply), sizeof *run->wish_bound);
    run->strain = carve(carver, rows_if(run, strains), sizeof *run->strain);
    run->taste = carve(carver, rows_if(run, varies_in_taste), sizeof *run->taste);
    run->posts = carve(carver, scenario->n_posts, sizeof *run->posts);
    run->vacant = carve(carver, scenario->n_posts, sizeof *run->vacant);
    run->overdue_from = carve(carver, scenario->n_posts, sizeof *run->overdue_from);
    run->units = carve(carver, scenario->n_units, sizeof *run->units);
    run->places = carve(carver, run->n_places, sizeof *run->places);
    run->free_rows = carve(carver, run->capacity, sizeof *run->free_rows);
    run->unit_own = carve(carver, n_unit_slots, sizeof *run->unit_own);
    run->unit_stock = carve(carver, n_unit_slots, sizeof *run->unit_stock);
    run->unit_counted = carve(carver, scenario->n_units, sizeof *run->unit_counted);
    run->performers = carve(carver, scenario->n_posts, sizeof *run->performers);
    run->type_own = carve(carver, scenario->n_types * run->layout.n, sizeof *run->type_own);
    run->type_stock = carve(carver, scenario->n_types * run->layout.n, sizeof *run->type_stock);
    run->counted = carve(carver, run->capacity, sizeof *run->counted);
    run->recount = carve(carver, run->capacity, sizeof *run->recount);
    run->pool = carve(carver, run->capacity, sizeof *run->pool);
    run->lively = carve(carver, run->capacity, sizeof *run->lively);
    carve_pool(run, carver);
    run->drawn = carve(carver, run->n_drawn, sizeof *run->drawn);
    run->ranks = carve(carver, n_ranks, sizeof *run->ranks);
    run->values = (void *)run->ranks;
    run->classes = run->ranks != NULL ? (void *)(run->ranks + scenario->n_posts) : NULL;
    run->movers = run->lively;
    run->block_of = run->lively;
    int n_cells = scenario->n_recruitments > 0 ? scenario->n_units * scenario->n_levels : 0;
    run->level_heads = carve(carver, n_cells, sizeof *run->level_heads);
    run->level_start = carve(carver, n_cells, sizeof *run->level_start);
    run->blocked = carve(carver, run->capacity, sizeof *run->blocked);
    run->listed_before = carve(carver, run->capacity, sizeof *run->listed_before);
    run->asking = carve(carver, scenario->n_posts, sizeof *run->asking);
    run->open = carve(carver, scenario->n_posts, sizeof *run->open);
    run->findings = carve(carver, scenario->n_posts, sizeof *run->findings);
    run->choices = carve(carver, scenario->n_posts, sizeof *run->choices);
    run->assessed = carve(carver, rows_if(run, rates), sizeof *run->assessed);
    run->teams = carve(carver, scenario->n_units, sizeof *run->teams);
    run->pool_end = carve(carver, ech_rating_pools(scenario), sizeof *run->pool_end);
    run->declined = carve(carver, run->most_posts * run->n_decline_words, sizeof *run->declined);
}

/* Whether some policy lets openings ask for exams or votes. */
static bool asks_again(const struct ech_scenario *scenario)
{
    for (int i = 0; i < scenario->n_sets; i++) {
        const struct ech_params *policy = &scenario->sets[i];
        if (policy->eligibility_exam_pass < 1 || policy->selection_rule == ECH_SELECT_VOTES ||
            policy->selection_rule == ECH_SELECT_MIX) {
            return true;
        }
    }
    return false;
}

/* Sizes of the whole scenario's places and of its largest county's people. */
static void measure(struct ech_run *run, const struct ech_scenario *scenario)
{
    run->scenario = scenario;
    run->layout = ech_measure_layout(scenario->n_levels);
    for (int c = 0; c < scenario->n_counties; c++) {
        const struct ech_county *county = &scenario->counties[c];
        int n = 1;
        for (ech_id u = county->first_unit; u < county->first_unit + county->n_units; u++) {
            n += most_places(scenario, u, ECH_ADMIN) + most_places(scenario, u, ECH_INSTITUTION);
        }
        run->n_places += n - 1;
        n += (int)ech_scenario_free_people(scenario, county);
        run->capacity = n > run->capacity ? n : run->capacity;
        run->most_posts = county->n_posts > run->most_posts ? county->n_posts : run->most_posts;
        run->most_units = county->n_units > run->most_units ? county->n_units : run->most_units;
    }
    run->n_decline_words = ech_declines_words(scenario, run->capacity);
    run->n_pool_rows = ech_pool_most_rows(scenario);
    run->n_set_words = (run->capacity + 63) / 64;
    run->most_rungs = run->most_units * scenario->n_levels;
    run->n_rung_blocks = ech_rungs_most_blocks(run->capacity, run->most_rungs);
    run->n_drawn = asks_again(scenario) ? run->capacity : 0;
}

/* Where each unit's places stand; does not change between replications. */
static void lay_out_places(struct ech_run *run)
{
    int first = 0;
    for (ech_id unit = 0; unit < run->scenario->n_units; unit++) {
        struct ech_unit_state *state = &run->units[unit];
        for (int track = 0; track < ECH_N_TRACKS; track++) {
            state->first_place[track] = first;
            state->max_places[track] = most_places(run->scenario, unit, (enum ech_track)track);
            first += state->max_places[track];
        }
    }
}

size_t ech_run_bytes(const struct ech_scenario *scenario)
{
    struct ech_run run = {0};
    struct carver carver = {0};
    measure(&run, scenario);
    carve_arrays(&run, &carver);
    return sizeof run + carver.used;
}

enum ech_status ech_run_create(const struct ech_scenario *scenario, struct ech_run **run,
                               struct ech_error *error)
{
    struct ech_run *made = calloc(1, sizeof *made);
    struct carver carver = {0};
    *run = NULL;
    if (made != NULL) {
        measure(made, scenario);
        carve_arrays(made, &carver);
        carver.block = aligned_alloc(ALIGNMENT, (carver.used / ALIGNMENT + 1) * ALIGNMENT);
        made->block = carver.block;
    }
    if (carver.block == NULL) {
        free(made);
        return ech_fail(error, ECH_ERR_MEMORY,
                        (struct ech_facts){.what = "preparing a run of the scenario"});
    }
    memset(carver.block, 0, carver.used);
    carver.used = 0;
    carve_arrays(made, &carver);
    lay_out_places(made);
    *run = made;
    return ECH_OK;
}

void ech_run_free(struct ech_run *run)
{
    if (run != NULL) {
        free(run->block);
        free(run);
    }
}

struct ech_layout ech_run_layout(const struct ech_run *run)
{
    return run->layout;
}

void ech_run_set_check(struct ech_run *run, ech_check_fn check, void *context)
{
    run->check = check;
    run->check_context = context;
}

static void empty_unit(struct ech_run *run, ech_id unit)
{
    struct ech_unit_state *state = &run->units[unit];
    for (int track = 0; track < ECH_N_TRACKS; track++) {
        state->taken[track] = 0;
        state->heads[track] = 0;
        for (int i = 0; i < state->max_places[track]; i++) {
            run->places[state->first_place[track] + i] = ECH_NONE;
        }
    }
    state->away = 0;
    state->training = 0;
    state->chief_rotated = ECH_LONG_AGO;
    state->had_break = false;
    state->last_head = 0;
    state->post_months = 0;
    state->vacant_months = 0;
}

/* Nobody is in the county and nothing is held. */
static void empty_county(struct ech_run *run)
{
    const struct ech_county *county = run->county;
    ech_stocks_empty(run);
    run->n_people = 0;
    run->n_pending = 0;
    run->n_free_rows = 0;
    run->rotated_in_year = 0;
    run->excepted_in_year = 0;
    run->n_upward = 0;
    run->probation_on = false;
    run->n_away = 0;
    run->n_training = 0;
    run->n_courses = 0;
    run->n_blocked = 0;
    run->month = 0;
    run->epoch = 0;
    for (ech_id unit = county->first_unit; unit < county->first_unit + county->n_units; unit++) {
        empty_unit(run, unit);
    }
    ech_pool_empty(run);
    for (ech_id post = county->first_post; post < county->first_post + county->n_posts; post++) {
        ech_declines_forget_post(run, post);
        run->vacant[post] = 1;
        run->overdue_from[post] = ECH_LONG_AGO;
        run->posts[post] = (struct ech_post_state){.holder = ECH_NONE,
                                                   .nominee = ECH_NONE,
                                                   .last_tried = ECH_LONG_AGO,
                                                   .done_month = ECH_LONG_AGO,
                                                   .chain_post = ECH_NONE,
                                                   .pledge = ECH_NONE,
                                                   .reason = ECH_VACANT_NOBODY};
        run->posts[post].opening = ech_opening_key(run, post);
        run->findings[post].month = ECH_LONG_AGO;
    }
}

/* Units begin with what stands in them, types and the county get theirs at the month's end. */
static void begin_month(struct ech_run *run)
{
    const struct ech_county *county = run->county;
    size_t n_unit = (size_t)run->layout.n_unit;
    size_t n_types = (size_t)(run->scenario->n_types * run->layout.n);
    size_t month = (size_t)run->month;
    run->unit_now = run->unit_own;
    run->type_now = run->type_own;
    if (run->output != NULL) {
        run->unit_now = run->output->unit + month * (size_t)run->scenario->n_units * n_unit;
    }
    if (run->output != NULL && run->county_row == 0) {
        run->type_now = run->output->type + month * n_types;
    }
    memcpy(run->unit_now + (size_t)county->first_unit * n_unit,
           run->unit_stock + (size_t)county->first_unit * n_unit,
           (size_t)county->n_units * n_unit * sizeof *run->unit_now);
    memset(run->type_now, 0, n_types * sizeof *run->type_now);
}

ECH_WIDEST static void add_counters(int64_t *restrict sums, const int64_t *restrict now, int n)
{
    for (int i = 0; i < n; i++) {
        sums[i] += now[i];
    }
}

/* Units, and the types of the first county, were counted where the caller wants them; the types of other
   counties are added to them, those of each county up to its own counters. */
static void end_month(struct ech_run *run)
{
    const struct ech_scenario *scenario = run->scenario;
    size_t n = (size_t)run->layout.n;
    size_t month = (size_t)run->month;
    if (run->output == NULL) {
        return;
    }
    int64_t *types = run->output->type + month * (size_t)scenario->n_types * n;
    int64_t *whole =
        run->output->county + (month * (size_t)scenario->n_counties + (size_t)run->county_row) * n;
    if (run->type_now != types) {
        add_counters(types, run->type_now, scenario->n_types * run->layout.n);
    }
    memcpy(whole, run->type_now, n * sizeof *whole);
    for (size_t type = 1; type < (size_t)scenario->n_types; type++) {
        add_counters(whole, run->type_now + type * n, run->layout.n);
    }
}

static void checkpoint(const struct ech_run *run, const char *process)
{
    if (run->check != NULL) {
        run->check(run, process, run->check_context);
    }
}

/* Month 0: the initial people, the first lists, the stocks; no flows. */
static enum ech_status start(struct ech_run *run, struct ech_error *error)
{
    empty_county(run);
    begin_month(run);
    ech_policy_apply(run);
    enum ech_status status = ech_initial_people(run, error);
    if (status != ECH_OK) {
        return status;
    }
    ech_pool_start(run);
    ech_entries_start(run);
    ech_strain_start(run);
    ech_training_start(run);
    ech_reserve_step(run);
    ech_record_step(run);
    checkpoint(run, "start");
    end_month(run);
    return ECH_OK;
}

static enum ech_status run_county(struct ech_run *run, struct ech_error *error)
{
    enum ech_status status = start(run, error);
    for (run->month = 1; run->month <= run->scenario->n_months && status == ECH_OK; run->month++) {
        begin_month(run);
        for (int i = 0; i < N_PROCESSES; i++) {
            processes[i].step(run);
            checkpoint(run, processes[i].name);
        }
        end_month(run);
    }
    return status;
}

enum ech_status ech_run_replication(struct ech_run *run, uint64_t seed, int replication,
                                    const struct ech_output *output, const struct ech_sink *sink,
                                    struct ech_error *error)
{
    const struct ech_scenario *scenario = run->scenario;
    enum ech_status status = ECH_OK;
    run->chance = (struct ech_chance){.seed = seed, .replication = (uint64_t)replication};
    run->output = output;
    run->sink = sink;
    for (int c = 0; c < scenario->n_counties && status == ECH_OK; c++) {
        run->county_row = c;
        run->county = &scenario->counties[c];
        status = run_county(run, error);
    }
    return status;
}
