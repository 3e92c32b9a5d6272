/* The results file: what goes in comes out, sums are exact, order does not matter, nothing is lost
   or overwritten by accident, and what is no results file is refused with a word. */
#include <math.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/wait.h>

#include <sqlite3.h>

#include "tests/results_files.h"

enum { N = 7, MONTHS = 30, YEARS = 3 };

static const struct {
    int first, last;
} years[] = {{0, 0}, {1, 12}, {13, 24}, {25, 30}};

/* All counters of all replications of one scenario, as the model would give them. */
struct truth {
    const struct ech_scenario *scenario;
    struct ech_layout layout;
    struct ech_output outputs[N];
};

static void truth_make(struct truth *truth, const struct ech_scenario *scenario)
{
    truth->scenario = scenario;
    truth->layout = ech_measure_layout(scenario->n_levels);
    for (int r = 0; r < N; r++) {
        truth->outputs[r] = fixture_output(scenario);
        fixture_fill(scenario, r + 1, &truth->outputs[r]);
    }
}

static void truth_free(struct truth *truth)
{
    for (int r = 0; r < N; r++) {
        fixture_output_free(&truth->outputs[r]);
    }
}

/* Counters of a group (0 county, then types, then units) in a month. */
static const int64_t *counters(const struct truth *truth, int r, int group, int month)
{
    const struct ech_output *output = &truth->outputs[r];
    int n = truth->layout.n;
    if (group == 0) {
        return output->county + month * n;
    }
    if (group <= FIXTURE_TYPES) {
        return output->type + (month * FIXTURE_TYPES + group - 1) * n;
    }
    int unit = group - 1 - FIXTURE_TYPES;
    return output->unit + (month * truth->scenario->n_units + unit) * truth->layout.n_unit;
}

/* The value of a measure over months first..last, summed up naively. */
static double true_value(const struct truth *truth, const struct ech_measure *measure, int r,
                         int group, int first, int last)
{
    int64_t sum[4096] = {0};
    int n = group > FIXTURE_TYPES ? truth->layout.n_unit : truth->layout.n;
    for (int month = first; month <= last; month++) {
        for (int slot = 0; slot < n; slot++) {
            sum[slot] += counters(truth, r, group, month)[slot];
        }
    }
    return ech_measure_value(measure, counters(truth, r, group, last), sum, last - first + 1);
}

static void assert_close(double a, double b, double within)
{
    if (isnan(a) || isnan(b)) {
        assert_true(isnan(a) && isnan(b));
    } else {
        assert_true(fabs(a - b) <= within);
    }
}

static void check_yearly(const struct ech_results *results, const struct truth *truth, int s,
                         int group, const struct ech_measure *measure, const char *name)
{
    struct ech_error error = {0};
    double *values = NULL;
    int n = 0, n_years = 0;
    files_expect(ech_results_yearly(results, s, group, name, &values, &n, &n_years, &error), ECH_OK,
                 &error);
    assert_int_equal(n, N);
    assert_int_equal(n_years, YEARS);
    for (int r = 0; r < N; r++) {
        for (int y = 0; y <= YEARS; y++) {
            double expected = true_value(truth, measure, r, group, years[y].first, years[y].last);
            assert_close(values[r * (YEARS + 1) + y], expected, 0);
        }
    }
    free(values);
}

static void check_monthly(const struct ech_results *results, const struct truth *truth, int s,
                          int group, const struct ech_measure *measure, const char *name)
{
    struct ech_error error = {0};
    double *mean = NULL, *sd = NULL;
    int *n = NULL;
    files_expect(ech_results_monthly(results, s, group, name, &mean, &sd, &n, &error), ECH_OK,
                 &error);
    for (int month = 0; month <= MONTHS; month++) {
        double sum = 0, squares = 0, scale = measure->is_ratio ? 1 : measure->row->scale;
        int defined = 0;
        double values[N];
        bool review = measure->slot >= truth->layout.n_unit_month ||
                      measure->denominator >= truth->layout.n_unit_month;
        bool year_end = month % 12 == 0 || month == MONTHS;
        if (group > FIXTURE_TYPES && review && !year_end) { /* of units not kept */
            assert_int_equal(n[month], 0);
            assert_true(isnan(mean[month]) && isnan(sd[month]));
            continue;
        }
        for (int r = 0; r < N; r++) {
            values[r] = true_value(truth, measure, r, group, month, month);
            defined += !isnan(values[r]);
            sum += isnan(values[r]) ? 0 : values[r];
        }
        for (int r = 0; r < N; r++) {
            squares += isnan(values[r]) ? 0 : pow(values[r] - sum / defined, 2);
        }
        /* ratios are rounded to 1e-6 in each replication */
        double within =
            measure->is_ratio ? 1e-6 : 1e-12 * (1 + fabs(sum)) * (scale < 1 ? 1 : scale);
        assert_int_equal(n[month], defined);
        assert_close(mean[month], defined > 0 ? sum / defined : NAN, within);
        assert_close(sd[month], defined > 1 ? sqrt(squares / (defined - 1)) : NAN, 2 * within);
    }
    free(mean);
    free(sd);
    free(n);
}

static void test_every_value_comes_back(void **state)
{
    static struct files_pair pair;
    files_pair_make(&pair);
    files_write(&pair, files_path("round.db"), N);
    struct ech_results *results = files_open(files_path("round.db"));
    assert_int_equal(ech_results_n_scenarios(results), 2);
    int n_yearly = 0, n_monthly = 0;
    for (int s = 0; s < 2; s++) {
        struct truth truth;
        truth_make(&truth, pair.scenarios[s]);
        for (int group = 0; group < 1 + FIXTURE_TYPES + 5; group++) {
            for (int i = 0; i < ech_n_measures(&truth.layout); i++) {
                char name[256];
                struct ech_measure measure =
                    ech_measure_at(i, &truth.layout, pair.scenarios[s]->levels, name, sizeof name);
                if (ech_results_keeps_yearly(results, s, group, name)) {
                    check_yearly(results, &truth, s, group, &measure, name);
                    n_yearly++;
                }
                if (ech_results_keeps_monthly(results, s, group, name)) {
                    check_monthly(results, &truth, s, group, &measure, name);
                    n_monthly++;
                }
            }
        }
        truth_free(&truth);
    }
    ech_results_close(results);
    assert_true(n_yearly >= 2 * (4 * 120 + 5 * 7));
    assert_true(n_monthly >= 2 * (4 * 120 + 5 * 20));
}

static void test_units_keep_what_is_flagged_or_never_differs(void **state)
{
    struct ech_error error = {0};
    double *values = NULL, *sd = NULL;
    int n, n_years, *counts = NULL;
    struct ech_results *results = files_open(files_path("round.db"));
    int unit = ech_results_find_group(results, 0, "unit_03");
    assert_int_equal(unit, 1 + FIXTURE_TYPES + 2);
    static const char *const kept[] = {"posts_vacant", "reserve",           "breaks",
                                       "posts",        "post_vacancy_rate", "reserve_ratio"};
    for (size_t i = 0; i < sizeof kept / sizeof *kept; i++) {
        assert_true(ech_results_keeps_yearly(results, 0, unit, kept[i]));
    }
    assert_false(ech_results_keeps_yearly(results, 0, unit, "heads"));
    assert_int_equal(ech_results_yearly(results, 0, unit, "heads", &values, &n, &n_years, &error),
                     ECH_USAGE);
    assert_null(values);
    assert_non_null(strstr(error.problems[0].facts.hint, "--keep unit-year"));
    files_expect_code(&error, ECH_ERR_NOT_KEPT);
    assert_int_equal(
        ech_results_monthly(results, 0, unit, "exits[retire]", &values, &sd, &counts, &error),
        ECH_USAGE);
    files_expect_code(&error, ECH_ERR_NOT_KEPT);
    assert_int_equal(ech_results_yearly(results, 0, 0, "headz", &values, &n, &n_years, &error),
                     ECH_USAGE);
    files_expect_code(&error, ECH_ERR_UNKNOWN_NAME);
    ech_results_close(results);
}

static void test_manifest_comes_back(void **state)
{
    struct ech_results *results = files_open(files_path("round.db"));
    const struct ech_manifest *manifest = ech_results_manifest(results);
    const struct ech_result_scenario *policy = ech_results_scenario(results, 1);
    assert_true(manifest->seed == 18446744073709551557u);
    assert_true(manifest->complete);
    assert_int_equal(manifest->n_replications, N);
    assert_int_equal(manifest->n_files, 1);
    assert_string_equal(manifest->files[0].path, "counties/uneven.yaml");
    assert_int_equal(strlen(manifest->files[0].sha256), 64);
    assert_string_equal(policy->name, "policy");
    assert_string_equal(policy->extends, "baseline");
    assert_string_equal(policy->note.text[ECH_LANG_EN], "A \"quoted\", note");
    /* both are called 方案: their labels tell them apart */
    assert_string_equal(policy->label.text[ECH_LANG_ZH], "方案（policy）");
    assert_string_equal(policy->label.text[ECH_LANG_EN], policy->title.text[ECH_LANG_EN]);
    assert_string_equal(policy->title.text[ECH_LANG_ZH], "方案");
    assert_int_equal(policy->start_month, 2019 * 12 + 7);
    assert_int_equal(policy->n_months, MONTHS);
    assert_int_equal(policy->n_settings, FIXTURE_SETTINGS);
    assert_string_equal(policy->settings[1].path, "hiring.quota");
    assert_string_equal(policy->settings[1].value, "12");
    assert_string_equal(policy->settings[1].file, "uneven/policy.yaml");
    assert_int_equal(policy->settings[1].line, 7);
    assert_string_equal(policy->settings[3].scope, "township");
    assert_int_equal(policy->settings[3].from_month, 13);
    assert_int_equal(policy->n_groups, 9);
    assert_int_equal(policy->groups[2].kind, ECH_GROUP_TYPE);
    assert_string_equal(policy->groups[8].id, "unit_05");
    assert_string_equal(policy->groups[8].type, "subdistrict");
    assert_true(policy->groups[8].remoteness == 0.4);
    assert_int_equal(policy->n_levels, 3);
    assert_string_equal(policy->levels[2].title.text[ECH_LANG_ZH], "正科级");
    assert_int_equal(policy->n_kinds, 2);
    assert_string_equal(policy->kinds[0].id, "head");
    assert_string_equal(policy->kinds[1].title.text[ECH_LANG_ZH], "副职");
    assert_int_equal(policy->n_notes, 1);
    assert_int_equal(policy->notes[0].kind, ECH_NOTE_ASSUMPTION);
    assert_int_equal(policy->n_replications_done, N);
    assert_int_equal(ech_results_replications(results, 1)[N - 1], N);
    ech_results_close(results);
}

static double sql_number(sqlite3 *db, const char *text)
{
    sqlite3_stmt *row = NULL;
    assert_int_equal(sqlite3_prepare_v2(db, text, -1, &row, NULL), SQLITE_OK);
    assert_int_equal(sqlite3_step(row), SQLITE_ROW);
    double number = sqlite3_column_double(row, 0);
    sqlite3_finalize(row);
    return number;
}

/* Somebody with plain SQLite sees the same values through the views. */
static void test_views_agree_with_the_reader(void **state)
{
    struct ech_error error = {0};
    struct ech_results *results = files_open(files_path("round.db"));
    double *values = NULL, *mean = NULL, *sd = NULL;
    int n, n_years, *counts = NULL;
    sqlite3 *db = NULL;
    assert_int_equal(sqlite3_open(files_path("round.db"), &db), SQLITE_OK);
    files_expect(ech_results_yearly(results, 1, 0, "reserve_ratio", &values, &n, &n_years, &error),
                 ECH_OK, &error);
    assert_close(sql_number(db, "SELECT reserve_ratio FROM years WHERE scenario = 'policy' AND"
                                " group_id = 'uneven' AND replication = 5 AND date = '2021-08'"),
                 values[4 * 4 + 2], 1e-15);
    free(values);
    int unit = ech_results_find_group(results, 0, "unit_02");
    files_expect(
        ech_results_yearly(results, 0, unit, "posts_vacant", &values, &n, &n_years, &error), ECH_OK,
        &error);
    assert_close(sql_number(db, "SELECT posts_vacant FROM unit_years WHERE scenario = 'baseline'"
                                " AND group_id = 'unit_02' AND replication = 3 AND year = 3"),
                 values[2 * 4 + 3], 1e-15);
    free(values);
    files_expect(ech_results_monthly(results, 0, unit, "ready_share", &mean, &sd, &counts, &error),
                 ECH_OK, &error);
    assert_close(sql_number(db, "SELECT \"ready_share:sd\" FROM unit_months WHERE month = 17 AND"
                                " scenario = 'baseline' AND group_id = 'unit_02'"),
                 sd[17], 1e-12);
    free(mean), free(sd), free(counts);
    files_expect(
        ech_results_monthly(results, 0, 1, "post_vacancy_rate", &mean, &sd, &counts, &error),
        ECH_OK, &error);
    assert_close(sql_number(db, "SELECT \"post_vacancy_rate:sd\" FROM months WHERE month = 9 AND"
                                " scenario = 'baseline' AND group_id = 'township'"),
                 sd[9], 1e-12);
    free(mean), free(sd), free(counts);
    assert_close(sql_number(db, "SELECT count(*) FROM vacant_posts"), 2 * (YEARS + 1), 0);
    assert_close(sql_number(db, "SELECT count(*) FROM unit_years"), 2 * N * 5 * (YEARS + 1), 0);
    assert_close(sql_number(db, "SELECT sum(done) FROM replications_done"), 2 * N, 0);
    sqlite3_close(db);
    ech_results_close(results);
}

/* Squares that do not fit into 64 bits, sums below 0, and batches of every size. */
static void test_sums_are_exact(void **state)
{
    struct ech_sum_columns columns = {.n_counts = 2};
    static const int64_t deviations[] = {-3, 0, 5, 11, -13};
    for (int batch = 1; batch <= 3; batch++) {
        struct ech_sums sums, others;
        assert_true(ech_sums_init(&sums, 2, &columns) && ech_sums_init(&others, 2, &columns));
        for (int i = 0; i < 6 * 5; i += batch) {
            int64_t counts[3][2];
            const int64_t *at[3];
            for (int k = 0; k < batch; k++) {
                counts[k][0] = 5000000007 + deviations[(i + k) % 5];
                counts[k][1] = -7 + deviations[(i + k) % 5];
                at[k] = counts[k];
            }
            ech_sums_add(i % 2 ? &sums : &others, 1, at, batch);
        }
        ech_sums_merge(&sums, &others);
        /* n = 30, deviations sum to 0 six times: the centre is the mean itself */
        struct ech_sum_total large = ech_sums_total(&sums, 1, 0, 30);
        struct ech_sum_total negative = ech_sums_total(&sums, 1, 1, 30);
        assert_true(large.sum == 30 * INT64_C(5000000007));
        assert_true(large.spread == 6 * (9 + 25 + 121 + 169));
        assert_true(negative.sum == -210 && negative.spread == 6 * 324);
        assert_true(ech_sums_total(&sums, 0, 0, 30).sum == 0);
        ech_sums_free(&sums);
        ech_sums_free(&others);
        ech_sums_free(&others);
    }
}

static void test_undefined_ratios_are_counted(void **state)
{
    struct ech_sum_columns columns = {.n_counts = 2, .n_ratios = 1};
    columns.ratios[0] = (struct ech_sum_ratio){.numerator = 0, .denominator = 1, .factor = 0.5};
    static const int64_t counts[4][2] = {{2, 3}, {5, 0}, {-1, 7}, {0, 4}};
    const int64_t *at[4] = {counts[0], counts[1], counts[2], counts[3]};
    struct ech_sums sums;
    assert_true(ech_sums_init(&sums, 1, &columns));
    ech_sums_add(&sums, 0, at, 4);
    struct ech_sum_total total = ech_sums_total(&sums, 0, 2, 3);
    assert_int_equal(sums.undefined[0], 1);
    assert_true(total.sum == 333333 - 71429); /* 1/3 and -1/14, rounded to 1e-6 */
    int64_t centre = (333333 - 71429) / 3;
    assert_true(total.spread == (333333 - centre) * (333333 - centre) +
                                    (-71429 - centre) * (-71429 - centre) + centre * centre);
    ech_sums_free(&sums);
}

/* Replications backwards, scenarios in turn, sums in pieces: the same bytes. */
static void test_order_of_replications_leaves_no_trace(void **state)
{
    static struct files_pair pair;
    struct ech_error error = {0};
    struct ech_store *store = NULL;
    files_pair_make(&pair);
    struct ech_store_plan plan = files_plan(&pair, files_path("other.db"), N);
    files_expect(ech_store_create(&plan, &store, &error), ECH_OK, &error);
    files_put(store, &pair, 1, N, 4, -1);
    files_put(store, &pair, 0, 1, N, 2);
    files_put(store, &pair, 1, 1, 3, 1);
    files_put(store, &pair, 0, 6, 2, -2);
    files_expect(ech_store_finish(store, &error), ECH_OK, &error);
    files_assert_same_bytes(files_path("round.db"), files_path("other.db"));
    assert_false(files_exists(files_path("other.db.part")));
    assert_false(files_exists(files_path("other.db.part-complete")));
}

static void test_county_that_is_no_sum_is_stored(void **state)
{
    static struct files_pair pair;
    struct ech_error error = {0};
    struct ech_store *store = NULL;
    struct ech_intake intake;
    files_pair_make(&pair);
    struct ech_store_plan plan = files_plan(&pair, files_path("nosum.db"), 1);
    files_expect(ech_store_create(&plan, &store, &error), ECH_OK, &error);
    files_expect(ech_store_intake(store, 0, &intake, &error), ECH_OK, &error);
    fixture_fill(pair.scenarios[0], 1, ech_intake_output(&intake));
    int n = ech_measure_layout(3).n;
    int64_t *heads = &ech_intake_output(&intake)->county[24 * n];
    struct ech_layout layout = ech_measure_layout(3);
    heads[layout.first[ECH_M_heads_NONE]] += 17;
    double expected = (double)heads[layout.first[ECH_M_heads_NONE]];
    ech_intake_add(&intake, 1);
    files_expect(ech_store_put(store, &intake, &error), ECH_OK, &error);
    files_expect(ech_store_merge(store, &intake, &error), ECH_OK, &error);
    ech_intake_free(&intake);
    files_put(store, &pair, 1, 1, 1, 1);
    files_expect(ech_store_finish(store, &error), ECH_OK, &error);
    struct ech_results *results = files_open(files_path("nosum.db"));
    double *values = NULL;
    int replications, n_years;
    files_expect(
        ech_results_yearly(results, 0, 0, "heads", &values, &replications, &n_years, &error),
        ECH_OK, &error);
    assert_true(values[2] == expected);
    free(values);
    ech_results_close(results);
}

static void test_interrupted_file_is_readable(void **state)
{
    static struct files_pair pair;
    struct ech_error error = {0};
    struct ech_store *store = NULL;
    files_pair_make(&pair);
    struct ech_store_plan plan = files_plan(&pair, files_path("stopped.db"), N);
    files_expect(ech_store_create(&plan, &store, &error), ECH_OK, &error);
    files_put(store, &pair, 1, 2, 4, 1);
    assert_int_equal(ech_store_n_done(store), 3);
    files_expect(ech_store_stop(store, &error), ECH_OK, &error);
    assert_false(files_exists(files_path("stopped.db")));
    assert_false(files_exists(files_path("stopped.db.part-wal")));
    struct ech_results *results = files_open(files_path("stopped.db"));
    assert_false(ech_results_manifest(results)->complete);
    assert_int_equal(ech_results_scenario(results, 0)->n_replications_done, 0);
    assert_int_equal(ech_results_scenario(results, 1)->n_replications_done, 3);
    assert_int_equal(ech_results_replications(results, 1)[0], 2);
    double *mean = NULL, *sd = NULL;
    int *n = NULL;
    files_expect(ech_results_monthly(results, 1, 0, "heads", &mean, &sd, &n, &error), ECH_OK,
                 &error);
    assert_int_equal(n[MONTHS], 3);
    free(mean), free(sd), free(n);
    ech_results_close(results);
    /* nobody writes over it by accident */
    assert_int_equal(ech_store_create(&plan, &store, &error), ECH_USAGE);
    files_expect_code(&error, ECH_ERR_EXISTS);
    plan.overwrite = true;
    files_expect(ech_store_create(&plan, &store, &error), ECH_OK, &error);
    files_expect(ech_store_stop(store, &error), ECH_OK, &error); /* nothing done: nothing stays */
    assert_false(files_exists(files_path("stopped.db.part")));
}

static void test_killed_run_leaves_whole_replications(void **state)
{
    static struct files_pair pair;
    struct ech_error error = {0};
    files_pair_make(&pair);
    pid_t child = fork();
    assert_true(child >= 0);
    if (child == 0) {
        struct ech_store *store = NULL;
        struct ech_store_plan plan = files_plan(&pair, files_path("killed.db"), N);
        if (ech_store_create(&plan, &store, &error) == ECH_OK) {
            files_put(store, &pair, 0, 1, N, 1);
            files_put(store, &pair, 1, 1, 2, 1);
        }
        kill(getpid(), SIGKILL);
    }
    int how = 0;
    assert_int_equal(waitpid(child, &how, 0), child);
    assert_true(WIFSIGNALED(how) && WTERMSIG(how) == SIGKILL);
    assert_false(files_exists(files_path("killed.db")));
    struct ech_results *results = files_open(files_path("killed.db"));
    double *values = NULL, *sd = NULL;
    int n_years = 0, n = 0, *counts = NULL;
    files_expect(ech_results_yearly(results, 1, 0, "heads", &values, &n, &n_years, &error), ECH_OK,
                 &error);
    assert_int_equal(n, 2);
    free(values);
    files_expect(ech_results_monthly(results, 0, 0, "heads", &values, &sd, &counts, &error), ECH_OK,
                 &error); /* that scenario was done: its sums were written */
    free(values), free(sd), free(counts);
    assert_int_equal(ech_results_monthly(results, 1, 0, "heads", &values, &sd, &counts, &error),
                     ECH_USAGE);
    files_expect_code(&error, ECH_ERR_UNFINISHED); /* no --keep would help */
    int unit = ech_results_find_group(results, 1, "unit_03");
    assert_int_equal(
        ech_results_yearly(results, 1, unit, "post_vacancy_rate", &values, &n, &n_years, &error),
        ECH_USAGE);
    files_expect_code(&error, ECH_ERR_UNFINISHED);
    ech_results_close(results);
}

/* Another process that writes a file until it is killed; it tells through the pipe when it has begun. */
static pid_t start_writer(const struct ech_store_plan *plan, const struct files_pair *pair)
{
    int ends[2];
    char ready = 0;
    assert_int_equal(pipe(ends), 0);
    pid_t child = fork();
    assert_true(child >= 0);
    if (child == 0) {
        struct ech_store *store = NULL;
        if (ech_store_create(plan, &store, NULL) == ECH_OK) {
            files_put(store, pair, 0, 1, 1, 1);
            assert_int_equal(write(ends[1], "+", 1), 1);
            pause();
        }
        _exit(1);
    }
    close(ends[1]);
    assert_int_equal(read(ends[0], &ready, 1), 1);
    close(ends[0]);
    return child;
}

static void test_a_file_that_is_being_written_is_left_alone(void **state)
{
    static struct files_pair pair;
    struct ech_error error = {0};
    struct ech_store *store = NULL;
    files_pair_make(&pair);
    struct ech_store_plan plan = files_plan(&pair, files_path("busy.db"), N);
    pid_t writer = start_writer(&plan, &pair);
    for (int overwrite = 0; overwrite < 2; overwrite++) {
        plan.overwrite = overwrite;
        assert_int_equal(ech_store_create(&plan, &store, &error), ECH_USAGE);
        assert_null(store);
        files_expect_code(&error, ECH_ERR_BUSY);
    }
    struct ech_results *results = files_open(files_path("busy.db"));
    assert_int_equal(ech_results_scenario(results, 0)->n_replications_done, 1);
    ech_results_close(results);
    kill(writer, SIGKILL);
    assert_int_equal(waitpid(writer, NULL, 0), writer);
    files_expect(ech_store_create(&plan, &store, &error), ECH_OK, &error); /* nobody's now */
    struct ech_store *other = NULL;
    assert_int_equal(ech_store_create(&plan, &other, &error), ECH_USAGE); /* nor twice by one */
    files_expect_code(&error, ECH_ERR_BUSY);
    ech_store_discard(store);
    assert_false(files_exists(files_path("busy.db.part")));
}

static void test_existing_file_is_refused_or_replaced(void **state)
{
    static struct files_pair pair;
    struct ech_error error = {0};
    struct ech_store *store = NULL;
    files_pair_make(&pair);
    files_write(&pair, files_path("twice.db"), 2);
    struct ech_store_plan plan = files_plan(&pair, files_path("twice.db"), 1);
    assert_int_equal(ech_store_create(&plan, &store, &error), ECH_USAGE);
    assert_null(store);
    assert_non_null(strstr(error.problems[0].facts.hint, "--overwrite"));
    files_expect_code(&error, ECH_ERR_EXISTS);
    assert_false(files_exists(files_path("twice.db.part")));
    plan.overwrite = true;
    files_expect(ech_store_create(&plan, &store, &error), ECH_OK, &error);
    files_put(store, &pair, 0, 1, 1, 1);
    assert_true(files_exists(files_path("twice.db"))); /* the old one, until the new is complete */
    files_put(store, &pair, 1, 1, 1, 1);
    files_expect(ech_store_finish(store, &error), ECH_OK, &error);
    struct ech_results *results = files_open(files_path("twice.db"));
    assert_int_equal(ech_results_manifest(results)->n_replications, 1);
    ech_results_close(results);
}

static void put_bytes(const char *path, const char *bytes, size_t size)
{
    FILE *file = fopen(path, "wb");
    assert_non_null(file);
    assert_int_equal(fwrite(bytes, 1, size, file), size);
    fclose(file);
}

/* A run takes hours, and the name of its file was free at the beginning. */
static void test_what_was_written_meanwhile_is_not_replaced(void **state)
{
    static struct files_pair pair;
    struct ech_error error = {0};
    struct ech_store *store = NULL;
    files_pair_make(&pair);
    for (int overwrite = 0; overwrite < 2; overwrite++) {
        struct ech_store_plan plan = files_plan(&pair, files_path("late.db"), 1);
        plan.overwrite = overwrite;
        files_expect(ech_store_create(&plan, &store, &error), ECH_OK, &error);
        files_put(store, &pair, 0, 1, 1, 1);
        files_put(store, &pair, 1, 1, 1, 1);
        put_bytes(files_path("late.db"), "somebody's", 10);
        assert_int_equal(ech_store_finish(store, &error), ECH_USAGE);
        files_expect_code(&error, ECH_ERR_EXISTS);
        size_t size;
        char *bytes = files_read(files_path("late.db"), &size);
        assert_int_equal(size, 10);
        free(bytes);
        unlink(files_path("late.db"));
        struct ech_results *results = files_open(files_path("late.db.part")); /* nothing is lost */
        assert_true(ech_results_manifest(results)->complete);
        ech_results_close(results);
    }
}

/* Said at once, and not only after --overwrite. */
static void test_a_foreign_file_is_called_so(void **state)
{
    static struct files_pair pair;
    static const char *const names[] = {"alien.db", "new.db.part"};
    struct ech_store *store = NULL;
    files_pair_make(&pair);
    for (int i = 0; i < 4; i++) {
        struct ech_error error = {0};
        struct ech_store_plan plan =
            files_plan(&pair, files_path(i % 2 == 0 ? "alien.db" : "new.db"), 1);
        plan.overwrite = i >= 2;
        put_bytes(files_path(names[i % 2]), "somebody's", 10);
        assert_int_equal(ech_store_create(&plan, &store, &error), ECH_USAGE);
        assert_non_null(strstr(error.problems[0].facts.hint, "not a results file"));
        files_expect_code(&error, ECH_ERR_EXISTS);
        assert_true(files_exists(files_path(names[i % 2])));
    }
}

static void test_plans_that_cannot_be_written_are_refused(void **state)
{
    static struct files_pair pair;
    struct ech_error error = {0};
    struct ech_store *store = NULL;
    static const char *const places[] = {"no_such_folder/x.db", "round.db/x.db", "."};
    files_pair_make(&pair);
    for (size_t i = 0; i < sizeof places / sizeof *places; i++) {
        struct ech_store_plan plan = files_plan(&pair, files_path(places[i]), 1);
        plan.overwrite = true;
        assert_int_equal(ech_store_create(&plan, &store, &error), ECH_IO);
        assert_null(store);
        files_expect_code(&error, ECH_ERR_WRITE);
    }
    struct ech_store_plan plan = files_plan(&pair, files_path("refused.db"), 1);
    pair.fixtures[1].scenario.name = "baseline";
    assert_int_equal(ech_store_create(&plan, &store, &error), ECH_USAGE);
    files_expect_code(&error, ECH_ERR_SAME_NAME);
    pair.fixtures[1].scenario.name = "policy";
    pair.fixtures[1].levels[1].id = "another";
    assert_int_equal(ech_store_create(&plan, &store, &error), ECH_USAGE);
    files_expect_code(&error, ECH_ERR_CONFLICT);
    assert_false(files_exists(files_path("refused.db.part")));
}

/* A limit on the size of files stands in for a full disk. */
static enum ech_status write_with_limit(rlim_t limit, struct ech_error *error)
{
    static struct files_pair pair;
    struct ech_store *store = NULL;
    struct ech_intake intake;
    struct rlimit before, small;
    files_pair_make(&pair);
    struct ech_store_plan plan = files_plan(&pair, files_path("full.db"), 400);
    files_expect(ech_store_create(&plan, &store, error), ECH_OK, error);
    files_expect(ech_store_intake(store, 0, &intake, error), ECH_OK, error);
    signal(SIGXFSZ, SIG_IGN);
    getrlimit(RLIMIT_FSIZE, &before);
    small = (struct rlimit){limit, before.rlim_max};
    setrlimit(RLIMIT_FSIZE, &small);
    enum ech_status status = ECH_OK;
    for (int r = 1; r <= 400 && status == ECH_OK; r++) {
        fixture_fill(pair.scenarios[0], 1, ech_intake_output(&intake));
        ech_intake_add(&intake, r);
        status = ech_store_put(store, &intake, error);
    }
    ech_store_stop(store, NULL);
    setrlimit(RLIMIT_FSIZE, &before);
    ech_intake_free(&intake);
    return status;
}

static void test_full_disk_is_said_and_keeps_what_was_done(void **state)
{
    struct ech_error error = {0};
    assert_int_equal(write_with_limit(1000000, &error), ECH_IO);
    assert_true(strlen(error.problems[0].facts.value) > 10);
    files_expect_code(&error, ECH_ERR_WRITE);
    struct ech_results *results = files_open(files_path("full.db"));
    int n = ech_results_scenario(results, 0)->n_replications_done;
    assert_true(n > 0 && n < 400);
    ech_results_close(results);
    assert_false(files_exists(files_path("full.db")));
}

static void assert_not_results(const char *path, enum ech_error_code code)
{
    struct ech_error error = {0};
    struct ech_results *results = NULL;
    assert_int_equal(ech_results_open(path, &results, &error), ECH_USAGE);
    assert_null(results);
    files_expect_code(&error, code);
}

static void test_what_is_no_results_file_is_refused(void **state)
{
    size_t size;
    char *bytes = files_read(files_path("round.db"), &size);
    put_bytes(files_path("text.db"), "scenario,month\nbaseline,1\n", 26);
    put_bytes(files_path("empty.db"), "", 0);
    put_bytes(files_path("short.db"), bytes, 50);
    put_bytes(files_path("cut.db"), bytes, size / 2);
    memset(bytes + 8192, 0x5a, size - 8192);
    put_bytes(files_path("noise.db"), bytes, size);
    free(bytes);
    sqlite3 *db = NULL;
    assert_int_equal(sqlite3_open(files_path("foreign.db"), &db), SQLITE_OK);
    assert_int_equal(sqlite3_exec(db, "CREATE TABLE t (a)", NULL, NULL, NULL), SQLITE_OK);
    sqlite3_close(db);
    assert_not_results(files_path("text.db"), ECH_ERR_NOT_RESULTS);
    assert_not_results(files_path("empty.db"), ECH_ERR_NOT_RESULTS);
    assert_not_results(files_path("short.db"), ECH_ERR_NOT_RESULTS);
    assert_not_results(files_path("cut.db"), ECH_ERR_NOT_RESULTS);
    assert_not_results(files_path("noise.db"), ECH_ERR_NOT_RESULTS);
    assert_not_results(files_path("foreign.db"), ECH_ERR_NOT_RESULTS);
    assert_not_results(files_path("missing.db"), ECH_ERR_READ);
    assert_not_results(files_folder, ECH_ERR_READ);
}

static void change_copy(const char *name, const char *text)
{
    size_t size;
    char *bytes = files_read(files_path("round.db"), &size);
    put_bytes(files_path(name), bytes, size);
    free(bytes);
    sqlite3 *db = NULL;
    assert_int_equal(sqlite3_open(files_path(name), &db), SQLITE_OK);
    assert_int_equal(sqlite3_exec(db, text, NULL, NULL, NULL), SQLITE_OK);
    sqlite3_close(db);
}

static void test_other_versions_and_missing_rows_are_refused(void **state)
{
    struct ech_error error = {0};
    double *values = NULL;
    int n, n_years;
    change_copy("earlier.db", "PRAGMA user_version = 2");
    assert_not_results(files_path("earlier.db"), ECH_ERR_NOT_RESULTS);
    change_copy("later.db", "PRAGMA user_version = 4");
    assert_not_results(files_path("later.db"), ECH_ERR_NOT_RESULTS);
    change_copy("measures.db", "UPDATE measure SET name = 'happiness' WHERE measure_row = 3");
    assert_not_results(files_path("measures.db"), ECH_ERR_NOT_RESULTS);
    change_copy("months.db", "UPDATE scenario SET n_months = 2000000000");
    assert_not_results(files_path("months.db"), ECH_ERR_NOT_RESULTS);
    change_copy("levels.db", "DELETE FROM level");
    assert_not_results(files_path("levels.db"), ECH_ERR_NOT_RESULTS);
    change_copy("table.db", "DROP VIEW years; DROP VIEW vacant_posts; DROP VIEW unit_years;"
                            "DROP TABLE setting");
    assert_not_results(files_path("table.db"), ECH_ERR_NOT_RESULTS);
    change_copy("rows.db", "DELETE FROM year_counts WHERE replication = 4");
    struct ech_results *results = files_open(files_path("rows.db"));
    assert_int_equal(ech_results_yearly(results, 0, 0, "heads", &values, &n, &n_years, &error),
                     ECH_USAGE);
    files_expect_code(&error, ECH_ERR_NOT_RESULTS);
    ech_results_close(results);
}

static void test_baseline_is_named_or_extended_by_all(void **state)
{
    struct ech_error error = {0};
    int s = 5;
    struct ech_results *results = files_open(files_path("round.db"));
    files_expect(ech_results_baseline(results, NULL, &s, &error), ECH_OK, &error);
    assert_int_equal(s, 0);
    files_expect(ech_results_baseline(results, "policy", &s, &error), ECH_OK, &error);
    assert_int_equal(s, 1);
    assert_int_equal(ech_results_baseline(results, "polici", &s, &error), ECH_USAGE);
    assert_string_equal(error.problems[0].facts.hint,
                        ECH_BOTH("name one of: baseline, policy", "请指定其一：baseline, policy"));
    files_expect_code(&error, ECH_ERR_UNKNOWN_NAME);
    ech_results_close(results);
    change_copy("renamed.db", "UPDATE scenario SET name = 'as_is' WHERE name = 'baseline';"
                              "UPDATE scenario SET extends = 'as_is' WHERE name = 'policy'");
    results = files_open(files_path("renamed.db"));
    files_expect(ech_results_baseline(results, NULL, &s, &error), ECH_OK, &error);
    assert_int_equal(s, 0);
    ech_results_close(results);
    change_copy("orphan.db", "UPDATE scenario SET name = 'as_is' WHERE name = 'baseline'");
    results = files_open(files_path("orphan.db"));
    assert_int_equal(ech_results_baseline(results, NULL, &s, &error), ECH_USAGE);
    files_expect_code(&error, ECH_ERR_OPTION);
    ech_results_close(results);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_every_value_comes_back),
        cmocka_unit_test(test_units_keep_what_is_flagged_or_never_differs),
        cmocka_unit_test(test_manifest_comes_back),
        cmocka_unit_test(test_views_agree_with_the_reader),
        cmocka_unit_test(test_sums_are_exact),
        cmocka_unit_test(test_undefined_ratios_are_counted),
        cmocka_unit_test(test_order_of_replications_leaves_no_trace),
        cmocka_unit_test(test_county_that_is_no_sum_is_stored),
        cmocka_unit_test(test_interrupted_file_is_readable),
        cmocka_unit_test(test_killed_run_leaves_whole_replications),
        cmocka_unit_test(test_a_file_that_is_being_written_is_left_alone),
        cmocka_unit_test(test_existing_file_is_refused_or_replaced),
        cmocka_unit_test(test_what_was_written_meanwhile_is_not_replaced),
        cmocka_unit_test(test_a_foreign_file_is_called_so),
        cmocka_unit_test(test_plans_that_cannot_be_written_are_refused),
        cmocka_unit_test(test_full_disk_is_said_and_keeps_what_was_done),
        cmocka_unit_test(test_what_is_no_results_file_is_refused),
        cmocka_unit_test(test_other_versions_and_missing_rows_are_refused),
        cmocka_unit_test(test_baseline_is_named_or_extended_by_all),
    };
    return cmocka_run_group_tests(tests, files_setup, files_teardown);
}
