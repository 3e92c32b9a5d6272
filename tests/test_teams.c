/* The table of team reviews: ranks that chance alone does not make, rules, and the CSV. */
#include "tests/results_files.h"

#include <math.h>

#include "results/teams.h"

enum { N = 4, MONTHS = 30, UNITS = 9 };

/* What a unit has in each replication; month 12 and later as at the start. */
struct made {
    int posts;
    int leaders[N];
    int age; /* years of each leader */
    int long_in_post[N];
    int met[ECH_N_DEMANDS][N];
    int lacks[ECH_N_SPECIALTIES][N];
};

#define ALWAYS                                                                                     \
    {                                                                                              \
        1, 1, 1, 1                                                                                 \
    }
static const struct made sound = {.posts = 5,
                                  .leaders = {5, 5, 5, 5},
                                  .age = 45,
                                  .met = {ALWAYS, ALWAYS, ALWAYS, ALWAYS, ALWAYS, ALWAYS}};
/* Two posts vacant, a woman in half of the replications, nobody of law, and the oldest. */
static const struct made thin = {
    .posts = 6,
    .leaders = {4, 4, 4, 4},
    .age = 50,
    .met = {[ECH_DEMAND_WOMAN] = {0, 0, 1, 1},
            [ECH_DEMAND_AGES] = ALWAYS,
            [ECH_DEMAND_DEGREES] = ALWAYS,
            [ECH_DEMAND_TENURE] = ALWAYS},
    .lacks = {[ECH_SPECIALTY_FINANCE] = {1, 0, 0, 0}, [ECH_SPECIALTY_LAW] = ALWAYS}};
/* 2.5 leaders too long in post, a post vacant three times of four, each time another specialty. */
static const struct made settled = {.posts = 5,
                                    .leaders = {4, 4, 4, 5},
                                    .age = 46,
                                    .long_in_post = {3, 3, 2, 2},
                                    .met = {[ECH_DEMAND_POSTS] = {0, 0, 0, 1},
                                            [ECH_DEMAND_WOMAN] = ALWAYS,
                                            [ECH_DEMAND_AGES] = ALWAYS,
                                            [ECH_DEMAND_DEGREES] = ALWAYS},
                                    .lacks = {[ECH_SPECIALTY_FINANCE] = {1, 0, 0, 0},
                                              [ECH_SPECIALTY_LAW] = {0, 1, 0, 0},
                                              [ECH_SPECIALTY_AUDIT] = {0, 0, 1, 0},
                                              [ECH_SPECIALTY_AGRICULTURE] = {0, 0, 0, 1}}};
static const struct made deserted = {.posts = 6};

/* Units 1, 4, 7 are townships, 2, 5, 8 subdistricts; departments have no posts. */
static const struct made *const units[UNITS] = {&sound, &deserted, NULL,      &thin, &sound,
                                                NULL,   &settled,  &deserted, NULL};

static void fill_unit(const struct ech_layout *layout, const struct made *made, int r, int64_t *row)
{
    const int *first = layout->first;
    int met = 0, gaps = 0;
    row[first[ECH_M_posts_NONE]] = made->posts;
    row[first[ECH_M_leaders_NONE]] = made->leaders[r];
    row[first[ECH_M_leaders_age_months_NONE]] = made->leaders[r] * made->age * 12;
    row[first[ECH_M_leaders_long_NONE]] = made->long_in_post[r];
    row[first[ECH_M_teams_NONE]] = made->leaders[r] > 0;
    for (int d = 0; d < ECH_N_DEMANDS; d++) {
        row[first[ECH_M_team_met_DEMAND] + d] = made->met[d][r];
        met += made->met[d][r];
    }
    for (int s = 0; s < ECH_N_SPECIALTIES; s++) {
        row[first[ECH_M_team_gaps_SPECIALTY] + s] = made->lacks[s][r];
        gaps += made->lacks[s][r];
    }
    row[first[ECH_M_team_met_NONE]] = met;
    row[first[ECH_M_team_gaps_NONE]] = gaps;
    row[first[ECH_M_team_asked_NONE]] = made->leaders[r] > 0 ? ECH_N_DEMANDS : 0;
}

static void fill(const struct ech_scenario *scenario, int r, const struct ech_output *output)
{
    struct ech_layout layout = ech_measure_layout(scenario->n_levels);
    fixture_fill(scenario, r + 1, output);
    size_t n = (size_t)layout.n_unit;
    memset(output->unit, 0, (MONTHS + 1) * UNITS * n * sizeof *output->unit);
    for (int month = 0; month <= MONTHS; month++) {
        for (int u = 0; u < UNITS; u++) {
            if (units[u]) {
                fill_unit(&layout, units[u], r, &output->unit[(size_t)(month * UNITS + u) * n]);
            }
        }
    }
}

/* A file of one scenario with the first `n` replications. */
static struct ech_results *make(const char *name, int n)
{
    static struct fixture fixture;
    fixture_make(&fixture, "baseline", NULL, MONTHS, UNITS, 9);
    const struct ech_scenario *scenarios[] = {&fixture.scenario};
    struct ech_store_plan plan = {.path = files_path(name),
                                  .seed = 7,
                                  .n_replications = n,
                                  .n_scenarios = 1,
                                  .scenarios = scenarios};
    struct ech_error error = {0};
    struct ech_store *store = NULL;
    struct ech_intake intake;
    files_expect(ech_store_create(&plan, &store, &error), ECH_OK, &error);
    files_expect(ech_store_intake(store, 0, &intake, &error), ECH_OK, &error);
    for (int r = 0; r < n; r++) {
        fill(scenarios[0], r, ech_intake_output(&intake));
        ech_intake_add(&intake, r + 1);
        files_expect(ech_store_put(store, &intake, &error), ECH_OK, &error);
    }
    files_expect(ech_store_merge(store, &intake, &error), ECH_OK, &error);
    ech_intake_free(&intake);
    files_expect(ech_store_finish(store, &error), ECH_OK, &error);
    return files_open(files_path(name));
}

static struct ech_teams read_start(const struct ech_results *results)
{
    static const int start[] = {0};
    struct ech_error error = {0};
    struct ech_teams teams;
    files_expect(ech_teams_read(results, 0, start, 1, &teams, &error), ECH_OK, &error);
    assert_int_equal(teams.n, UNITS);
    return teams;
}

static const struct ech_team *find(const struct ech_results *results, const struct ech_teams *teams,
                                   const char *id)
{
    int group = ech_results_find_group(results, 0, id);
    for (int i = 0; i < teams->n; i++) {
        if (teams->team[i].group == group) {
            return &teams->team[i];
        }
    }
    fail();
    return NULL;
}

/* Indices 1, 0.583 (se 0.048) and 0.542 (se 0.042): of three teams with a mean variance of
   (0 + 0.00231 + 0.00174) / 3 two standard errors of a difference are 0.104. The first is clearly
   above, the other two are not apart. */
static void test_teams_rank_beyond_chance_only(void **state)
{
    struct ech_results *results = make("rank.db", N);
    struct ech_teams teams = read_start(results);
    const struct ech_team *first = find(results, &teams, "unit_01");
    const struct ech_team *second = find(results, &teams, "unit_04");
    const struct ech_team *third = find(results, &teams, "unit_07");
    assert_true(first < second && second < third);
    assert_true(fabs(second->index - 3.5 / 6) < 1e-6);
    assert_true(fabs(second->index_se - sqrt(4. / 3) / 24) < 1e-6);
    assert_true(fabs(third->index - 3.25 / 6) < 1e-6);
    assert_int_equal(first->rank, 1);
    assert_int_equal(first->n_equal, 1);
    assert_int_equal(second->rank, 2);
    assert_int_equal(second->n_equal, 2);
    assert_int_equal(third->rank, 2);
    assert_int_equal(third->n_equal, 2);
    ech_teams_free(&teams);
    ech_results_close(results);
}

/* One replication is all there is to say: what is above is above. */
static void test_one_replication_ranks_exactly(void **state)
{
    struct ech_results *results = make("one.db", 1);
    struct ech_teams teams = read_start(results);
    assert_int_equal(find(results, &teams, "unit_01")->rank, 1);
    assert_int_equal(find(results, &teams, "unit_04")->rank, 2); /* 3 of 6, as the next */
    assert_int_equal(find(results, &teams, "unit_07")->rank, 2);
    assert_true(isnan(find(results, &teams, "unit_04")->index_se));
    ech_teams_free(&teams);
    ech_results_close(results);
}

static unsigned bits(int a, int b, int c, int d)
{
    return 1U << a | 1U << b | 1U << c | 1U << d;
}

static void test_rules_name_what_fails_in_half_of_the_replications(void **state)
{
    struct ech_results *results = make("rules.db", N);
    struct ech_teams teams = read_start(results);
    const struct ech_team *team = find(results, &teams, "unit_01");
    assert_int_equal(team->advice, 0);
    team = find(results, &teams, "unit_04");
    assert_int_equal(team->advice, bits(ECH_DEMAND_POSTS, ECH_DEMAND_WOMAN, ECH_DEMAND_SPECIALTIES,
                                        ECH_ADVICE_OLDEST));
    assert_int_equal(ech_teams_to_fill(team), 2);
    assert_true(ech_teams_lacks(team, ECH_SPECIALTY_LAW));
    assert_false(ech_teams_lacks(team, ECH_SPECIALTY_FINANCE));
    team = find(results, &teams, "unit_07");
    assert_int_equal(team->advice, 1U << ECH_DEMAND_POSTS | 1U << ECH_DEMAND_TENURE);
    assert_int_equal(ech_teams_to_fill(team), 1);
    assert_int_equal(ech_teams_to_rotate(team), 3);
    team = find(results, &teams, "unit_02");
    assert_int_equal(team->advice, 1U << ECH_DEMAND_POSTS);
    assert_int_equal(ech_teams_to_fill(team), 6);
    assert_int_equal(team->rank, 0);
    assert_true(isnan(team->index));
    ech_teams_free(&teams);
    ech_results_close(results);
}

/* Whether a line begins and ends like this. */
static void assert_line(const char *text, const char *begin, const char *end)
{
    const char *at = strstr(text, begin);
    assert_non_null(at);
    assert_true(at[-1] == '\n');
    size_t length = strcspn(at, "\n");
    assert_true(length > strlen(end));
    assert_memory_equal(at + length - strlen(end), end, strlen(end));
}

static void test_the_csv_has_a_line_for_each_team_and_year(void **state)
{
    struct ech_results *results = make("csv.db", N);
    struct ech_error error = {0};
    char *text = NULL;
    size_t size = 0;
    int n_lines = 0, commas = 0;
    FILE *out = open_memstream(&text, &size);
    files_expect(ech_teams_csv(results, out, &error), ECH_OK, &error);
    fclose(out);
    for (const char *at = text; *at; at++) {
        n_lines += *at == '\n';
        commas += *at == ',';
    }
    assert_int_equal(n_lines, 1 + 4 * 6); /* months 0, 12, 24, 30; six units with posts */
    assert_int_equal(commas % n_lines, 0);
    assert_memory_equal(text, "scenario,month,date,type,unit,rank,equal,index,", 47);
    assert_line(text, "baseline,0,2019-08,township,unit_01,1,1,1,", ",");
    assert_line(text, "baseline,24,2021-08,township,unit_04,2,2,0.58333",
                ",fill:2 woman specialties:law oldest");
    assert_line(text, "baseline,30,2022-02,township,unit_07,2,2,0.54166", ",fill:1 rotate:3");
    assert_line(text, "baseline,12,2020-08,subdistrict,unit_02,NA,NA,NA,NA,6,0,6,NA,NA,NA,",
                ",fill:6");
    assert_null(strstr(text, "department"));
    free(text);
    ech_results_close(results);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_teams_rank_beyond_chance_only),
        cmocka_unit_test(test_one_replication_ranks_exactly),
        cmocka_unit_test(test_rules_name_what_fails_in_half_of_the_replications),
        cmocka_unit_test(test_the_csv_has_a_line_for_each_team_and_year),
    };
    return cmocka_run_group_tests(tests, files_setup, files_teardown);
}
