/* --keep: each replication's finer values come back exactly, change nothing else, and are refused
   with the right word where they were not kept; the layout of the tables is nobody's business. */
#include <math.h>

#include <sqlite3.h>

#include "results/export.h"
#include "results/totals.h"
#include "tests/results_files.h"

enum { N = 5, MONTHS = 30, YEARS = 3, ALL = 15, GROUPS = 1 + FIXTURE_TYPES + 5 };

static struct files_pair pair;

static void write_kept(const char *path, unsigned keep, int part_items, bool backwards)
{
    struct ech_error error = {0};
    struct ech_store *store = NULL;
    struct ech_store_plan plan = files_plan(&pair, path, N);
    plan.keep = keep;
    plan.part_items = part_items;
    files_expect(ech_store_create(&plan, &store, &error), ECH_OK, &error);
    if (backwards) {
        files_put(store, &pair, 1, N, 3, -1);
        files_put(store, &pair, 0, N, 1, -1);
        files_put(store, &pair, 1, 2, 1, -1);
    } else {
        files_put(store, &pair, 0, 1, N, 1);
        files_put(store, &pair, 1, 1, N, 1);
    }
    files_expect(ech_store_finish(store, &error), ECH_OK, &error);
}

static int setup(void **state)
{
    int failed = files_setup(state);
    files_pair_make(&pair);
    write_kept(files_path("usual.db"), 0, 0, false);
    write_kept(files_path("all.db"), ALL, 0, false);
    return failed;
}

/* Counters of a group (county, types, units) in a month, as the model gave them. */
static const int64_t *counters(const struct ech_output *output, const struct ech_layout *layout,
                               int group, int month)
{
    if (group == 0) {
        return output->county + month * layout->n;
    }
    if (group <= FIXTURE_TYPES) {
        return output->type + (month * FIXTURE_TYPES + group - 1) * layout->n;
    }
    return output->unit + (month * 5 + group - 1 - FIXTURE_TYPES) * layout->n_unit;
}

static void assert_same(double a, double b)
{
    assert_true(a == b || (isnan(a) && isnan(b)));
}

/* The values of one measure and group of replication r against the model's counters. */
static void check_months(const struct ech_output *output, const struct ech_layout *layout,
                         const struct ech_measure *measure, int group, const double *values)
{
    for (int month = 0; month <= MONTHS; month++) {
        const int64_t *counts = counters(output, layout, group, month);
        assert_same(values[month], ech_measure_value(measure, counts, counts, 1));
    }
}

static void check_years(const struct ech_output *output, const struct ech_layout *layout,
                        const struct ech_measure *measure, int group, const double *values)
{
    int n = group > FIXTURE_TYPES ? layout->n_unit : layout->n;
    int64_t *sum = calloc((size_t)n, sizeof *sum);
    assert_non_null(sum);
    for (int year = 0; year <= YEARS; year++) {
        int last = year == 0 ? 0 : year == YEARS ? MONTHS : 12 * year;
        int first = year == 0 ? 0 : 12 * year - 11;
        memset(sum, 0, (size_t)n * sizeof *sum);
        for (int month = first; month <= last; month++) {
            for (int slot = 0; slot < n; slot++) {
                sum[slot] += counters(output, layout, group, month)[slot];
            }
        }
        assert_same(values[year], ech_measure_value(measure, counters(output, layout, group, last),
                                                    sum, last - first + 1));
    }
    free(sum);
}

/* How many measures of a group came back by month and by year. */
struct found {
    int n_months, n_years;
};

static void check_group(const struct ech_results *results, const struct ech_output *outputs, int s,
                        int group, struct found *found)
{
    struct ech_error error = {0};
    struct ech_layout layout = ech_measure_layout(3);
    for (int i = 0; i < ech_n_measures(&layout); i++) {
        char name[256];
        double *values = NULL;
        int n = 0, n_years = 0;
        struct ech_measure measure =
            ech_measure_at(i, &layout, pair.scenarios[s]->levels, name, sizeof name);
        if (ech_results_keeps_each_month(results, s, group, name)) {
            files_expect(ech_results_each_month(results, s, group, name, &values, &n, &error),
                         ECH_OK, &error);
            for (int r = 0; r < N; r++) {
                check_months(&outputs[r], &layout, &measure, group, values + r * (MONTHS + 1));
            }
            free(values);
            found->n_months++;
        }
        if (ech_results_keeps_yearly(results, s, group, name)) {
            files_expect(ech_results_yearly(results, s, group, name, &values, &n, &n_years, &error),
                         ECH_OK, &error);
            for (int r = 0; r < N; r++) {
                check_years(&outputs[r], &layout, &measure, group, values + r * (YEARS + 1));
            }
            free(values);
            found->n_years++;
        }
    }
}

/* Measures that a unit counts. */
static int n_of_units(const struct ech_layout *layout)
{
    int n = layout->n_unit;
    for (int i = layout->n; i < ech_n_measures(layout); i++) {
        char name[256];
        struct ech_measure ratio =
            ech_measure_at(i, layout, pair.scenarios[0]->levels, name, sizeof name);
        n += ratio.slot < layout->n_unit && ratio.denominator < layout->n_unit;
    }
    return n;
}

/* Reads every value of a file; how many there were of units and of county and types. */
static void check_file(const char *path, struct found *whole, struct found *unit)
{
    struct ech_results *results = files_open(path);
    *whole = *unit = (struct found){0};
    for (int s = 0; s < 2; s++) {
        struct ech_output outputs[N];
        for (int r = 0; r < N; r++) {
            outputs[r] = fixture_output(pair.scenarios[s]);
            fixture_fill(pair.scenarios[s], r + 1, &outputs[r]);
        }
        for (int group = 0; group < GROUPS; group++) {
            check_group(results, outputs, s, group, group > FIXTURE_TYPES ? unit : whole);
        }
        for (int r = 0; r < N; r++) {
            fixture_output_free(&outputs[r]);
        }
    }
    ech_results_close(results);
}

static void test_each_form_keeps_what_it_says(void **state)
{
    static const struct {
        unsigned keep;
        bool type_month, unit_year, unit_month;
    } forms[] = {
        {1u << ECH_KEEP_TYPE_YEAR, false, false, false},
        {1u << ECH_KEEP_TYPE_MONTH, true, false, false},
        {1u << ECH_KEEP_UNIT_YEAR, false, true, false},
        {1u << ECH_KEEP_UNIT_MONTH, false, true, true},
        {1u << ECH_KEEP_TYPE_MONTH | 1u << ECH_KEEP_UNIT_YEAR, true, true, false},
        {ALL, true, true, true},
    };
    struct ech_layout layout = ech_measure_layout(3);
    int n_whole = 2 * (1 + FIXTURE_TYPES) * ech_n_measures(&layout);
    int n_unit = 2 * 5 * n_of_units(&layout);
    for (size_t i = 0; i < sizeof forms / sizeof *forms; i++) {
        struct found whole, unit;
        char name[24];
        snprintf(name, sizeof name, "form_%zu.db", i);
        write_kept(files_path(name), forms[i].keep, 0, false);
        check_file(files_path(name), &whole, &unit);
        assert_int_equal(whole.n_years, n_whole);
        assert_int_equal(whole.n_months, forms[i].type_month ? n_whole : 0);
        assert_int_equal(unit.n_months, forms[i].unit_month ? n_unit : 0);
        assert_true(unit.n_years > 0);
        assert_int_equal(unit.n_years == n_unit, forms[i].unit_year);
    }
    files_assert_same_bytes(files_path("usual.db"), files_path("form_0.db"));
}

static void test_sums_do_not_depend_on_what_is_kept(void **state)
{
    struct ech_results *files[2] = {files_open(files_path("usual.db")),
                                    files_open(files_path("all.db"))};
    struct ech_layout layout = ech_measure_layout(3);
    for (int i = 0; i < GROUPS * ech_n_measures(&layout); i++) {
        char name[256];
        int group = i % GROUPS, *n[2];
        double *mean[2], *sd[2];
        ech_measure_at(i / GROUPS, &layout, pair.scenarios[0]->levels, name, sizeof name);
        for (int k = 0; k < 2 && ech_results_keeps_monthly(files[k], 1, group, name); k++) {
            struct ech_error error = {0};
            files_expect(
                ech_results_monthly(files[k], 1, group, name, &mean[k], &sd[k], &n[k], &error),
                ECH_OK, &error);
        }
        for (int m = 0; m <= MONTHS && ech_results_keeps_monthly(files[1], 1, group, name); m++) {
            assert_same(mean[0][m], mean[1][m]);
            assert_same(sd[0][m], sd[1][m]);
            assert_int_equal(n[0][m], n[1][m]);
        }
        for (int k = 0; k < 2 && ech_results_keeps_monthly(files[k], 1, group, name); k++) {
            free(mean[k]), free(sd[k]), free(n[k]);
        }
    }
    ech_results_close(files[0]);
    ech_results_close(files[1]);
}

static void test_order_of_replications_leaves_no_trace(void **state)
{
    write_kept(files_path("backwards.db"), ALL, 0, true);
    files_assert_same_bytes(files_path("all.db"), files_path("backwards.db"));
}

static double sql_number(const char *path, const char *text)
{
    sqlite3 *db = NULL;
    sqlite3_stmt *row = NULL;
    assert_int_equal(sqlite3_open(path, &db), SQLITE_OK);
    assert_int_equal(sqlite3_prepare_v2(db, text, -1, &row, NULL), SQLITE_OK);
    assert_int_equal(sqlite3_step(row), SQLITE_ROW);
    double number =
        sqlite3_column_type(row, 0) == SQLITE_NULL ? NAN : sqlite3_column_double(row, 0);
    sqlite3_finalize(row);
    sqlite3_close(db);
    return number;
}

static char *export(const char *path, struct ech_export wanted)
{
    struct ech_results *results = files_open(path);
    struct ech_error error = {0};
    char *text = NULL;
    size_t size = 0;
    FILE *out = open_memstream(&text, &size);
    assert_non_null(out);
    files_expect(ech_export_csv(results, &wanted, out, &error), ECH_OK, &error);
    fclose(out);
    ech_results_close(results);
    return text;
}

/* Many narrow tables instead of few wide ones: every number and every view is the same. */
static void test_width_of_the_tables_changes_nothing(void **state)
{
    static const char *const views[] = {
        "SELECT total(heads) + total(\"exits[retire]\") + total(leaders_age_mean) FROM years",
        "SELECT total(exits) + total(reserve_ready) FROM unit_years",
        "SELECT total(heads) + total(\"exits[retire]\") + total(leaders_age_mean) FROM months_each",
        "SELECT total(exits) + total(reserve_ready) FROM unit_months_each",
        "SELECT total(heads) + total(\"exits[retire]:sd\") + total(fill_time_mean) FROM months",
        "SELECT total(exits) + total(\"ready_share:sd\") FROM unit_months",
        "SELECT total(vacant) + total(rate) FROM vacant_posts"};
    const char *narrow = files_path("narrow.db");
    write_kept(narrow, ALL, 7, false);
    assert_true(sql_number(narrow, "SELECT count(*) FROM sqlite_schema WHERE type = 'table'") >
                sql_number(files_path("all.db"),
                           "SELECT count(*) FROM sqlite_schema WHERE type = 'table'") +
                    20);
    for (int i = 0; i < 2 * 2 * ECH_N_GROUP_KINDS; i++) {
        struct ech_export wanted = {
            .group = (enum ech_group_kind)(i / 4), .by_month = i % 2 != 0, .each = i / 2 % 2 != 0};
        char *one = export(files_path("all.db"), wanted);
        char *other = export(narrow, wanted);
        assert_string_equal(one, other);
        free(one);
        free(other);
    }
    for (size_t i = 0; i < sizeof views / sizeof *views; i++) {
        double number = sql_number(narrow, views[i]);
        assert_true(number > 0);
        assert_true(number == sql_number(files_path("all.db"), views[i]));
    }
}

/* What is stored of year_counts, but for the key: the words into which its columns are packed. */
static double n_stored(const char *path, const char *condition)
{
    char text[256];
    snprintf(text, sizeof text,
             "SELECT count(*) FROM pragma_table_xinfo('year_counts') WHERE hidden = 0 AND %s",
             condition);
    return sql_number(path, text);
}

/* In a complete file a count that is always 0 is a column without a place of its own, and one of
   few bits has a word together with others; every number is a column of the same name. */
static void test_what_is_always_zero_takes_no_space(void **state)
{
    const char *path = files_path("usual.db");
    struct ech_layout layout = ech_measure_layout(3);
    double n_words = n_stored(path, "name LIKE 'packed%'");
    assert_true(n_words > 0 && n_words < layout.n / 4);
    assert_true(n_stored(path, "name NOT LIKE 'packed%' AND name <> 'key'") < layout.n / 10);
    for (int slot = 0; slot < layout.n; slot++) {
        char name[256], text[700];
        ech_measure_at(slot, &layout, pair.scenarios[0]->levels, name, sizeof name);
        snprintf(text, sizeof text, "SELECT min(\"%s\") = 0 AND max(\"%s\") = 0 FROM year_counts",
                 name, name);
        if (sql_number(path, text) == 1) {
            snprintf(text, sizeof text,
                     "SELECT sql LIKE '%%\"%s\" AS (0)%%' FROM sqlite_schema "
                     "WHERE name = 'year_counts'",
                     name);
            assert_true(sql_number(path, text) == 1);
        }
    }
    assert_true(sql_number(path, "SELECT count(*) FROM year_counts") ==
                2 * N * (YEARS + 1) * FIXTURE_TYPES);
}

/* The addends of a count are the values of its measure in another dimension, each of them once. */
static void test_totals_are_of_one_measure(void **state)
{
    struct ech_shape shape = {.n_scenarios = 1, .n_groups = 2, .n_years = 2, .n_months = 13};
    ech_shape_set_levels(&shape, pair.scenarios[0]->levels, 3);
    shape.part_items = shape.layout.n;
    for (int table = ECH_TABLE_YEAR; table <= ECH_TABLE_MONTH; table += ECH_TABLE_MONTH) {
        struct ech_part part = ech_table_part(&shape, (enum ech_table)table, 0);
        struct ech_total totals[1000];
        int n = ech_part_totals(&shape, &part, NULL);
        int each = table == ECH_TABLE_YEAR ? 1 : 2;
        assert_true(n > 40 && n < 1000);
        assert_int_equal(ech_part_totals(&shape, &part, totals), n);
        for (int t = 0; t < n; t++) {
            int index, whole_index;
            int first = (totals[t].first - ech_part_n_before(&part)) / each;
            int last = first + (totals[t].n - 1) * totals[t].stride / each;
            int row = ech_layout_row(&shape.layout, first, &index);
            int whole = ech_layout_row(
                &shape.layout, (totals[t].column - ech_part_n_before(&part)) / each, &whole_index);
            int n_wholes = ech_dim_size(ech_count_rows[whole].dim, 3);
            assert_string_equal(ech_count_rows[row].name, ech_count_rows[whole].name);
            assert_int_equal(index, whole_index);
            assert_int_equal(ech_layout_row(&shape.layout, last, &index), row);
            assert_int_equal(totals[t].n * n_wholes, ech_dim_size(ech_count_rows[row].dim, 3));
        }
    }
}

static void test_views_show_what_is_kept(void **state)
{
    struct ech_error error = {0};
    struct ech_results *results = files_open(files_path("all.db"));
    double *values = NULL;
    int n = 0, n_years = 0;
    int unit = ech_results_find_group(results, 1, "unit_02");
    files_expect(ech_results_each_month(results, 1, 0, "reserve_ratio", &values, &n, &error),
                 ECH_OK, &error);
    assert_true(fabs(sql_number(files_path("all.db"),
                                "SELECT reserve_ratio FROM months_each WHERE scenario = 'policy'"
                                " AND replication = 3 AND kind = 'county' AND date = '2020-06'") -
                     values[2 * (MONTHS + 1) + 10]) < 1e-15);
    free(values);
    files_expect(ech_results_each_month(results, 1, unit, "heads", &values, &n, &error), ECH_OK,
                 &error);
    assert_same(sql_number(files_path("all.db"),
                           "SELECT heads FROM unit_months_each WHERE scenario = 'policy' AND"
                           " replication = 5 AND group_id = 'unit_02' AND month = 30"),
                values[4 * (MONTHS + 1) + 30]);
    free(values);
    files_expect(ech_results_yearly(results, 1, unit, "heads", &values, &n, &n_years, &error),
                 ECH_OK, &error);
    assert_same(sql_number(files_path("all.db"),
                           "SELECT heads FROM unit_years WHERE scenario = 'policy' AND"
                           " replication = 5 AND group_id = 'unit_02' AND year = 3"),
                values[4 * (YEARS + 1) + 3]);
    free(values);
    ech_results_close(results);
}

/* The refusal names the --keep that would have kept it, or says that no unit counts the measure. */
static void test_what_is_not_kept_is_refused_with_its_keep(void **state)
{
    static const struct {
        const char *group, *measure, *hint;
        bool month;
    } cases[] = {
        {"uneven", "heads", "--keep type-month", true},
        {"township", "ready_share", "--keep type-month", true},
        {"unit_02", "heads", "--keep unit-month", true},
        {"unit_02", "heads", "--keep unit-year", false},
        {"unit_02", "exits[retire]", "by county and type only", true},
        {"unit_02", "exits[retire]", "by county and type only", false},
    };
    struct ech_results *results = files_open(files_path("usual.db"));
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct ech_error error = {0};
        char words[500];
        double *values = NULL;
        int n = 0, n_years = 0;
        int group = ech_results_find_group(results, 0, cases[i].group);
        enum ech_status status =
            cases[i].month
                ? ech_results_each_month(results, 0, group, cases[i].measure, &values, &n, &error)
                : ech_results_yearly(results, 0, group, cases[i].measure, &values, &n, &n_years,
                                     &error);
        assert_int_equal(status, ECH_USAGE);
        assert_null(values);
        ech_error_text(&error.problems[0], ECH_LANG_EN, words, sizeof words);
        assert_non_null(strstr(words, cases[i].hint));
        assert_non_null(strstr(words, cases[i].measure));
        assert_int_equal(strstr(words, "--keep") != NULL, *cases[i].hint == '-');
        files_expect_code(&error, ECH_ERR_NOT_KEPT);
    }
    struct ech_error error = {0};
    double *values = NULL;
    int n = 0;
    assert_int_equal(ech_results_each_month(results, 0, 0, "headz", &values, &n, &error),
                     ECH_USAGE);
    files_expect_code(&error, ECH_ERR_UNKNOWN_NAME);
    ech_results_close(results);
}

/* Refused before anything is made or replaced: more than a disk holds, more columns than allowed. */
static void test_what_would_not_fit_is_refused(void **state)
{
    static struct files_pair endless;
    struct ech_error error = {0};
    struct ech_store *store = NULL;
    struct ech_store_plan plan = files_plan(&pair, files_path("huge.db"), N);
    char words[500];
    write_kept(plan.path, 0, 0, false);
    plan.overwrite = true;
    double usual = ech_store_bytes(&plan);
    plan.keep = ALL;
    assert_true(usual > 0 && ech_store_bytes(&plan) > usual);
    plan.n_replications = INT32_MAX;
    assert_int_equal(ech_store_create(&plan, &store, &error), ECH_MEMORY);
    assert_null(store);
    ech_error_text(&error.problems[0], ECH_LANG_EN, words, sizeof words);
    assert_non_null(strstr(words, "GB"));
    files_expect_code(&error, ECH_ERR_TOO_LARGE);
    assert_false(files_exists(files_path("huge.db.part")));
    files_assert_same_bytes(files_path("usual.db"), files_path("huge.db"));

    files_pair_make(&endless);
    endless.fixtures[0].scenario.n_months = endless.fixtures[1].scenario.n_months = 12 * 9000;
    plan = files_plan(&endless, files_path("endless.db"), 1);
    plan.keep = 1u << ECH_KEEP_UNIT_YEAR;
    assert_int_equal(ech_store_create(&plan, &store, &error), ECH_MEMORY);
    ech_error_text(&error.problems[0], ECH_LANG_EN, words, sizeof words);
    assert_non_null(strstr(words, "columns"));
    files_expect_code(&error, ECH_ERR_TOO_LARGE);
    assert_false(files_exists(files_path("endless.db.part")));
}

/* An interrupted run gives what it kept. */
static void test_unfinished_file_gives_its_months(void **state)
{
    struct ech_error error = {0};
    struct ech_store *store = NULL;
    struct ech_store_plan plan = files_plan(&pair, files_path("part.db"), N);
    double *values = NULL, *whole = NULL;
    int n = 0;
    plan.keep = ALL;
    files_expect(ech_store_create(&plan, &store, &error), ECH_OK, &error);
    files_put(store, &pair, 0, 2, 3, 1);
    files_expect(ech_store_stop(store, &error), ECH_OK, &error);
    struct ech_results *part = files_open(files_path("part.db"));
    struct ech_results *results = files_open(files_path("all.db"));
    files_expect(ech_results_each_month(part, 0, 6, "heads", &values, &n, &error), ECH_OK, &error);
    assert_int_equal(n, 2);
    files_expect(ech_results_each_month(results, 0, 6, "heads", &whole, &n, &error), ECH_OK,
                 &error);
    assert_memory_equal(values, whole + MONTHS + 1, 2 * (MONTHS + 1) * sizeof *values);
    free(values);
    free(whole);
    ech_results_close(part);
    ech_results_close(results);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_each_form_keeps_what_it_says),
        cmocka_unit_test(test_sums_do_not_depend_on_what_is_kept),
        cmocka_unit_test(test_order_of_replications_leaves_no_trace),
        cmocka_unit_test(test_width_of_the_tables_changes_nothing),
        cmocka_unit_test(test_what_is_always_zero_takes_no_space),
        cmocka_unit_test(test_totals_are_of_one_measure),
        cmocka_unit_test(test_views_show_what_is_kept),
        cmocka_unit_test(test_what_is_not_kept_is_refused_with_its_keep),
        cmocka_unit_test(test_what_would_not_fit_is_refused),
        cmocka_unit_test(test_unfinished_file_gives_its_months),
    };
    return cmocka_run_group_tests(tests, setup, files_teardown);
}
