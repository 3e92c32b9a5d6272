/* The page that can be mailed: whole, escaped, without the network. */
#include "plots_fixture.h"

#include "plots/figures.h"
#include "plots/number.h"
#include "plots/report.h"
#include "plots_fake.h"
#include "results/compare.h"

static const struct ech_results usual = {
    .n_scenarios = FAKE_MAX_SCENARIOS, .n_replications = 20, .n_years = 15, .effect = 1};

static int use(void **state)
{
    fake = usual;
    return 0;
}

static enum ech_status write_page(enum ech_report_lang lang, struct ech_text *page,
                                  struct ech_error *error)
{
    char folder[PATH_SIZE], path[PATH_SIZE + 32];
    make_folder(folder);
    snprintf(path, sizeof path, "%s/report.html", folder);
    enum ech_status status = ech_report_write(&fake, 0, lang, path, error);
    if (status <= ECH_PARTIAL) {
        assert_int_equal(count_files(folder), 1);
        read_whole(path, page);
    }
    remove_folder(folder);
    return status;
}

/* Body of the page without its pictures' shapes: what is read as words. */
static const char *body_of(const struct ech_text *page)
{
    const char *body = strstr(ech_text_string(page), "<body>");
    assert_non_null(body);
    return body;
}

static int count(const char *where, const char *what)
{
    int n = 0;
    for (const char *at = where; (at = strstr(at, what)) != NULL; at += strlen(what)) {
        n++;
    }
    return n;
}

static void assert_no_network(const char *page)
{
    assert_null(strstr(page, "http:"));
    assert_null(strstr(page, "https:"));
    assert_null(strstr(page, " src="));
    assert_null(strstr(page, "href="));
    assert_null(strstr(page, "@import"));
    assert_int_equal(count(page, "url("), count(page, "url(data:"));
    assert_null(strstr(page, "<script"));
}

static void assert_ids_are_unique(const char *page)
{
    for (const char *at = page; (at = strstr(at, " id=\"")) != NULL; at++) {
        char id[80];
        snprintf(id, sizeof id, "%.*s", (int)(strchr(at + 5, '"') - at + 1), at);
        assert_int_equal(count(page, id), 1);
    }
}

static void test_each_language_gives_a_whole_page(void **state)
{
    for (int lang = ECH_REPORT_EN; lang <= ECH_REPORT_BOTH; lang++) {
        struct ech_text page = {0};
        struct ech_error error = {0};
        assert_int_equal(write_page((enum ech_report_lang)lang, &page, &error), ECH_OK);
        assert_int_equal(error.n_problems, 0);
        assert_well_formed(page.bytes);
        assert_no_network(page.bytes);
        assert_ids_are_unique(page.bytes);
        assert_int_equal(count(page.bytes, "<main"), lang == ECH_REPORT_BOTH ? 2 : 1);
        assert_int_equal(count(page.bytes, "<figure>"),
                         ech_n_figures() * (lang == ECH_REPORT_BOTH ? 2 : 1));
        assert_int_equal(count(page.bytes, "<svg"), 2 * count(page.bytes, "<figure>"));
        assert_int_equal(count(page.bytes, "data:font/ttf;base64,"), 1);
        assert_int_equal(has_ideographs(body_of(&page)), lang != ECH_REPORT_EN);
        assert_int_equal(count(page.bytes, "name=\"show\""), lang == ECH_REPORT_BOTH ? 2 : 0);
        ech_text_free(&page);
        ech_error_free(&error);
    }
}

static void assert_says(const struct ech_text *page, const char *words)
{
    if (!strstr(ech_text_string(page), words)) {
        print_error("not on the page: %s\n", words);
    }
    assert_non_null(strstr(ech_text_string(page), words));
}

static void test_the_page_says_what_it_rests_on(void **state)
{
    struct ech_text page = {0};
    struct ech_error error = {0};
    assert_int_equal(write_page(ECH_REPORT_EN, &page, &error), ECH_OK);
    assert_says(&page, "17 scenarios · 20 replications each · seed 1 · echelon 0.1.0");
    assert_says(&page, "The reserve rule cannot be kept: it asks for 506 people");
    assert_says(&page, "share of the places still free that transfers in fill once a year "
                       "<code>entry.transfer_in</code>: <b>0</b> (baseline 1)");
    assert_says(&page, "<code>hiring.quota</code>: <b>off</b>, from 2024-09 <b>17.4</b> people a "
                       "year (baseline 9.4)");
    assert_says(&page, "Township 10 <b>1000</b> yuan a month");
    assert_says(&page, "Township head <b>36</b> months");
    assert_says(&page, "No setting differs from the baseline.");
    assert_says(&page, "without: ");
    assert_says(&page, "The printed age bands sum to 393 of 418 leaders.");
    assert_says(&page, "district.csv: age_le_35");
    assert_says(&page, "<code>procedure.months</code></td><td><b>2</b> months</td><td>0–1\xC2\xA0"
                       "200</td><td>assumed</td>");
    assert_says(&page, "<td>fitted</td>");
    assert_says(&page, "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08");
    assert_null(strstr(page.bytes, "<td>data</td>")); /* only what is assumed or fitted */
    ech_text_free(&page);
    ech_error_free(&error);
}

/* The package: more leave with it, the allowance keeps leaders; the rule of reserve only costs posts. */
static void test_the_table_says_who_leaves_and_what_is_not_counted(void **state)
{
    static const char *const words[ECH_N_LANGS][5] = {
        {"more leave:<br/>+0.4", "hardly anybody<br/>kept", "salaries not counted",
         "<span class=\"worst worse\">clearly 20", "<span class=\"worst unclear\">worst 20"},
        {"离开的更多：<br/>+0.4", "几乎没有人<br/>因此留下", "不含工资", "年明显变差：", "最差20"}};
    fake.package_hurts = 0.045;
    for (int lang = 0; lang < ECH_N_LANGS; lang++) {
        struct ech_text page = {0};
        struct ech_error error = {0};
        enum ech_report_lang one = lang == ECH_LANG_ZH ? ECH_REPORT_ZH : ECH_REPORT_EN;
        assert_int_equal(write_page(one, &page, &error), ECH_OK);
        for (int i = 0; i < 5; i++) {
            assert_says(&page, words[lang][i]);
        }
        assert_null(strstr(page.bytes, lang == ECH_LANG_ZH ? "class=\"worst worse\">最差"
                                                           : "class=\"worst worse\">worst"));
        ech_text_free(&page);
        ech_error_free(&error);
    }
}

static void test_words_from_files_cannot_become_markup(void **state)
{
    struct ech_text page = {0};
    struct ech_error error = {0};
    fake.hostile = true;
    assert_int_equal(write_page(ECH_REPORT_BOTH, &page, &error), ECH_OK);
    assert_well_formed(page.bytes);
    assert_no_network(page.bytes);
    assert_says(&page, "It&#39;s &lt;b&gt;&quot;odd&quot;&lt;/b&gt; &amp; ");
    assert_null(strstr(page.bytes, "\"odd\"</b>"));
    for (size_t i = 0; i < page.length; i++) {
        assert_true((unsigned char)page.bytes[i] >= 32 || page.bytes[i] == '\n');
    }
    ech_text_free(&page);
    ech_error_free(&error);
}

static void test_short_and_single_runs_have_a_page(void **state)
{
    static const int shapes[][3] = {{1, 15, 17}, {5, 0, 17}, {5, 2, 3}, {20, 15, 1}};
    for (size_t i = 0; i < sizeof shapes / sizeof *shapes; i++) {
        struct ech_text page = {0};
        struct ech_error error = {0};
        fake = usual;
        fake.n_replications = shapes[i][0];
        fake.n_years = shapes[i][1];
        fake.n_scenarios = shapes[i][2];
        assert_int_equal(write_page(ECH_REPORT_ZH, &page, &error), ECH_OK);
        assert_well_formed(page.bytes);
        ech_text_free(&page);
        ech_error_free(&error);
    }
}

static void test_without_gnuplot_numbers_and_words_are_there(void **state)
{
    char programs[PATH_SIZE];
    struct ech_text page = {0};
    struct ech_error error = {0};
    make_folder(programs);
    set_path(programs);
    enum ech_status status = write_page(ECH_REPORT_EN, &page, &error);
    put_path_back();
    assert_int_equal(status, ECH_PARTIAL);
    assert_int_equal(error.n_problems, ech_n_figures());
    assert_int_equal(error.problems[0].code, ECH_ERR_GNUPLOT);
    assert_well_formed(page.bytes);
    assert_int_equal(count(page.bytes, "<svg"), 0);
    assert_int_equal(count(page.bytes, "could not be drawn"), ech_n_figures());
    assert_says(&page, "The reserve rule cannot be kept");
    assert_says(&page, "No font is embedded");
    assert_null(strstr(page.bytes, "data:font"));
    ech_text_free(&page);
    ech_error_free(&error);
    remove_folder(programs);
}

static void test_a_page_that_cannot_be_written_is_an_error(void **state)
{
    struct ech_error error = {0};
    fake.n_replications = 2;
    fake.n_scenarios = 1;
    assert_int_equal(
        ech_report_write(&fake, 0, ECH_REPORT_EN, "/nonexistent/echelon/report.html", &error),
        ECH_IO);
    assert_int_equal(error.problems[error.n_problems - 1].code, ECH_ERR_WRITE);
    ech_error_free(&error);
}

/* One unit of money on a page; heads are those at the end of the year, which the heads say. */
static void test_money_has_one_unit(void **state)
{
    struct ech_text page = {0};
    struct ech_error error = {0};
    assert_int_equal(write_page(ECH_REPORT_BOTH, &page, &error), ECH_OK);
    assert_int_equal(count(page.bytes, "thousand yuan a year</th>"), 2);
    assert_int_equal(count(page.bytes, "（万元/年）</th>"), 2);
    assert_null(strstr(page.bytes, "cost, yuan a year"));
    assert_null(strstr(page.bytes, "（元/年）</th>"));
    assert_int_equal(count(page.bytes, "heads, year’s end</th>"), 2);
    assert_int_equal(count(page.bytes, "实有人数（年末）</th>"), 2);
    ech_text_free(&page);
}

/* The value that compare gives stands in the table of who is judged rightly. */
static void test_what_is_right_is_told_for_each_policy(void **state)
{
    struct ech_text page = {0};
    struct ech_error error = {0};
    assert_int_equal(write_page(ECH_REPORT_EN, &page, &error), ECH_OK);
    const char *table = strstr(page.bytes, "Who is chosen and judged rightly");
    assert_non_null(table);
    const char *end = strstr(table, "</table>");
    assert_non_null(end);
    int from, to;
    struct ech_comparison wants;
    ech_compare_horizon(&fake, &from, &to);
    const char *county = ech_results_scenario(&fake, 1)->groups[0].id;
    assert_int_equal(
        ech_compare_years(&fake, 0, 1, county, "wants_to_leave", from, to, &wants, &error), ECH_OK);
    char cell[80];
    snprintf(cell, sizeof cell, "<td>%s<br/><span class=\"", ech_number_percent(wants.policy, 1).s);
    const char *found = strstr(table, cell);
    assert_non_null(found);
    assert_true(found < end);
    ech_text_free(&page);
}

/* Of seventeen scenarios the references; dates fold, all but the last of the first scenario. */
static void test_team_reviews_stand_where_months_are_kept(void **state)
{
    struct ech_text page = {0};
    struct ech_error error = {0};
    fake.monthly = true;
    fake.n_replications = 2;
    assert_int_equal(write_page(ECH_REPORT_BOTH, &page, &error), ECH_OK);
    assert_int_equal(count(page.bytes, "<table class=\"teams\">"), 2 * 2 * 4);
    assert_int_equal(count(page.bytes, "<details open="), 2);
    assert_int_equal(count(page.bytes, "<th>Township 10</th>"), 2 * (4 + 1)); /* and rejections */
    assert_int_equal(count(page.bytes, "<table class=\"counts\">"), 2 * 2 * 2);
    assert_well_formed(page.bytes);
    ech_text_free(&page);
    fake.monthly = false;
    assert_int_equal(write_page(ECH_REPORT_EN, &page, &error), ECH_OK);
    assert_int_equal(count(page.bytes, "<table class=\"teams\">"), 0);
    assert_int_equal(count(page.bytes, "<table class=\"counts\">"), 0);
    assert_non_null(strstr(page.bytes, "writes what this table needs when it ends"));
    ech_text_free(&page);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(test_each_language_gives_a_whole_page, use),
        cmocka_unit_test_setup(test_the_page_says_what_it_rests_on, use),
        cmocka_unit_test_setup(test_the_table_says_who_leaves_and_what_is_not_counted, use),
        cmocka_unit_test_setup(test_words_from_files_cannot_become_markup, use),
        cmocka_unit_test_setup(test_short_and_single_runs_have_a_page, use),
        cmocka_unit_test_setup(test_without_gnuplot_numbers_and_words_are_there, use),
        cmocka_unit_test_setup(test_a_page_that_cannot_be_written_is_an_error, use),
        cmocka_unit_test_setup(test_money_has_one_unit, use),
        cmocka_unit_test_setup(test_what_is_right_is_told_for_each_policy, use),
        cmocka_unit_test_setup(test_team_reviews_stand_where_months_are_kept, use),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
