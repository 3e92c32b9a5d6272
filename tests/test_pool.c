/* Openings that ask the same share what is noted of the candidates: nobody can tell by what happens. */
#include "model/eligibility.h"
#include "model/pool.h"
#include "model/rungs.h"
#include "model/state.h"
#include "random_scenario.h"

/* Whoever looks finds nothing that another opening has noted. */
static void let_nobody_share(const struct ech_run *run, const char *process, void *context)
{
    (void)process;
    (void)context;
    for (ech_id post = 0; post < run->scenario->n_posts; post++) {
        run->asks[post] = post;
    }
}

static void check_file(const char *path)
{
    struct ech_scenario s = {0};
    load_file(path, &s);
    struct table shared = run_table(&s, 1, 1, NULL, NULL);
    struct table alone = run_table(&s, 1, 1, let_nobody_share, NULL);
    assert_same_output(&shared, &alone);
    free_table(&shared);
    free_table(&alone);
    ech_scenario_free(&s);
}

static void test_sharing_changes_nothing_under_any_rules(void **state)
{
    (void)state;
    check_file(BASELINE);
    check_file(ECH_SOURCE_DIR "/tests/verify/everything.yaml");
    random_scenarios_check(check_file);
}

/* The log looks at everybody, one by one. */
static void count_rejections(void *context, const struct ech_event *event)
{
    int64_t *n = context;
    for (int clause = 0; clause < ECH_N_CLAUSES && event->type == ECH_EV_REJECT; clause++) {
        const char *name = ech_clause_names[clause];
        char others[1000], with[100];
        snprintf(others, sizeof others, ";%s;%s;", event->cause, event->detail);
        snprintf(with, sizeof with, ";%s;", name);
        n[clause] += strstr(others, with) != NULL;
    }
}

static void check_log(const char *path)
{
    struct ech_scenario s = {0};
    int64_t n[ECH_N_CLAUSES] = {0};
    const struct ech_sink sink = {count_rejections, n};
    load_file(path, &s);
    run_log(&s, 1, 1, NULL, &sink);
    struct table t = run_table(&s, 1, 1, NULL, NULL);
    for (int clause = 0; clause < ECH_N_CLAUSES; clause++) {
        assert_int_equal(n[clause], county_total(&t, ECH_M_rejections_CLAUSE, clause));
    }
    free_table(&t);
    ech_scenario_free(&s);
}

static void test_tallies_are_the_rejections_of_the_log(void **state)
{
    (void)state;
    check_log(BASELINE);
    random_scenarios_check(check_log);
}

/** What the pool notes of a candidate under a policy. */
struct noted {
    unsigned failed;
    bool waivable;
    bool draws;
};

static struct noted noted_of(const struct ech_run *run, const struct ech_person *person,
                             const struct ech_demand *demand)
{
    unsigned failed =
        ech_eligibility_failed(run, person, demand) | ech_eligibility_failed_list(person, demand);
    return (struct noted){.failed = failed,
                          .waivable = demand->policy->selection_nobody == ECH_NOBODY_RELAX &&
                                      ech_exception_possible(run, person, demand, failed),
                          .draws = ech_pool_draws(demand->policy, person)};
}

/* Whether anything noted of anybody differs between two policies. */
static bool differs(const struct ech_run *run, const struct ech_params *a,
                    const struct ech_params *b)
{
    bool any = false;
    for (int i = 0; i < run->n_people * run->scenario->n_kinds && !any; i++) {
        const struct ech_person *person = &run->people[i / run->scenario->n_kinds];
        const struct ech_post_kind *kind = &run->scenario->kinds[i % run->scenario->n_kinds];
        if (person->presence != ECH_SERVING || !ech_is_candidate(run, person, kind)) {
            continue;
        }
        struct ech_demand demand = {.kind = kind, .policy = a, .unit = ECH_NONE};
        struct noted first = noted_of(run, person, &demand);
        demand.policy = b;
        struct noted second = noted_of(run, person, &demand);
        any = first.failed != second.failed || first.waivable != second.waivable ||
              first.draws != second.draws;
    }
    return any;
}

/** How often the hook was called, and how many verdicts it has compared. */
struct compared {
    int n_calls;
    int64_t n;
};

static bool is_judged(const struct ech_run *run, int slot, ech_id unit)
{
    return run->pool_rows[slot].asks != ECH_NONE &&
           run->judged[slot * run->most_units + unit - run->county->first_unit];
}

/* Whether a set holds somebody exactly where this is so. */
static void check_set(const struct ech_run *run, int slot, enum ech_pool_set set, ech_id id,
                      bool in)
{
    assert_int_equal(ech_pool_has(ech_pool_set(run, slot, set), id), in);
}

/* What a row keeps of somebody against what he is found to be now. */
static void check_verdict(const struct ech_run *run, ech_id level, int row, ech_id id)
{
    const struct ech_person *person = &run->people[id];
    int slot = ech_pool_slot(run, level, row);
    unsigned kept = ech_pool_failed(run, row, person->level < level)[id];
    struct ech_demand demand = ech_demand_of(run, run->pool_rows[slot].post);
    bool runs = person->next_post == ECH_NONE && person->moved_month != run->month &&
                !ech_is_away(run, person) && ech_is_candidate(run, person, demand.kind);
    demand.unit = ECH_NONE;
    struct noted fresh =
        runs ? noted_of(run, person, &demand) : (struct noted){.failed = ECH_NOT_RUNNING};
    bool fails = runs && fresh.failed != 0;
    assert_int_equal(kept, fresh.failed);
    check_set(run, slot, ECH_POOL_SUITED, id, fresh.failed == 0);
    check_set(run, slot, ECH_POOL_FRESH, id,
              fails && ech_candidate_since(person, level) >= run->month - 1);
    check_set(run, slot, ECH_POOL_WAIVABLE, id, fails && fresh.waivable);
    check_set(run, slot, ECH_POOL_DRAWN, id, fails && fresh.draws);
}

/* The tally of the county in a row is what its verdicts sum up to. */
static void check_tally(const struct ech_run *run, ech_id level, int row)
{
    struct ech_rejections sum = {0};
    int slot = ech_pool_slot(run, level, row);
    const struct ech_rejections *kept = ech_pool_tally(run, slot, ECH_NONE);
    for (ech_id id = 0; id < run->n_people; id++) {
        int rung = run->footing[id].rung;
        ech_id at = rung != ECH_NONE ? rung % run->scenario->n_levels : ECH_NONE;
        ech_id unit = rung / run->scenario->n_levels + run->county->first_unit;
        if (rung == ECH_NONE || at > level || at < level - 1 || !is_judged(run, slot, unit)) {
            continue;
        }
        unsigned failed = ech_pool_failed(run, row, at < level)[id];
        if (failed != 0 && failed != ECH_NOT_RUNNING &&
            !ech_pool_has(ech_pool_set(run, slot, ECH_POOL_DRAWN), id)) {
            ech_rejections_note(&sum, failed, 1);
        }
    }
    assert_int_equal(kept->n, sum.n);
    for (int clause = 0; clause < ECH_N_CLAUSES && sum.n > 0; clause++) {
        assert_int_equal(kept->failed[clause], sum.failed[clause]);
        assert_int_equal(kept->only[clause], sum.only[clause]);
    }
}

/* Everybody who serves on the administrative track stands on his rung, and nobody else anywhere. */
static void check_rungs(const struct ech_run *run)
{
    ech_id *ids = calloc((size_t)run->capacity, sizeof *ids);
    int n = 0;
    assert_non_null(ids);
    for (int rung = 0; rung < run->county->n_units * run->scenario->n_levels; rung++) {
        int n_here = ech_rungs_list(run, rung, ids);
        n += n_here;
        for (int i = 0; i < n_here; i++) {
            const struct ech_person *person = &run->people[ids[i]];
            assert_int_equal(rung, ech_rung_of(run, person->unit, person->level));
        }
    }
    for (ech_id id = 0; id < run->n_people; id++) {
        n -= run->people[id].presence == ECH_SERVING && run->people[id].track == ECH_ADMIN;
    }
    assert_int_equal(n, 0);
    free(ids);
}

/* After one process or another, but never the same one twice running. */
static void compare_kept(const struct ech_run *run, const char *process, void *context)
{
    struct compared *compared = context;
    (void)process;
    if (compared->n_calls++ % 7 != 0) {
        return;
    }
    for (int slot = 0; slot < run->scenario->n_levels * run->n_pool_rows; slot++) {
        ech_id level = slot / run->n_pool_rows;
        for (ech_id id = 0; id < run->n_people; id++) {
            const struct ech_person *person = &run->people[id];
            if (run->judge_due[id] > run->month && run->footing[id].rung != ECH_NONE &&
                person->level <= level && person->level >= level - 1 &&
                is_judged(run, slot, person->unit)) {
                check_verdict(run, level, slot % run->n_pool_rows, id);
                compared->n++;
            }
        }
        if (run->pool_rows[slot].asks != ECH_NONE) {
            check_tally(run, level, slot % run->n_pool_rows);
        }
    }
    check_rungs(run);
}

static void check_kept(const char *path)
{
    struct ech_scenario s = {0};
    struct compared compared = {0};
    load_file(path, &s);
    struct table t = run_table(&s, 1, 1, compare_kept, &compared);
    assert_true(compared.n > 0 || county_total(&t, ECH_M_openings_NONE, 0) == 0);
    free_table(&t);
    ech_scenario_free(&s);
}

static void test_kept_verdicts_are_those_of_today(void **state)
{
    (void)state;
    check_kept(BASELINE);
    check_kept(ECH_SOURCE_DIR "/tests/verify/everything.yaml");
    check_kept(ECH_SOURCE_DIR "/bench/small_model.yaml");
    random_scenarios_check(check_kept);
}

/* A number of a row other than the one in force: either end, or between them. */
static double number_of(const struct ech_param_row *row, int i)
{
    double whole = floor((row->min + row->max) / 2);
    const double numbers[] = {row->min, row->max, whole,
                              row->min + 1 < row->max ? row->min + 1 : whole};
    return numbers[i];
}

struct found {
    bool differs[ECH_N_PARAMS];
    bool told[ECH_N_PARAMS];
};

/* Records that few have by chance, so that no clause is idle. */
static void write_records(const struct ech_run *run)
{
    for (ech_id id = 0; id < run->n_people; id++) {
        struct ech_person *person = &run->people[id];
        bool thrice = person->key % 3 == 0;
        person->rating = thrice ? ECH_RATING_EXCELLENT : (uint8_t)(person->key / 8 % ECH_N_RATINGS);
        person->earlier_ratings[0] = person->earlier_ratings[1] = person->rating;
        person->trained_month = run->month - (int)(person->key / 64 % 48);
        person->fallen = person->key / 512 % 5 == 0;
    }
}

/* Each row alone is set otherwise in a copy of a policy. */
static void flip_rows(const struct ech_run *run, const char *process, void *context)
{
    struct found *found = context;
    if (strcmp(process, "filling") != 0 || run->month % 20 != 13) {
        return;
    }
    write_records(run);
    for (int i = 0; i < 4 * ECH_N_PARAMS; i++) {
        const struct ech_param_row *row = &ech_param_rows[i / 4];
        struct ech_params base = *ech_policy_post(run, 0);
        struct ech_params other = base;
        ech_param_set(&other, row, number_of(row, i % 4));
        if (differs(run, &base, &other)) {
            found->differs[i / 4] = true;
            if (ech_eligibility_is_same(&base, &other)) {
                fail_msg("ech_eligibility_is_same does not look at %s.%s", row->group, row->name);
            }
        }
        found->told[i / 4] |= !ech_eligibility_is_same(&base, &other);
    }
}

static void test_every_value_that_is_asked_for_tells_openings_apart(void **state)
{
    (void)state;
    struct ech_scenario s = {0};
    struct found found = {{0}, {0}};
    load_text("extends: " BASELINE "\nname: asked\nyears: 6\n"
              "policy: {assessment.held: true, eligibility.exam_pass: 0.7,\n"
              "  assessment.three_months: 7, selection.nobody: relax, upagain.weight: 0.6,\n"
              "  eligibility.base_time: 11, eligibility.min_rating: basic,\n"
              "  training.seats: 30, eligibility.trained_within: 29,\n"
              "  eligibility.hidden_posts: 1, reserve.use: required}\n",
              &s);
    struct table t = run_table(&s, 3, 1, flip_rows, &found);
    for (int i = 0; i < ECH_N_PARAMS; i++) {
        if (found.told[i] && !found.differs[i]) {
            fail_msg("nobody notices %s.%s", ech_param_rows[i].group, ech_param_rows[i].name);
        }
    }
    free_table(&t);
    ech_scenario_free(&s);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_sharing_changes_nothing_under_any_rules),
        cmocka_unit_test(test_tallies_are_the_rejections_of_the_log),
        cmocka_unit_test(test_kept_verdicts_are_those_of_today),
        cmocka_unit_test(test_every_value_that_is_asked_for_tells_openings_apart),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
