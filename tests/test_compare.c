/* Policies against the baseline: settings, paired differences, evidence for the headline. */
#include <math.h>

#include "results/compare.h"
#include "results/export.h"
#include "results/worst.h"
#include "tests/results_files.h"

enum { N = 6 };

static int setup(void **state)
{
    return files_setup_run(state, N);
}

static void test_settings_that_differ(void **state)
{
    struct ech_error error = {0};
    struct ech_results *results = files_open(files_path("run.db"));
    struct ech_setting_difference *list = NULL;
    int n = 0;
    files_expect(ech_compare_settings(results, 0, 1, &list, &n, &error), ECH_OK, &error);
    assert_int_equal(n, 2);
    assert_string_equal(list[0].path, "hiring.quota");
    assert_string_equal(list[0].baseline, "9");
    assert_string_equal(list[0].policy, "12");
    assert_string_equal(list[0].file, "uneven/policy.yaml");
    assert_int_equal(list[0].line, 7);
    assert_string_equal(list[1].scope, "township");
    assert_int_equal(list[1].from_month, 13);
    assert_string_equal(list[1].baseline, "0");
    assert_string_equal(list[1].policy, "800");
    free(list);
    files_expect(ech_compare_settings(results, 1, 1, &list, &n, &error), ECH_OK, &error);
    assert_int_equal(n, 0);
    free(list);
    ech_results_close(results);
}

/* A scope or date that only one of the two names is compared with what is in force in the other. */
static void test_settings_of_one_side_meet_what_is_in_force(void **state)
{
    static struct files_pair pair;
    static struct ech_setting base[3] = {{"a.rate", "", 0, "1", "data", "base.yaml", 1},
                                         {"a.rate", "township", 0, "3", "data", "base.yaml", 2},
                                         {"b.age", "", 0, "50", "rule", "base.yaml", 3}};
    static struct ech_setting policy[3] = {
        {"a.rate", "", 0, "3", "data", "policy.yaml", 1},
        {"b.age", "", 0, "50", "rule", "base.yaml", 3},
        {"b.age", "unit_01", 24, "52", "rule", "policy.yaml", 4}};
    struct ech_error error = {0};
    struct ech_setting_difference *list = NULL;
    int n = 0;
    files_pair_make(&pair);
    pair.fixtures[0].scenario.settings = base;
    pair.fixtures[0].scenario.n_settings = 3;
    pair.fixtures[1].scenario.settings = policy;
    pair.fixtures[1].scenario.n_settings = 3;
    files_write(&pair, files_path("settings.db"), 1);
    struct ech_results *results = files_open(files_path("settings.db"));
    files_expect(ech_compare_settings(results, 0, 1, &list, &n, &error), ECH_OK, &error);
    assert_int_equal(n, 2); /* a.rate in townships is 3 in both */
    assert_string_equal(list[0].path, "a.rate");
    assert_string_equal(list[1].scope, "unit_01");
    assert_string_equal(list[1].baseline, "50");
    assert_string_equal(list[1].policy, "52");
    free(list);
    files_expect(ech_compare_settings(results, 1, 0, &list, &n, &error), ECH_OK, &error);
    assert_int_equal(n, 2);
    assert_string_equal(list[1].baseline, "52"); /* only the other side sets it */
    assert_string_equal(list[1].policy, "50");
    assert_string_equal(list[1].file, "");
    free(list);
    ech_results_close(results);
}

/* Mean over years 2 and 3 of each replication, straight from the file. */
static void means(const struct ech_results *results, int s, const char *measure, double *out)
{
    struct ech_error error = {0};
    double *values = NULL;
    int n, n_years;
    files_expect(ech_results_yearly(results, s, 0, measure, &values, &n, &n_years, &error), ECH_OK,
                 &error);
    for (int r = 0; r < n; r++) {
        out[r] = (values[r * (n_years + 1) + 2] + values[r * (n_years + 1) + 3]) / 2;
    }
    free(values);
}

static void test_differences_are_paired(void **state)
{
    struct ech_error error = {0};
    struct ech_results *results = files_open(files_path("run.db"));
    struct ech_comparison comparison;
    double baseline[N], policy[N], sum = 0, squares = 0;
    means(results, 0, "reserve_ratio", baseline);
    means(results, 1, "reserve_ratio", policy);
    for (int r = 0; r < N; r++) {
        sum += policy[r] - baseline[r];
    }
    for (int r = 0; r < N; r++) {
        squares += pow(policy[r] - baseline[r] - sum / N, 2);
    }
    double half = 2.570582 * sqrt(squares / (N - 1) / N); /* t(5), 97.5 % */
    files_expect(
        ech_compare_years(results, 0, 1, "uneven", "reserve_ratio", 2, 3, &comparison, &error),
        ECH_OK, &error);
    assert_int_equal(comparison.difference.n, N);
    assert_true(fabs(comparison.difference.mean - sum / N) < 1e-14);
    assert_true(fabs(comparison.difference.low - (sum / N - half)) < 1e-7 * half);
    assert_true(fabs(comparison.policy - comparison.baseline - sum / N) < 1e-14);
    files_expect(
        ech_compare_years(results, 0, 1, "no_such_unit", "heads", 1, 1, &comparison, &error),
        ECH_OK, &error);
    assert_true(isnan(comparison.difference.mean) && comparison.difference.n == 0);
    assert_int_equal(ech_compare_years(results, 0, 1, "uneven", "headz", 1, 1, &comparison, &error),
                     ECH_USAGE);
    files_expect_code(&error, ECH_ERR_UNKNOWN_NAME);
    ech_results_close(results);
}

static void test_months_are_compared_without_pairs(void **state)
{
    struct ech_error error = {0};
    struct ech_results *results = files_open(files_path("run.db"));
    struct ech_comparison *months = NULL;
    double *mean[2], *sd[2];
    int *n[2], n_months;
    for (int s = 0; s < 2; s++) {
        files_expect(ech_results_monthly(results, s, 2, "heads", &mean[s], &sd[s], &n[s], &error),
                     ECH_OK, &error);
    }
    files_expect(
        ech_compare_months(results, 0, 1, "subdistrict", "heads", &months, &n_months, &error),
        ECH_OK, &error);
    assert_int_equal(n_months, 30);
    assert_true(months[11].difference.mean == mean[1][11] - mean[0][11]);
    assert_int_equal(months[11].difference.n, N);
    assert_true(isnan(months[11].difference.low));
    for (int s = 0; s < 2; s++) {
        free(mean[s]), free(sd[s]), free(n[s]);
    }
    free(months);
    ech_results_close(results);
}

/* Where each replication's months are kept, replication k meets replication k. */
static void test_kept_months_are_paired(void **state)
{
    static struct files_pair pair;
    struct ech_error error = {0};
    struct ech_store *store = NULL;
    struct ech_store_plan plan = files_plan(&pair, files_path("kept.db"), N);
    files_pair_make(&pair);
    plan.keep = 1u << ECH_KEEP_UNIT_MONTH;
    files_expect(ech_store_create(&plan, &store, &error), ECH_OK, &error);
    files_put(store, &pair, 0, 1, N, 1);
    files_put(store, &pair, 1, 3, N, 1); /* replications 1 and 2 are missing */
    files_expect(ech_store_stop(store, &error), ECH_OK, &error);
    struct ech_results *results = files_open(files_path("kept.db"));
    int unit = ech_results_find_group(results, 0, "unit_04");
    double *values[2], first[N], second[N];
    int n[2], n_months;
    for (int s = 0; s < 2; s++) {
        files_expect(
            ech_results_each_month(results, s, unit, "ready_share", &values[s], &n[s], &error),
            ECH_OK, &error);
    }
    assert_int_equal(n[1], N - 2);
    for (int r = 0; r < N - 2; r++) {
        first[r] = values[0][(r + 2) * 31 + 23];
        second[r] = values[1][r * 31 + 23];
    }
    struct ech_summary expected = ech_summarise_pairs(second, first, N - 2);
    struct ech_comparison *months = NULL;
    files_expect(
        ech_compare_months(results, 0, 1, "unit_04", "ready_share", &months, &n_months, &error),
        ECH_OK, &error);
    assert_int_equal(n_months, 30);
    assert_int_equal(expected.n, N - 2);
    assert_int_equal(months[23].difference.n, expected.n);
    assert_true(months[23].difference.mean == expected.mean);
    assert_true(months[23].difference.low == expected.low);
    assert_true(months[23].difference.high == expected.high);
    assert_true(months[23].baseline == ech_summarise(first, N - 2).mean);
    free(values[0]), free(values[1]), free(months);
    ech_results_close(results);
}

static void test_evidence_of_gains(void **state)
{
    struct ech_error error = {0};
    struct ech_results *results = files_open(files_path("run.db"));
    struct ech_evidence evidence[2];
    struct ech_question question = {.measure = "post_vacancy_rate"};
    static const int both[] = {1, 0};
    double baseline[N], policy[N], gain = 0;
    int n_better = 0;
    ech_compare_horizon(results, &question.from, &question.to);
    assert_int_equal(question.from, 1); /* of 30 months: two whole years */
    assert_int_equal(question.to, 2);
    question.from = 2;
    question.to = 3;
    files_expect(ech_compare_evidence(results, 0, &question, both, 2, evidence, &error), ECH_OK,
                 &error);
    means(results, 0, "post_vacancy_rate", baseline);
    means(results, 1, "post_vacancy_rate", policy);
    for (int r = 0; r < N; r++) {
        gain += (baseline[r] - policy[r]) / N;
        n_better += baseline[r] > policy[r];
    }
    assert_true(n_better > 0 && n_better < N);
    assert_true(fabs(evidence[0].gain.mean - gain) < 1e-15);
    assert_true(fabs(evidence[0].share_best - n_better / (double)N) < 1e-15);
    assert_true(fabs(evidence[0].share_best + evidence[1].share_best - 1) < 1e-15);
    assert_int_equal(evidence[0].verdict, ech_compare_verdict(&evidence[0].gain, true));
    assert_int_equal(evidence[1].scenario, 0);
    assert_true(evidence[1].gain.mean == 0 && evidence[1].gain.low == 0);
    assert_int_equal(evidence[1].verdict, ECH_VERDICT_UNCLEAR);
    ech_results_close(results);
}

/* An interrupted run: only replications that both scenarios have are pairs. */
static void test_pairs_need_both_replications(void **state)
{
    static struct files_pair pair;
    struct ech_error error = {0};
    struct ech_store *store = NULL;
    files_pair_make(&pair);
    struct ech_store_plan plan = files_plan(&pair, files_path("part.db"), N);
    files_expect(ech_store_create(&plan, &store, &error), ECH_OK, &error);
    files_put(store, &pair, 0, 1, 4, 1);
    files_put(store, &pair, 1, 6, 3, -1);
    files_expect(ech_store_stop(store, &error), ECH_OK, &error);
    struct ech_results *whole = files_open(files_path("run.db"));
    struct ech_results *part = files_open(files_path("part.db"));
    struct ech_comparison comparison;
    double baseline[N], policy[N];
    means(whole, 0, "heads", baseline);
    means(whole, 1, "heads", policy);
    files_expect(ech_compare_years(part, 0, 1, "uneven", "heads", 2, 3, &comparison, &error),
                 ECH_OK, &error);
    assert_int_equal(comparison.difference.n, 2);
    assert_true(fabs(comparison.baseline - (baseline[2] + baseline[3]) / 2) < 1e-12);
    assert_true(fabs(comparison.policy - (policy[2] + policy[3]) / 2) < 1e-12);
    struct ech_evidence evidence[1];
    struct ech_question question = {NULL, "heads", true, 2, 3};
    static const int policies[] = {1};
    files_expect(ech_compare_evidence(part, 0, &question, policies, 1, evidence, &error), ECH_OK,
                 &error);
    assert_int_equal(evidence[0].gain.n, 2);
    assert_true(evidence[0].share_best == 1);
    ech_results_close(whole);
    ech_results_close(part);
}

static char *csv(const struct ech_results *results, const struct ech_compare *wanted)
{
    struct ech_error error = {0};
    char *text = NULL;
    size_t size = 0;
    FILE *out = open_memstream(&text, &size);
    files_expect(wanted ? ech_compare_csv(results, wanted, out, &error)
                        : ech_compare_settings_csv(results, 0, out, &error),
                 ECH_OK, &error);
    fclose(out);
    return text;
}

/* The last five columns of a type's vacancies: dates and numbers of the worst of years 1 to 3. */
static void assert_worst_year(const struct ech_results *results, const char *csv)
{
    struct ech_error error = {0};
    struct ech_worst worst;
    const struct ech_worst_question question = {
        .group = "department", .measure = "posts_vacant", .from = 1, .to = 3};
    char from[16], to[16], expected[160], number[3][40];
    const char *line = strstr(csv, ",department,posts_vacant,");
    files_expect(ech_worst_read(results, 0, 1, &question, &worst, &error), ECH_OK, &error);
    ech_export_date(2019 * 12 + 7 + 12 * worst.year - 11, from, sizeof from);
    ech_export_date(2019 * 12 + 7 + 12 * worst.year, to, sizeof to);
    ech_export_number(worst.difference.mean, number[0], sizeof number[0]);
    ech_export_number(worst.difference.low, number[1], sizeof number[1]);
    ech_export_number(worst.difference.high, number[2], sizeof number[2]);
    snprintf(expected, sizeof expected, ",%s,%s,%s,%s,%s\n", from, to, number[0], number[1],
             number[2]);
    assert_non_null(line);
    const char *found = strstr(line, expected);
    assert_true(found && found < strchr(line, '\n'));
}

static void test_csv_names_the_period(void **state)
{
    struct ech_results *results = files_open(files_path("run.db"));
    static const char *const measures[] = {"posts_vacant", "reserve"};
    struct ech_compare wanted = {.group = ECH_GROUP_TYPE,
                                 .from = 2,
                                 .to = 3,
                                 .averaged = true,
                                 .n_measures = 2,
                                 .measures = measures};
    char *text = csv(results, &wanted);
    assert_memory_equal(
        text,
        "scenario,from,to,group,measure,baseline,policy,difference,low,high,n,worst_from,worst_to,"
        "worst,worst_low,worst_high\n",
        116);
    assert_worst_year(results, text);
    assert_non_null(strstr(text, "\npolicy,2020-09,2022-08,department,reserve,"));
    free(text);
    wanted.averaged = false;
    wanted.from = 0;
    text = csv(results, &wanted);
    assert_non_null(strstr(text, "\npolicy,2019-08,2019-08,township,posts_vacant,"));
    assert_non_null(strstr(text, "\npolicy,2020-09,2021-08,township,posts_vacant,"));
    free(text);
    wanted.by_month = true;
    text = csv(results, &wanted);
    assert_non_null(strstr(text, "\npolicy,2022-02,2022-02,township,posts_vacant,"));
    assert_non_null(strstr(text, ",NA,NA,6,NA,NA,NA,NA,NA\n"));
    free(text);
    text = csv(results, NULL);
    assert_string_equal(text,
                        "scenario,setting,scope,from,baseline,policy,file,line\n"
                        "policy,hiring.quota,,2019-08,9,12,uneven/policy.yaml,7\n"
                        "policy,incentive.allowance,township,2020-09,0,800,uneven/policy.yaml,9\n");
    free(text);
    ech_results_close(results);
}

static char *written(const struct ech_results *results, const struct ech_compare *wanted, bool json)
{
    struct ech_error error = {0};
    char *text = NULL;
    size_t size = 0;
    FILE *out = open_memstream(&text, &size);
    assert_non_null(out);
    files_expect(json ? ech_compare_json(results, wanted, out, &error)
                      : ech_compare_csv(results, wanted, out, &error),
                 ECH_OK, &error);
    fclose(out);
    return text;
}

/* A line of CSV as the member of `results` that it should be. */
static void as_member(char *line, char *member, size_t size)
{
    static const char *const names[] = {
        "scenario", "from", "to", "group",      "measure",  "baseline", "policy",    "difference",
        "low",      "high", "n",  "worst_from", "worst_to", "worst",    "worst_low", "worst_high"};
    size_t used = 0;
    char *field = line;
    for (int i = 0; i < 16; i++) {
        char *end = field + strcspn(field, ",");
        bool null = strncmp(field, "NA", 2) == 0 && end == field + 2;
        const char *quote = (i < 5 || i == 11 || i == 12) && !null ? "\"" : "";
        bool last = *end == '\0';
        *end = '\0';
        used += (size_t)snprintf(
            member + used, size - used, "%s\"%s\": %s%s%s%s", i == 0 ? "{" : ", ", names[i], quote,
            strcmp(field, "NA") == 0 ? "null" : field, quote, i == 15 ? "}" : "");
        assert_int_equal(last, i == 15);
        field = end + 1;
    }
}

static void test_json_holds_the_numbers_of_the_csv(void **state)
{
    static const char *const measures[] = {"posts_vacant", "ready_share", "exits[retire]"};
    struct ech_results *results = files_open(files_path("run.db"));
    for (int by_month = -1; by_month < 2; by_month++) {
        struct ech_compare wanted = {.group = ECH_GROUP_TYPE,
                                     .by_month = by_month == 1,
                                     .averaged = by_month == -1,
                                     .to = 3,
                                     .n_measures = 3,
                                     .measures = measures};
        char *csv = written(results, &wanted, false), *json = written(results, &wanted, true);
        int n_rows = 0, n_members = 0;
        strtok(csv, "\n");
        for (char *line = strtok(NULL, "\n"); line; line = strtok(NULL, "\n"), n_rows++) {
            char member[1024];
            as_member(line, member, sizeof member);
            assert_non_null(strstr(json, member));
        }
        for (char *at = json; (at = strstr(at, "\"measure\"")) != NULL; at++) {
            n_members++;
        }
        assert_int_equal(n_rows, FIXTURE_TYPES * 3 * (by_month == 1 ? 31 : by_month == 0 ? 4 : 1));
        assert_int_equal(n_members, n_rows);
        assert_int_equal(strstr(json, "\"low\": null") != NULL, by_month == 1); /* no interval */
        assert_int_equal(strstr(json, "\"worst_from\": \"20") != NULL, by_month == -1);
        assert_null(strstr(json, "NA"));
        assert_non_null(strstr(json, "\"seed\": \"18446744073709551557\""));
        assert_non_null(strstr(json, "{\"scenario\": \"policy\", \"setting\": \"hiring.quota\", "
                                     "\"scope\": \"\", \"from\": \"2019-08\", \"baseline\": "
                                     "\"9\", \"policy\": \"12\", \"file\": "
                                     "\"uneven/policy.yaml\", \"line\": 7}"));
        free(csv), free(json);
    }
    ech_results_close(results);
}

/* Every group of every scenario is asked before the first line. */
static void test_what_cannot_be_compared_is_said_at_once(void **state)
{
    static const char *const measures[] = {"posts_vacant", "heads", "exits[retire]", "headz"};
    struct ech_error error = {0};
    struct ech_results *results = files_open(files_path("run.db"));
    struct ech_compare wanted = {.group = ECH_GROUP_UNIT, .n_measures = 4, .measures = measures};
    assert_int_equal(ech_compare_check(results, &wanted, &error), ECH_USAGE);
    assert_true(error.n_problems >= 3);
    assert_int_equal(error.problems[0].code, ECH_ERR_NOT_KEPT);
    assert_non_null(strstr(error.problems[0].facts.hint, "--keep unit-year"));
    ech_error_free(&error);
    wanted.by_month = true; /* sums by unit and month hold heads */
    wanted.n_measures = 2;
    files_expect(ech_compare_check(results, &wanted, &error), ECH_OK, &error);
    wanted.n_measures = 3;
    assert_int_equal(ech_compare_check(results, &wanted, &error), ECH_USAGE);
    files_expect_code(&error, ECH_ERR_NOT_KEPT);
    ech_results_close(results);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_settings_that_differ),
        cmocka_unit_test(test_settings_of_one_side_meet_what_is_in_force),
        cmocka_unit_test(test_differences_are_paired),
        cmocka_unit_test(test_months_are_compared_without_pairs),
        cmocka_unit_test(test_kept_months_are_paired),
        cmocka_unit_test(test_evidence_of_gains),
        cmocka_unit_test(test_pairs_need_both_replications),
        cmocka_unit_test(test_csv_names_the_period),
        cmocka_unit_test(test_json_holds_the_numbers_of_the_csv),
        cmocka_unit_test(test_what_cannot_be_compared_is_said_at_once),
    };
    return cmocka_run_group_tests(tests, setup, files_teardown);
}
