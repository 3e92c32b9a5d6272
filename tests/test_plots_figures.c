/* Every figure in both languages and all formats, whole, readable and in one language. */
#include "plots_fixture.h"

#include "plots/figures.h"
#include "plots/number.h"
#include "plots/panel.h"
#include "plots/style.h"
#include "plots_fake.h"

static const struct ech_results usual = {.n_scenarios = FAKE_MAX_SCENARIOS,
                                         .n_replications = 25,
                                         .n_years = 15,
                                         .monthly = true,
                                         .effect = 1};

static int use(void **state)
{
    fake = usual;
    return 0;
}

static void assert_drawn(int figure, const struct ech_figure_request *request)
{
    struct ech_error error = {0};
    enum ech_status status = ech_figure_draw(figure, request, &error);
    for (int i = 0; i < error.n_problems; i++) {
        char words[600];
        ech_error_text(&error.problems[i], ECH_LANG_EN, words, sizeof words);
        print_error("%s\n", words);
    }
    assert_int_equal(status, ECH_OK);
    assert_int_equal(error.n_problems, 0);
}

static void assert_file(int figure, const struct ech_figure_request *request)
{
    static const size_t smallest[] = {5000, 20000, 8000};
    char path[PATH_SIZE + 64];
    struct ech_text bytes = {0};
    snprintf(path, sizeof path, "%s/%s.%s", request->dir, ech_figure_at(figure)->name,
             ech_picture_format_names[request->format]);
    read_whole(path, &bytes);
    assert_true(bytes.length > smallest[request->format]);
    assert_true(ech_gnuplot_is_complete(request->format, &bytes));
    if (request->format == ECH_PICTURE_SVG) {
        assert_well_formed(bytes.bytes);
        assert_int_equal(has_ideographs(bytes.bytes), request->lang == ECH_LANG_ZH);
        assert_null(strstr(bytes.bytes, " id="));
        assert_null(strstr(bytes.bytes, "nan,"));
        assert_null(strstr(bytes.bytes, "Gnuplot"));
    }
    ech_text_free(&bytes);
}

static void test_every_figure_is_drawn_in_both_languages_and_all_formats(void **state)
{
    char folder[PATH_SIZE];
    make_folder(folder);
    for (int combination = 0; combination < ECH_N_LANGS * ECH_N_PICTURE_FORMATS; combination++) {
        struct ech_figure_request request = {
            .results = &fake,
            .lang = (enum ech_lang)(combination % ECH_N_LANGS),
            .format = (enum ech_picture_format)(combination / ECH_N_LANGS),
            .dir = folder};
        for (int i = 0; i < ech_n_figures(); i++) {
            assert_drawn(i, &request);
            assert_file(i, &request);
        }
    }
    assert_int_equal(count_files(folder), ech_n_figures() * ECH_N_PICTURE_FORMATS);
    remove_folder(folder);
}

/* All figures as SVG of the present fake; gnuplot may not even warn of an empty range. */
static void assert_all_drawn(int n_scenarios, const int *scenarios)
{
    for (int i = 0; i < ech_n_figures(); i++) {
        struct ech_figure_request request = {.results = &fake,
                                             .n_scenarios = n_scenarios,
                                             .scenarios = scenarios,
                                             .lang = (enum ech_lang)(i % ECH_N_LANGS)};
        struct ech_figure_parts parts;
        struct ech_error error = {0};
        for (int narrow = 0; narrow < 2; narrow++) {
            request.narrow = narrow == 1;
            assert_int_equal(ech_figure_for_page(i, &request, &parts, &error), ECH_OK);
            assert_well_formed(ech_text_string(&parts.svg));
            assert_true(parts.headline.length > 10);
            assert_true(parts.subtitle.length > 20);
            assert_true(parts.foot.length > 30);
            assert_true(fake.hostile || !strchr(ech_text_string(&parts.foot), '{'));
            ech_figure_parts_free(&parts);
        }
        ech_error_free(&error);
    }
}

static void test_odd_shapes_are_drawn(void **state)
{
    fake.n_replications = 1;
    assert_all_drawn(0, NULL);
    fake = usual;
    fake.n_years = 0;
    assert_all_drawn(0, NULL);
    fake.n_years = 1;
    assert_all_drawn(0, NULL);
    fake = usual;
    fake.n_years = 60;
    fake.n_replications = 3;
    assert_all_drawn(0, NULL);
    fake = usual;
    fake.constant = true;
    assert_all_drawn(0, NULL);
    fake = usual;
    fake.n_scenarios = 1;
    assert_all_drawn(0, NULL);
}

static void test_selections_are_drawn(void **state)
{
    fake.n_replications = 7;
    assert_all_drawn(1, (const int[]){5});
    assert_all_drawn(2, (const int[]){0, 10});
    assert_all_drawn(3, (const int[]){5, 6, 7});
    assert_all_drawn(7, (const int[]){1, 2, 3, 4, 9, 10, 11});
}

static void read_svg(const char *figure, struct ech_figure_parts *parts)
{
    struct ech_figure_request request = {.results = &fake};
    struct ech_error error = {0};
    assert_int_equal(ech_figure_for_page(ech_figure_find(figure), &request, parts, &error), ECH_OK);
    ech_error_free(&error);
}

static void test_undefined_values_stay_open_and_are_named(void **state)
{
    struct ech_figure_parts parts;
    fake.undefined = true;
    assert_all_drawn(0, NULL);
    read_svg("vacancy_heatmap", &parts);
    assert_non_null(strstr(ech_text_string(&parts.svg), ">nothing to count<"));
    ech_figure_parts_free(&parts);
    fake.undefined = false;
    read_svg("vacancy_heatmap", &parts);
    assert_null(strstr(ech_text_string(&parts.svg), ">nothing to count<"));
    ech_figure_parts_free(&parts);
}

static void test_the_caption_says_that_one_replication_has_no_band(void **state)
{
    struct ech_figure_parts parts;
    read_svg("vacancy_fan", &parts);
    assert_non_null(strstr(ech_text_string(&parts.subtitle), "median of 25 replications"));
    assert_non_null(strstr(ech_text_string(&parts.foot), "seed 1"));
    assert_non_null(strstr(ech_text_string(&parts.foot), "Nanpiao district"));
    assert_non_null(strstr(ech_text_string(&parts.foot), "year 2020: 2019-09 to 2020-08"));
    assert_non_null(
        strstr(ech_text_string(&parts.foot), "months from opening to taking office: 2 months"));
    assert_non_null(strstr(ech_text_string(&parts.svg), "#c7e0ef")); /* the 90% tint */
    ech_figure_parts_free(&parts);
    fake.n_replications = 1;
    read_svg("vacancy_fan", &parts);
    assert_non_null(strstr(ech_text_string(&parts.subtitle), "one replication, so no band"));
    assert_null(strstr(ech_text_string(&parts.svg), "#c7e0ef"));
    ech_figure_parts_free(&parts);
}

static void test_the_worst_unit_comes_first(void **state)
{
    struct ech_figure_parts parts;
    fake.constant = true;
    read_svg("vacancy_heatmap", &parts);
    const char *svg = ech_text_string(&parts.svg);
    const char *worst = strstr(svg, ">Township 10<"), *next = strstr(svg, ">Township 9<");
    assert_non_null(worst);
    assert_non_null(next);
    assert_true(worst < next);
    assert_true(next < strstr(svg, ">Department 1<"));
    ech_figure_parts_free(&parts);
}

static void assert_headline(const char *figure, const char *words)
{
    struct ech_figure_parts parts;
    read_svg(figure, &parts);
    const char *headline = ech_text_string(&parts.headline);
    if (!strstr(headline, words)) {
        fail_msg("%s: '%s' does not say '%s'", figure, headline, words);
    }
    ech_figure_parts_free(&parts);
}

static void test_moves_are_said_to_bunch_only_where_they_do(void **state)
{
    assert_headline("moves", "Moves bunch at the change of terms: in townships");
    fake.monthly = false; /* a file that was cut short holds years only */
    assert_headline("moves", "in such a year");
    assert_all_drawn(0, NULL);
    fake = usual;
    fake.no_terms = 2;
    assert_headline("moves", "townships: ");
    fake.monthly = false;
    assert_headline("moves", "in a year of a change of terms");
    fake = usual;
    fake.no_terms = 1;
    assert_headline("moves", "No change of terms: ");
    fake.n_years = 0;
    assert_headline("moves", "nobody has moved");
}

static void test_moves_mark_each_change_with_its_month(void **state)
{
    struct ech_figure_parts parts;
    read_svg("moves", &parts);
    assert_non_null(strstr(ech_text_string(&parts.svg), "2021-06: "));
    assert_non_null(strstr(ech_text_string(&parts.svg), "2026-06: "));
    assert_non_null(strstr(ech_text_string(&parts.svg), "2031-06: "));
    ech_figure_parts_free(&parts);
}

static void test_tenures_are_both_named_only_where_both_occur(void **state)
{
    assert_headline("tenure", "Too long and too short side by side: ");
    fake.n_years = 0; /* nobody is long in post at the start */
    assert_headline("tenure", "Hardly anybody is over 10 years in post");
}

static void test_remote_units_are_said_to_be_short_only_where_they_are(void **state)
{
    assert_headline("remoteness", "stay short: ");
    fake.effect = 0;
    assert_headline("remoteness", "No clear difference between remote");
    fake.effect = -1;
    assert_headline("remoteness", "are not the short ones");
    fake.n_years = 0;
    assert_headline("remoteness", "No year was run");
}

/* Of many policies those that change little have no panel, unless they are asked for. */
static void test_many_policies_leave_room_for_those_that_matter(void **state)
{
    static const char *const names[] = {"vacancy_fan", "distribution"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        struct ech_figure_parts parts;
        fake.n_scenarios = FAKE_MAX_SCENARIOS;
        read_svg(names[i], &parts);
        assert_null(strstr(ech_text_string(&parts.subtitle), "left out"));
        ech_figure_parts_free(&parts);
        fake.n_scenarios = FAKE_MANY_SCENARIOS;
        read_svg(names[i], &parts);
        assert_non_null(strstr(ech_text_string(&parts.subtitle), "less or not clearly are left"));
        assert_null(strstr(ech_text_string(&parts.svg), "First"));
        assert_non_null(strstr(ech_text_string(&parts.svg), "Nothing changes"));
        assert_non_null(strstr(ech_text_string(&parts.svg), "Nobody is transferred in"));
        assert_non_null(strstr(ech_text_string(&parts.svg), "Step-down at 52"));
        ech_figure_parts_free(&parts);
    }
}

static void test_odd_titles_are_drawn_as_they_are(void **state)
{
    struct ech_figure_parts parts;
    fake.hostile = true;
    assert_all_drawn(0, NULL);
    read_svg("distribution", &parts);
    assert_non_null(strstr(ech_text_string(&parts.svg), "It's &lt;b>"));
    assert_non_null(strstr(ech_text_string(&parts.svg), "`date` $(x) {1} %s é"));
    ech_figure_parts_free(&parts);
}

static void test_a_missing_program_leaves_no_file(void **state)
{
    for (int lang = 0; lang < ECH_N_LANGS; lang++) {
        char folder[PATH_SIZE], programs[PATH_SIZE];
        struct ech_error error = {0};
        make_folder(folder);
        make_folder(programs);
        struct ech_figure_request request = {.results = &fake,
                                             .lang = (enum ech_lang)lang,
                                             .format = ECH_PICTURE_PNG,
                                             .dir = folder};
        set_path(programs);
        enum ech_status status = ech_figure_draw(0, &request, &error);
        put_path_back();
        assert_int_equal(status, ECH_PARTIAL);
        assert_int_equal(error.n_problems, 1);
        assert_int_equal(error.problems[0].code,
                         lang == ECH_LANG_ZH ? ECH_ERR_FONT : ECH_ERR_GNUPLOT);
        assert_int_equal(count_files(folder), 0);
        ech_error_free(&error);
        remove_folder(folder);
        remove_folder(programs);
    }
}

static void test_a_missing_folder_is_an_input_output_error(void **state)
{
    struct ech_error error = {0};
    struct ech_figure_request request = {.results = &fake, .dir = "/nonexistent/echelon"};
    assert_int_equal(ech_figure_draw(0, &request, &error), ECH_IO);
    assert_int_equal(error.problems[0].code, ECH_ERR_WRITE);
    ech_error_free(&error);
}

static void test_names_are_found_and_others_are_not(void **state)
{
    static const char *const names[] = {
        "vacancy_fan",         "vacancy_heatmap", "vacancy_parts",  "break_heatmap",
        "age_pyramid",         "exits_by_cause",  "reserve_target", "differences_reserve",
        "differences_vacancy", "distribution",    "moves",          "tenure",
        "rejections",          "remoteness"};
    int n = (int)(sizeof names / sizeof *names);
    assert_int_equal(ech_n_figures(), n);
    for (int i = 0; i < n; i++) {
        int figure = ech_figure_find(names[i]);
        assert_int_not_equal(figure, ECH_NONE);
        assert_true(has_ideographs(ech_figure_at(figure)->title[ECH_LANG_ZH]));
        assert_false(has_ideographs(ech_figure_at(figure)->title[ECH_LANG_EN]));
    }
    assert_int_equal(ech_figure_find("vacancy"), ECH_NONE);
}

/* Numbers beside a panel begin inside the sheet, however long they are. */
static void test_numbers_of_an_axis_have_room(void **state)
{
    static const double tops[] = {0.8, 7, 12.5, 61, 1234, 23456.7};
    for (size_t i = 0; i < sizeof tops / sizeof *tops; i++) {
        struct ech_axis axis = ech_axis_cover(0, tops[i], 5);
        struct ech_number widest = ech_number(axis.high, axis.decimals);
        double right = ech_panel_gutter(&axis) - 7; /* where the words end */
        assert_true(right >= ech_glyph_width(widest.s, ECH_SIZE_TICK));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(test_every_figure_is_drawn_in_both_languages_and_all_formats, use),
        cmocka_unit_test_setup(test_odd_shapes_are_drawn, use),
        cmocka_unit_test_setup(test_selections_are_drawn, use),
        cmocka_unit_test_setup(test_undefined_values_stay_open_and_are_named, use),
        cmocka_unit_test_setup(test_the_caption_says_that_one_replication_has_no_band, use),
        cmocka_unit_test_setup(test_the_worst_unit_comes_first, use),
        cmocka_unit_test_setup(test_moves_are_said_to_bunch_only_where_they_do, use),
        cmocka_unit_test_setup(test_moves_mark_each_change_with_its_month, use),
        cmocka_unit_test_setup(test_tenures_are_both_named_only_where_both_occur, use),
        cmocka_unit_test_setup(test_remote_units_are_said_to_be_short_only_where_they_are, use),
        cmocka_unit_test_setup(test_many_policies_leave_room_for_those_that_matter, use),
        cmocka_unit_test_setup(test_odd_titles_are_drawn_as_they_are, use),
        cmocka_unit_test_setup(test_a_missing_program_leaves_no_file, use),
        cmocka_unit_test_setup(test_a_missing_folder_is_an_input_output_error, use),
        cmocka_unit_test_setup(test_names_are_found_and_others_are_not, use),
        cmocka_unit_test_setup(test_numbers_of_an_axis_have_room, use),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
