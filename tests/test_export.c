/* Long CSV: every line where it belongs, numbers that any program reads, early refusals. */
#include <locale.h>
#include <math.h>
#include <sys/stat.h>

#include "results/export.h"
#include "results/statistics.h"
#include "tests/results_files.h"

enum { N = 4, YEARS = 3, MONTHS = 30 };

static int setup(void **state)
{
    static struct files_pair pair;
    int failed = files_setup(state);
    files_pair_make(&pair);
    files_write(&pair, files_path("run.db"), N);
    return failed;
}

/* Exports into a string, to free(). */
static char *export(const struct ech_results *results, const struct ech_export *wanted)
{
    struct ech_error error = {0};
    char *text = NULL;
    size_t size = 0;
    FILE *out = open_memstream(&text, &size);
    assert_non_null(out);
    files_expect(ech_export_csv(results, wanted, out, &error), ECH_OK, &error);
    fclose(out);
    return text;
}

/* The value at the end of the only line that begins with `start`. */
static const char *value_of(const char *text, const char *start)
{
    static char value[64];
    const char *at = strstr(text, start);
    assert_non_null(at);
    assert_true(at == text || at[-1] == '\n');
    assert_null(strstr(at + 1, start));
    at += strlen(start);
    snprintf(value, sizeof value, "%.*s", (int)strcspn(at, "\n"), at);
    return value;
}

static int n_lines(const char *text)
{
    int n = 0;
    for (; *text; text++) {
        n += *text == '\n';
    }
    return n;
}

static void test_each_replication_by_year(void **state)
{
    struct ech_error error = {0};
    struct ech_results *results = files_open(files_path("run.db"));
    static const char *const measures[] = {"exits[retire]", "reserve_ratio"};
    struct ech_export wanted = {
        .group = ECH_GROUP_TYPE, .each = true, .n_measures = 2, .measures = measures};
    char *text = export(results, &wanted);
    double *values = NULL;
    int n, n_years;
    char expected[40];
    assert_int_equal(n_lines(text), 1 + 2 * N * (YEARS + 1) * FIXTURE_TYPES * 2);
    assert_memory_equal(text, "scenario,replication,month,date,group,measure,value\n", 52);
    files_expect(ech_results_yearly(results, 1, 2, "exits[retire]", &values, &n, &n_years, &error),
                 ECH_OK, &error);
    snprintf(expected, sizeof expected, "%.0f", values[2 * 4 + 1]);
    assert_string_equal(value_of(text, "policy,3,12,2020-08,subdistrict,exits[retire],"), expected);
    /* the last year is a half one; its row carries month 36 all the same */
    snprintf(expected, sizeof expected, "%.0f", values[3 * 4 + 3]);
    assert_string_equal(value_of(text, "policy,4,36,2022-08,subdistrict,exits[retire],"), expected);
    free(values);
    free(text);
    ech_results_close(results);
}

static void test_statistics_by_year(void **state)
{
    struct ech_error error = {0};
    struct ech_results *results = files_open(files_path("run.db"));
    static const char *const measures[] = {"post_vacancy_rate"};
    struct ech_export wanted = {.group = ECH_GROUP_UNIT, .n_measures = 1, .measures = measures};
    char *text = export(results, &wanted);
    double *values = NULL, year[N];
    int n, n_years;
    char expected[40];
    assert_int_equal(n_lines(text), 1 + 2 * 5 * (YEARS + 1) * 9);
    assert_memory_equal(text, "scenario,statistic,month,date,group,measure,value\n", 50);
    int unit = ech_results_find_group(results, 0, "unit_04");
    files_expect(ech_results_yearly(results, 0, unit, measures[0], &values, &n, &n_years, &error),
                 ECH_OK, &error);
    ech_mean_over_years(values, n, n_years, 2, 2, year);
    struct ech_summary summary = ech_summarise_sorting(year, n);
    ech_export_number(summary.sd, expected, sizeof expected);
    assert_string_equal(value_of(text, "baseline,sd,24,2021-08,unit_04,post_vacancy_rate,"),
                        expected);
    ech_export_number(summary.p95, expected, sizeof expected);
    assert_string_equal(value_of(text, "baseline,p95,24,2021-08,unit_04,post_vacancy_rate,"),
                        expected);
    assert_string_equal(value_of(text, "baseline,n,0,2019-08,unit_04,post_vacancy_rate,"), "4");
    free(values);
    free(text);
    ech_results_close(results);
}

static void test_months_have_no_quantiles(void **state)
{
    struct ech_error error = {0};
    struct ech_results *results = files_open(files_path("run.db"));
    static const char *const measures[] = {"heads", "ready_share"};
    struct ech_export wanted = {
        .group = ECH_GROUP_COUNTY, .by_month = true, .n_measures = 2, .measures = measures};
    char *text = export(results, &wanted);
    double *mean = NULL, *sd = NULL;
    int *n = NULL;
    char expected[40];
    assert_int_equal(n_lines(text), 1 + 2 * 2 * (MONTHS + 1) * 9);
    files_expect(ech_results_monthly(results, 0, 0, "heads", &mean, &sd, &n, &error), ECH_OK,
                 &error);
    ech_export_number(mean[5], expected, sizeof expected);
    assert_string_equal(value_of(text, "baseline,mean,5,2020-01,uneven,heads,"), expected);
    ech_export_number(sd[5] / sqrt(N), expected, sizeof expected);
    assert_string_equal(value_of(text, "baseline,se,5,2020-01,uneven,heads,"), expected);
    assert_string_equal(value_of(text, "baseline,p50,5,2020-01,uneven,heads,"), "NA");
    free(mean), free(sd), free(n);
    free(text);
    ech_results_close(results);
}

/* Quantiles of kept months are those of the replications' values; the rest is as without them. */
static void test_kept_months_have_quantiles(void **state)
{
    static struct files_pair pair;
    static const char *const measures[] = {"heads", "ready_share"};
    struct ech_error error = {0};
    struct ech_store *store = NULL;
    struct ech_store_plan plan = files_plan(&pair, files_path("kept.db"), N);
    files_pair_make(&pair);
    plan.keep = 1u << ECH_KEEP_TYPE_MONTH;
    files_expect(ech_store_create(&plan, &store, &error), ECH_OK, &error);
    files_put(store, &pair, 0, 1, N, 1);
    files_put(store, &pair, 1, 1, N, 1);
    files_expect(ech_store_finish(store, &error), ECH_OK, &error);
    struct ech_results *results = files_open(files_path("kept.db"));
    struct ech_results *without = files_open(files_path("run.db"));
    struct ech_export wanted = {
        .group = ECH_GROUP_TYPE, .by_month = true, .n_measures = 2, .measures = measures};
    char *text = export(results, &wanted), *usual = export(without, &wanted);
    double *values = NULL, month[N];
    int n;
    char expected[40];
    files_expect(ech_results_each_month(results, 1, 3, "heads", &values, &n, &error), ECH_OK,
                 &error);
    for (int r = 0; r < N; r++) {
        month[r] = values[r * (MONTHS + 1) + 17];
    }
    struct ech_summary summary = ech_summarise_sorting(month, n);
    ech_export_number(summary.p25, expected, sizeof expected);
    assert_string_equal(value_of(text, "policy,p25,17,2021-01,department,heads,"), expected);
    ech_export_number(summary.p95, expected, sizeof expected);
    assert_string_equal(value_of(text, "policy,p95,17,2021-01,department,heads,"), expected);
    assert_string_equal(value_of(usual, "policy,p95,17,2021-01,department,heads,"), "NA");
    snprintf(expected, sizeof expected, "%s",
             value_of(usual, "policy,sd,17,2021-01,department,ready_share,"));
    assert_string_equal(value_of(text, "policy,sd,17,2021-01,department,ready_share,"), expected);
    free(text);
    wanted.each = true;
    text = export(results, &wanted);
    assert_int_equal(n_lines(text), 1 + 2 * N * (MONTHS + 1) * FIXTURE_TYPES * 2);
    ech_export_number(values[3 * (MONTHS + 1) + 17], expected, sizeof expected);
    assert_string_equal(value_of(text, "policy,4,17,2021-01,department,heads,"), expected);
    free(values), free(text), free(usual);
    ech_results_close(results);
    ech_results_close(without);
}

static void test_all_that_is_kept_without_names(void **state)
{
    struct ech_results *results = files_open(files_path("run.db"));
    struct ech_layout layout = ech_measure_layout(3);
    struct ech_export county = {.group = ECH_GROUP_COUNTY};
    struct ech_export units = {.group = ECH_GROUP_UNIT, .each = true};
    char *text = export(results, &county);
    assert_int_equal(n_lines(text), 1 + 2 * (YEARS + 1) * 9 * ech_n_measures(&layout));
    assert_non_null(strstr(text, "uneven,heads[level:section],"));
    free(text);
    text = export(results, &units);
    assert_non_null(strstr(text, ",unit_02,posts_vacant,"));
    assert_non_null(strstr(text, ",unit_02,post_vacancy_rate,"));
    assert_null(strstr(text, ",unit_02,heads,"));
    free(text);
    ech_results_close(results);
}

static void test_what_is_not_kept_is_refused_before_the_first_line(void **state)
{
    struct ech_results *results = files_open(files_path("run.db"));
    static const char *const measures[] = {"posts_vacant", "exits[retire]"};
    static const char *const unknown[] = {"exit[retire]"};
    static const struct {
        struct ech_export wanted;
        enum ech_error_code code;
    } cases[] = {
        {{ECH_GROUP_UNIT, false, true, 2, measures}, ECH_ERR_NOT_KEPT},
        {{ECH_GROUP_UNIT, true, false, 2, measures}, ECH_ERR_NOT_KEPT},
        {{ECH_GROUP_TYPE, true, true, 0, NULL}, ECH_ERR_NOT_KEPT},
        {{ECH_GROUP_COUNTY, false, false, 1, unknown}, ECH_ERR_UNKNOWN_NAME},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct ech_error error = {0};
        char *text = NULL;
        size_t size = 0;
        FILE *out = open_memstream(&text, &size);
        assert_int_equal(ech_export_csv(results, &cases[i].wanted, out, &error), ECH_USAGE);
        fclose(out);
        assert_int_equal(size, 0);
        free(text);
        files_expect_code(&error, cases[i].code);
    }
    ech_results_close(results);
}

static void test_its_length_is_known_before(void **state)
{
    static const char *const names[] = {"run.db", "kept.db"};
    static const char *const measures[] = {"heads", "posts_vacant"};
    static const struct ech_export wanted[] = {{.group = ECH_GROUP_COUNTY},
                                               {ECH_GROUP_TYPE, false, true, 0, NULL},
                                               {ECH_GROUP_COUNTY, true, false, 0, NULL},
                                               {ECH_GROUP_TYPE, false, true, 2, measures}};
    for (size_t i = 0; i < 2 * sizeof wanted / sizeof *wanted; i++) {
        struct ech_error error = {0};
        struct ech_results *results = files_open(files_path(names[i % 2]));
        char *text = NULL;
        size_t size = 0;
        FILE *out = open_memstream(&text, &size);
        files_expect(ech_export_csv(results, &wanted[i / 2], out, &error), ECH_OK, &error);
        fclose(out);
        int n_rows = -1; /* the head is none */
        for (const char *at = text; (at = strchr(at, '\n')) != NULL; at++) {
            n_rows++;
        }
        struct ech_extent extent = ech_export_extent(results, &wanted[i / 2]);
        assert_true(n_rows > 0 && extent.rows == n_rows);
        assert_true(extent.bytes > 0.8 * (double)size && extent.bytes < 1.2 * (double)size);
        free(text);
        ech_results_close(results);
    }
}

static void test_full_disk_is_said(void **state)
{
    struct ech_error error = {0};
    struct ech_results *results = files_open(files_path("run.db"));
    struct ech_export county = {.group = ECH_GROUP_COUNTY};
    FILE *full = fopen("/dev/full", "w");
    assert_non_null(full);
    assert_int_equal(ech_export_csv(results, &county, full, &error), ECH_IO);
    files_expect_code(&error, ECH_ERR_WRITE);
    fclose(full);
    ech_results_close(results);
}

static void check_numbers(void)
{
    static const struct {
        double value;
        const char *text;
    } cases[] = {{0, "0"},
                 {-0.0, "0"},
                 {603, "603"},
                 {-7, "-7"},
                 {0.0455543, "0.0455543"},
                 {1 / 3.0, "0.3333333333"},
                 {-2.5, "-2.5"},
                 {1e-7, "1e-07"},
                 {123456789012345, "123456789012345"},
                 {2.5e20, "2.5e+20"},
                 {NAN, "NA"},
                 {INFINITY, "NA"}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char text[40];
        ech_export_number(cases[i].value, text, sizeof text);
        assert_string_equal(text, cases[i].text);
    }
}

/* Makes a locale that writes 2,5 in the test's folder, since the machine may have none. */
static bool use_comma(void)
{
    char command[400];
    snprintf(command, sizeof command, "localedef -i de_DE -f UTF-8 '%s' >/dev/null 2>&1",
             files_path("comma"));
    int made = system(command);
    if (made == 0) {
        setenv("LOCPATH", files_folder, 1);
        return setlocale(LC_NUMERIC, "comma") != NULL;
    }
    return setlocale(LC_NUMERIC, "de_DE.UTF-8") != NULL;
}

static void test_numbers_are_spelt_alike_in_every_locale(void **state)
{
    check_numbers();
    if (!use_comma()) {
        skip();
    }
    char text[16];
    snprintf(text, sizeof text, "%.1f", 2.5);
    assert_string_equal(text, "2,5");
    check_numbers();
    setlocale(LC_NUMERIC, "C");
}

static void test_fields_are_quoted_where_needed(void **state)
{
    char *text = NULL;
    size_t size = 0;
    FILE *out = open_memstream(&text, &size);
    ech_export_field(out, "plain 服务期");
    fputc(';', out);
    ech_export_field(out, "a, \"b\"");
    fputc(';', out);
    ech_export_field(out, "two\nlines");
    fclose(out);
    assert_string_equal(text, "plain 服务期;\"a, \"\"b\"\"\";\"two\nlines\"");
    free(text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_each_replication_by_year),
        cmocka_unit_test(test_statistics_by_year),
        cmocka_unit_test(test_months_have_no_quantiles),
        cmocka_unit_test(test_kept_months_have_quantiles),
        cmocka_unit_test(test_all_that_is_kept_without_names),
        cmocka_unit_test(test_what_is_not_kept_is_refused_before_the_first_line),
        cmocka_unit_test(test_its_length_is_known_before),
        cmocka_unit_test(test_full_disk_is_said),
        cmocka_unit_test(test_numbers_are_spelt_alike_in_every_locale),
        cmocka_unit_test(test_fields_are_quoted_where_needed),
    };
    return cmocka_run_group_tests(tests, setup, files_teardown);
}
