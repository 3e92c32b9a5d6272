/* Many runs in parallel: the same bytes whatever the threads and the order, and what was finished
   is kept whatever happens. */
#include <signal.h>
#include <sys/resource.h>

#include <gsl/gsl_errno.h>

#include "experiments/batch.h"
#include "fixture.h"
#include "tests/results_files.h"

enum { N_SCENARIOS = 3, N = 6, MONTHS = 15 };

static struct ech_scenario scenarios[N_SCENARIOS];

static int setup(void **state)
{
    gsl_set_error_handler_off();
    load_text("extends: " BASELINE "\nname: middle\nmonths: 15\n", &scenarios[0]);
    load_text("extends: " BASELINE "\nname: zulu\nmonths: 15\npolicy: {hiring.quota: 20.5}\n",
              &scenarios[1]);
    load_text("extends: " BASELINE "\nname: alpha\nmonths: 9\npolicy: {rotation.max_tenure: 60}\n",
              &scenarios[2]);
    return files_setup(state);
}

static int teardown(void **state)
{
    for (int s = 0; s < N_SCENARIOS; s++) {
        ech_scenario_free(&scenarios[s]);
    }
    return files_teardown(state);
}

static struct ech_batch batch_of(const char *path, int n_threads)
{
    return (struct ech_batch){.n_scenarios = N_SCENARIOS,
                              .scenarios = scenarios,
                              .n_replications = N,
                              .seed = 20190815,
                              .n_threads = n_threads,
                              .path = path};
}

static void test_threads_and_order_leave_no_trace(void **state)
{
    struct ech_error error = {0};
    static const int n_threads[] = {1, 2, 3, 8};
    for (size_t i = 0; i < sizeof n_threads / sizeof *n_threads; i++) {
        struct ech_scenario turned[N_SCENARIOS];
        for (int s = 0; s < N_SCENARIOS; s++) {
            turned[s] = scenarios[(s + (int)i) % N_SCENARIOS];
        }
        char name[24];
        snprintf(name, sizeof name, "threads_%d.db", n_threads[i]);
        struct ech_batch batch = batch_of(files_path(name), n_threads[i]);
        batch.scenarios = turned;
        files_expect(ech_batch_run(&batch, &error), ECH_OK, &error);
        files_assert_same_bytes(files_path("threads_1.db"), files_path(name));
    }
    struct ech_results *results = files_open(files_path("threads_8.db"));
    assert_string_equal(ech_results_scenario(results, 0)->name, "alpha");
    assert_string_equal(ech_results_scenario(results, 2)->name, "zulu");
    ech_results_close(results);
}

/* Replication 5 alone is replication 5 of the batch. */
static void test_a_replication_alone_is_that_of_the_batch(void **state)
{
    struct ech_error error = {0};
    struct ech_run *run = NULL;
    struct ech_output output = fixture_output(&scenarios[0]);
    struct ech_layout layout = ech_measure_layout(scenarios[0].n_levels);
    files_expect(ech_run_create(&scenarios[0], &run, &error), ECH_OK, &error);
    files_expect(ech_run_replication(run, 20190815, 5, &output, NULL, &error), ECH_OK, &error);
    ech_run_free(run);
    struct ech_results *results = files_open(files_path("threads_1.db"));
    static const int slots[] = {ECH_M_heads_NONE, ECH_M_leaders_NONE, ECH_M_young_NONE};
    for (size_t i = 0; i < sizeof slots / sizeof *slots; i++) {
        double *values = NULL;
        int n, n_years;
        files_expect(ech_results_yearly(results, 1, 0, ech_count_rows[slots[i]].name, &values, &n,
                                        &n_years, &error),
                     ECH_OK, &error);
        assert_int_equal(n, N);
        assert_int_equal(n_years, 2);
        int slot = layout.first[slots[i]];
        assert_true(values[4 * 3 + 0] == (double)output.county[slot]);
        assert_true(values[4 * 3 + 1] == (double)output.county[12 * layout.n + slot]);
        assert_true(values[4 * 3 + 2] == (double)output.county[MONTHS * layout.n + slot]);
        free(values);
    }
    ech_results_close(results);
    fixture_output_free(&output);
}

/* Counts the calls, and asks to stop when enough are done. */
struct watch {
    long n_calls, last, total, stop_at;
    volatile sig_atomic_t stop;
};

static void watch(void *context, long done, long total)
{
    struct watch *seen = context;
    assert_true(done == seen->last + 1);
    seen->n_calls++;
    seen->last = done;
    seen->total = total;
    seen->stop = done >= seen->stop_at;
}

static void test_progress_is_told_of_each_replication(void **state)
{
    struct ech_error error = {0};
    struct watch seen = {.stop_at = 1000};
    struct ech_batch batch = batch_of(files_path("progress.db"), 2);
    batch.progress = watch;
    batch.context = &seen;
    files_expect(ech_batch_run(&batch, &error), ECH_OK, &error);
    assert_int_equal(seen.n_calls, N_SCENARIOS * N);
    assert_int_equal(seen.total, N_SCENARIOS * N);
}

static void test_interrupt_keeps_what_was_finished(void **state)
{
    struct ech_error error = {0};
    struct watch seen = {.stop_at = 8};
    struct ech_batch batch = batch_of(files_path("stop.db"), 2);
    batch.progress = watch;
    batch.context = &seen;
    batch.stop = &seen.stop;
    files_expect(ech_batch_run(&batch, &error), ECH_INTERRUPTED, &error);
    assert_int_equal(error.n_problems, 0);
    assert_false(files_exists(files_path("stop.db")));
    struct ech_results *part = files_open(files_path("stop.db"));
    struct ech_results *whole = files_open(files_path("threads_1.db"));
    assert_false(ech_results_manifest(part)->complete);
    assert_int_equal(ech_results_scenario(part, 0)->n_replications_done, N);
    int n_middle = ech_results_scenario(part, 1)->n_replications_done;
    assert_true(n_middle >= 2 && n_middle <= 4); /* a second thread may have had one in hand */
    double *some = NULL, *all = NULL, *mean = NULL, *sd = NULL;
    int n, n_years, *counts = NULL;
    files_expect(ech_results_yearly(part, 1, 0, "heads", &some, &n, &n_years, &error), ECH_OK,
                 &error);
    files_expect(ech_results_yearly(whole, 1, 0, "heads", &all, &n, &n_years, &error), ECH_OK,
                 &error);
    for (int r = 0; r < n_middle; r++) {
        int replication = ech_results_replications(part, 1)[r];
        assert_memory_equal(some + 3 * r, all + 3 * (replication - 1), 3 * sizeof *some);
    }
    files_expect(ech_results_monthly(part, 1, 0, "heads", &mean, &sd, &counts, &error), ECH_OK,
                 &error);
    assert_int_equal(counts[3], n_middle);
    free(some), free(all), free(mean), free(sd), free(counts);
    ech_results_close(part);
    ech_results_close(whole);
}

static void test_interrupt_leaves_replications_that_can_be_compared(void **state)
{
    struct ech_error error = {0};
    struct watch seen = {.stop_at = 60};
    struct ech_batch batch = batch_of(files_path("half.db"), 2);
    batch.n_replications = 40;
    batch.progress = watch;
    batch.context = &seen;
    batch.stop = &seen.stop;
    files_expect(ech_batch_run(&batch, &error), ECH_INTERRUPTED, &error);
    struct ech_results *half = files_open(files_path("half.db"));
    int fewest, most;
    ech_results_range_done(half, &fewest, &most);
    assert_in_range(fewest, 10, 20);
    assert_in_range(most, 20, 30);
    for (int s = 0; s < N_SCENARIOS; s++) { /* half of the time gave none of them nothing */
        int n_done = ech_results_scenario(half, s)->n_replications_done;
        assert_in_range(n_done, 10, 30);
        for (int r = 0; r < 10; r++) {
            assert_int_equal(ech_results_replications(half, s)[r], r + 1);
        }
    }
    ech_results_close(half);
}

static void test_interrupt_before_the_first_leaves_nothing(void **state)
{
    struct ech_error error = {0};
    struct watch seen = {.stop = 1};
    struct ech_batch batch = batch_of(files_path("early.db"), 2);
    batch.stop = &seen.stop;
    files_expect(ech_batch_run(&batch, &error), ECH_INTERRUPTED, &error);
    assert_false(files_exists(files_path("early.db")));
    assert_false(files_exists(files_path("early.db.part")));
}

static void test_existing_file_is_refused_before_anything_runs(void **state)
{
    struct ech_error error = {0};
    struct watch seen = {.stop_at = 1000};
    struct ech_batch batch = batch_of(files_path("progress.db"), 1);
    batch.progress = watch;
    batch.context = &seen;
    assert_int_equal(ech_batch_run(&batch, &error), ECH_USAGE);
    files_expect_code(&error, ECH_ERR_EXISTS);
    batch.path = files_path("stop.db");
    assert_int_equal(ech_batch_run(&batch, &error), ECH_USAGE);
    files_expect_code(&error, ECH_ERR_EXISTS);
    assert_int_equal(seen.n_calls, 0);
    batch.overwrite = true;
    files_expect(ech_batch_run(&batch, &error), ECH_OK, &error);
    assert_false(files_exists(files_path("stop.db.part")));
    files_assert_same_bytes(files_path("stop.db"), files_path("threads_1.db"));
}

static void test_two_scenarios_of_one_name_are_refused(void **state)
{
    struct ech_error error = {0};
    struct ech_scenario twins[2] = {scenarios[0], scenarios[0]};
    struct ech_batch batch = batch_of(files_path("twins.db"), 1);
    batch.scenarios = twins;
    batch.n_scenarios = 2;
    assert_int_equal(ech_batch_run(&batch, &error), ECH_USAGE);
    files_expect_code(&error, ECH_ERR_SAME_NAME);
    assert_false(files_exists(files_path("twins.db.part")));
}

/* An initial population that cannot be drawn is bad input: nothing stays behind. */
static void test_people_that_cannot_be_drawn_leave_nothing(void **state)
{
    struct ech_error error = {0};
    struct ech_scenario scenario = scenarios[0];
    struct ech_county county = scenario.counties[0];
    struct ech_age_limit nobody = {"nobody", ECH_N_TRACKS, 18, 70, 0};
    county.n_limits = 1;
    county.limits = &nobody;
    scenario.counties = &county;
    struct ech_batch batch = batch_of(files_path("margin.db"), 2);
    batch.scenarios = &scenario;
    batch.n_scenarios = 1;
    assert_int_equal(ech_batch_run(&batch, &error), ECH_USAGE);
    char words[ECH_N_LANGS][400];
    for (int lang = 0; lang < ECH_N_LANGS; lang++) {
        ech_error_text(&error.problems[0], (enum ech_lang)lang, words[lang], sizeof words[lang]);
    }
    assert_non_null(strstr(words[ECH_LANG_EN], "people, but must be at most 0; their age bands"));
    assert_non_null(strstr(words[ECH_LANG_ZH], "人，应为 不超过0人；其年龄段"));
    files_expect_code(&error, ECH_ERR_MARGIN);
    assert_false(files_exists(files_path("margin.db")));
    assert_false(files_exists(files_path("margin.db.part")));
}

static void test_full_disk_stops_the_run(void **state)
{
    struct ech_error error = {0};
    struct rlimit before, small;
    struct ech_batch batch = batch_of(files_path("full.db"), 2);
    batch.n_replications = 500;
    signal(SIGXFSZ, SIG_IGN);
    getrlimit(RLIMIT_FSIZE, &before);
    small = (struct rlimit){2000000, before.rlim_max};
    setrlimit(RLIMIT_FSIZE, &small);
    enum ech_status status = ech_batch_run(&batch, &error);
    setrlimit(RLIMIT_FSIZE, &before);
    assert_int_equal(status, ECH_IO);
    files_expect_code(&error, ECH_ERR_WRITE);
    assert_false(files_exists(files_path("full.db")));
    struct ech_results *results = files_open(files_path("full.db"));
    int n = ech_results_scenario(results, 0)->n_replications_done;
    assert_true(n > 0 && n < 500);
    ech_results_close(results);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_threads_and_order_leave_no_trace),
        cmocka_unit_test(test_a_replication_alone_is_that_of_the_batch),
        cmocka_unit_test(test_progress_is_told_of_each_replication),
        cmocka_unit_test(test_interrupt_keeps_what_was_finished),
        cmocka_unit_test(test_interrupt_leaves_replications_that_can_be_compared),
        cmocka_unit_test(test_interrupt_before_the_first_leaves_nothing),
        cmocka_unit_test(test_existing_file_is_refused_before_anything_runs),
        cmocka_unit_test(test_two_scenarios_of_one_name_are_refused),
        cmocka_unit_test(test_people_that_cannot_be_drawn_leave_nothing),
        cmocka_unit_test(test_full_disk_stops_the_run),
    };
    return cmocka_run_group_tests(tests, setup, teardown);
}
