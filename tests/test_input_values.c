/* Words that mean values: numbers, dates, months, rates, paths, encodings, guesses. */
#include "tests/input_fixture.h"

#include <locale.h>
#include <math.h>

#include "input/encoding.h"
#include "input/names.h"
#include "input/scalar.h"

static void test_numbers_are_decimal_and_nothing_else(void **state)
{
    static const char *const good[] = {"0", "-0", "7", "0.5", "-12.25", "1e3", "2.385E-2", "1e+2"};
    static const double expected[] = {0, 0, 7, 0.5, -12.25, 1000, 0.02385, 100};
    static const char *const bad[] = {"",    "+1",  "017",  "0x10", "1_000", ".5",   "5.",   "1e",
                                      "nan", "inf", ".inf", ".nan", "1 ",    " 1",   "1,5",  "--1",
                                      "0o7", "0b1", "1e5x", "NaN",  "-",     "１２", "1.2.3"};
    double number = 0;
    for (size_t i = 0; i < sizeof good / sizeof good[0]; i++) {
        assert_true(ech_scalar_number(good[i], &number));
        assert_true(number == expected[i]);
    }
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        assert_false(ech_scalar_number(bad[i], &number));
        assert_false(ech_scalar_whole(bad[i], &number));
    }
    assert_false(ech_scalar_whole("1.0", &number));
    assert_false(ech_scalar_whole("1e3", &number));
    assert_true(ech_scalar_number("1e999", &number) && isinf(number));
}

static void test_months_have_three_spellings(void **state)
{
    double months = 0;
    assert_true(ech_scalar_months("60", 1, &months) && months == 60);
    assert_true(ech_scalar_months("52.5", 12, &months) && months == 630);
    assert_true(ech_scalar_months("8 y", 1, &months) && months == 96);
    assert_true(ech_scalar_months("18 m", 12, &months) && months == 18);
    assert_true(ech_scalar_months("1.5y", 1, &months) && months == 18);
    assert_true(ech_scalar_months("58.25", 12, &months) && months == 699);
    static const char *const bad[] = {"1.5", "1.1 y", "8 years", "y", "8  y", "", "8 y ", "0x8 y"};
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        assert_false(ech_scalar_months(bad[i], 1, &months));
    }
}

static void test_dates_are_years_and_months(void **state)
{
    double month = 0;
    assert_true(ech_scalar_month("2019-08", &month) && month == 2019 * 12 + 7);
    assert_true(ech_scalar_month("1900-01", &month) && ech_scalar_month("2200-12", &month));
    static const char *const bad[] = {"2019-13", "2019-00", "1899-12",    "2201-01", "2019-8",
                                      "2019/08", "19-08",   "2019-08-01", "",        "a019-08"};
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        assert_false(ech_scalar_month(bad[i], &month));
    }
}

static void test_numbers_are_written_so_that_they_read_back(void **state)
{
    static const double numbers[] = {0.1, 9.4, 1.0 / 3, 100000, 1e-7, 123456789.125, 0, -2.385};
    static const char *const texts[] = {"0.1", "9.4", NULL, "100000", "1e-07", NULL, "0", "-2.385"};
    struct ech_arena arena = {0};
    jmp_buf jump;
    if (setjmp(jump) != 0) {
        fail();
    }
    arena.out_of_memory = &jump;
    for (size_t i = 0; i < sizeof numbers / sizeof numbers[0]; i++) {
        const char *text = ech_scalar_text(numbers[i], &arena);
        assert_true(strtod(text, NULL) == numbers[i]);
        if (texts[i] != NULL) {
            assert_string_equal(text, texts[i]);
        }
    }
    ech_arena_free(&arena);
    ech_arena_free(&arena);
}

/* Rates, through a scenario */

static struct ech_rate rate_of(struct fixture *f, const char *spelling)
{
    char text[500];
    snprintf(text, sizeof text, "policy: {exit.resign.rate: %s}\n", spelling);
    fixture_extend_well(f, text);
    return fixture_params(f, "tax", 0, 0)->exit_resign_rate;
}

static void assert_rate(struct fixture *f, const char *spelling, double value, bool exact)
{
    struct ech_rate rate = rate_of(f, spelling);
    assert_int_equal(rate.by, ECH_BY_NOTHING);
    assert_int_equal(rate.n_bands, 1);
    assert_true(fabs(rate.value[0] - value) < 1e-15);
    assert_int_equal(rate.is_probability[0], exact);
}

static void test_rates_have_four_plain_spellings(void **state)
{
    struct fixture *f = *state;
    assert_rate(f, "0.0173", 0.0173, false);
    assert_rate(f, "{annual: 0.173}", -log1p(-0.173), false);
    assert_rate(f, "{monthly: 0.0213}", 0.0213, true);
    assert_rate(f, "{monthly: 1}", 1, true);
    assert_rate(f, "{logit: -2.385}", 1 / (1 + exp(2.385)), true);
    assert_rate(f, "{logit: -2000}", 0, true);
    assert_rate(f, "{annual: 0.9999999}", -log1p(-0.9999999), false); /* beyond the row's range */
}

static void test_rates_by_service_and_age_are_steps(void **state)
{
    struct fixture *f = *state;
    struct ech_rate rate =
        rate_of(f, "{service: [[0, 0.07], [2 y, {monthly: 0.05}], [61, {annual: 0.5}]]}");
    assert_int_equal(rate.by, ECH_BY_SERVICE);
    assert_int_equal(rate.n_bands, 3);
    assert_int_equal(rate.from_month[1], 24);
    assert_true(rate.is_probability[1] && !rate.is_probability[0] && !rate.is_probability[2]);
    assert_true(fabs(rate.value[2] - log(2)) < 1e-15);
    rate = rate_of(f, "{age: [[300, {logit: 0}]]}");
    assert_int_equal(rate.by, ECH_BY_AGE);
    assert_true(rate.value[0] == 0.5 && rate.is_probability[0]);
}

static void test_rates_are_written_in_one_spelling(void **state)
{
    struct fixture *f = *state;
    rate_of(f, "{service: [[0, 0.07], [2 y, {logit: 0}]]}");
    assert_string_equal(fixture_setting(f, "exit.resign.rate", "", 0)->value,
                        "{service: [[0, 0.07], [24, {monthly: 0.5}]]}");
    rate_of(f, "{monthly: 0.0213}");
    assert_string_equal(fixture_setting(f, "exit.resign.rate", "", 0)->value, "{monthly: 0.0213}");
}

static void test_wrong_rates_are_refused(void **state)
{
    static const struct {
        const char *spelling;
        enum ech_error_code code;
        const char *words;
    } cases[] = {
        {"-0.1", ECH_ERR_RANGE, "[0, 12] 1/year"},
        {"{monthly: 1.01}", ECH_ERR_RANGE, "'monthly' is 1.01"},
        {"{annual: -0.1}", ECH_ERR_RANGE, "'annual' is -0.1"},
        {"{logit: 1e999}", ECH_ERR_RANGE, "'logit'"},
        {"{logit: nan}", ECH_ERR_TYPE, "'nan'"},
        {"{monthly: 0.1, annual: 0.1}", ECH_ERR_TYPE, "a map, but must be a hazard"},
        {"{}", ECH_ERR_TYPE, "a map"},
        {"[0.1]", ECH_ERR_TYPE, "a list"},
        {"{servise: [[0, 0.1]]}", ECH_ERR_KEY, "did you mean 'service'?"},
        {"{service: 3}", ECH_ERR_TYPE, "1 to 24 bands"},
        {"{service: []}", ECH_ERR_TYPE, "1 to 24 bands"},
        {"{service: [3]}", ECH_ERR_TYPE, "[months, value]"},
        {"{service: [[0, 0.1], [0, 0.2]]}", ECH_ERR_RANGE, "[1, 1440] months; bands rise"},
        {"{service: [[0, 0.1], [1.5, 0.2]]}", ECH_ERR_TYPE, "whole months"},
        {"{service: [[0, {service: [[0, 0.1]]}]]}", ECH_ERR_KEY, "'service'"},
        {"{age: [[0, 13]]}", ECH_ERR_RANGE, "'age' is 13, but must lie in [0, 12] 1/year"},
    };
    struct fixture *f = *state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        char text[300];
        snprintf(text, sizeof text, "policy: {exit.resign.rate: %s}\n", cases[i].spelling);
        assert_int_equal(fixture_extend(f, text), ECH_USAGE);
        fixture_only(f, cases[i].code, 2, 0, cases[i].words);
    }
}

static void test_every_type_of_parameter_is_read(void **state)
{
    struct fixture *f = *state;
    fixture_extend_well(f, "policy:\n"
                           "  hiring.min_service: 8 y\n"
                           "  retirement.age_men: 61.25\n"
                           "  rotation.max_tenure: off\n"
                           "  stepdown.age: 630 m\n"
                           "  establishment.overrun: 3\n"
                           "  hiring.quota: off\n"
                           "  hiring.women: 0.385\n"
                           "  incentive.reference: 1000.5\n"
                           "  stepdown.exchange: false\n"
                           "  hiring.exam_month: 11\n"
                           "  rotation.unmatched: wait\n");
    const struct ech_params *p = fixture_params(f, "tax", 0, 0);
    assert_int_equal(p->hiring_min_service, 96);
    assert_int_equal(p->retirement_age_men, 735);
    assert_int_equal(p->rotation_max_tenure, ECH_NEVER);
    assert_int_equal(p->stepdown_age, 630);
    assert_int_equal(p->establishment_overrun, 3);
    assert_true(isinf(p->hiring_quota));
    assert_true(p->hiring_women == 0.385);
    assert_true(p->incentive_reference == 1000.5);
    assert_false(p->stepdown_exchange);
    assert_int_equal(p->hiring_exam_month, 11);
    assert_int_equal(p->rotation_unmatched, ECH_UNMATCHED_WAIT);
    assert_string_equal(fixture_setting(f, "stepdown.age", "", 0)->value, "52.5");
    assert_string_equal(fixture_setting(f, "stepdown.exchange", "", 0)->value, "false");
}

/** A locale with a decimal comma, if the machine has one, must not change how numbers are read. */
static void test_the_users_locale_does_not_matter(void **state)
{
    struct fixture *f = *state;
    static const char *const names[] = {"de_DE.UTF-8", "fr_FR.UTF-8", "ru_RU.UTF-8", ""};
    for (size_t i = 0; i < 4 && setlocale(LC_ALL, names[i]) == NULL; i++) {
    }
    fixture_extend_well(f, "policy: {hiring.women: 0.385}\n");
    assert_true(fixture_params(f, "tax", 0, 0)->hiring_women == 0.385);
    assert_string_equal(fixture_setting(f, "hiring.women", "", 0)->value, "0.385");
    setlocale(LC_ALL, "C");
}

/* Names */

static void test_guesses_are_near_and_never_the_word_itself(void **state)
{
    static const struct {
        const char *word, *candidate;
        bool near;
    } cases[] = {{"yeras", "years", true},  {"years", "years", false},
                 {"x", "y", false},         {"adm", "admin", true},
                 {"ttile", "title", true},  {"units", "unit", true},
                 {"note", "months", false}, {"hiring.qouta", "hiring.quota", true}};
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct ech_guess guess = {.word = cases[i].word};
        ech_guess_try(&guess, cases[i].candidate);
        assert_int_equal(guess.best != NULL, cases[i].near);
    }
}

static void test_the_nearest_candidate_wins(void **state)
{
    struct ech_guess guess = {.word = "township_11"};
    ech_guess_try(&guess, "township_02");
    ech_guess_try(&guess, "township_10");
    ech_guess_try(&guess, "township_01");
    assert_string_equal(guess.best, "township_10");
    struct ech_guess cut_short = {.word = "--repl"};
    ech_guess_try(&cut_short, "--help");
    ech_guess_try(&cut_short, "--replications");
    ech_guess_try(&cut_short, "--seed");
    assert_string_equal(cut_short.best, "--replications");
}

/* UTF-8 */

static void test_utf8_is_strict(void **state)
{
    assert_int_equal(ech_utf8_length("a", 1), 1);
    assert_int_equal(ech_utf8_length("\xC2\xA0", 2), 2);
    assert_int_equal(ech_utf8_length("县", 3), 3);
    assert_int_equal(ech_utf8_length("\xF0\xA0\x80\x80", 4), 4);
    assert_int_equal(ech_utf8_length("\xF4\x8F\xBF\xBF", 4), 4);
    static const char *const bad[] = {"\x80",
                                      "\xC1\x81",
                                      "\xE0\x9F\x80",
                                      "\xED\xA0\x80",
                                      "\xF0\x8F\x80\x80",
                                      "\xF4\x90\x80\x80",
                                      "\xF8\x80\x80\x80"};
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        assert_int_equal(ech_utf8_length(bad[i], strlen(bad[i])), 0);
    }
    assert_int_equal(ech_utf8_length("县", 2), 0);
}

/* Paths */

static void test_paths_are_joined_and_made_relative(void **state)
{
    struct ech_arena arena = {0};
    jmp_buf jump;
    if (setjmp(jump) != 0) {
        fail();
    }
    arena.out_of_memory = &jump;
    assert_string_equal(ech_path_join("a/b/c.yaml", "../d.yaml", &arena), "a/d.yaml");
    assert_string_equal(ech_path_join("c.yaml", "d.yaml", &arena), "d.yaml");
    assert_string_equal(ech_path_join("c.yaml", "../../d.yaml", &arena), "../../d.yaml");
    assert_string_equal(ech_path_join("a/c.yaml", "/x/./y.yaml", &arena), "/x/y.yaml");
    assert_string_equal(ech_path_join("/a/c.yaml", "../../../d.yaml", &arena), "/d.yaml");
    assert_string_equal(ech_path_relative("/a/b", "/a/b/c.yaml", &arena), "c.yaml");
    assert_string_equal(ech_path_relative("/a/b", "/a/bc/d.yaml", &arena), "../bc/d.yaml");
    assert_string_equal(ech_path_relative("/a/b/e", "/a/c.yaml", &arena), "../../c.yaml");
    assert_string_equal(ech_path_relative("/", "/a/c.yaml", &arena), "a/c.yaml");
    assert_string_equal(ech_path_stem("a/b.c.yaml", &arena), "b.c");
    assert_string_equal(ech_path_stem("b.yml", &arena), "b");
    assert_string_equal(ech_path_stem("b.txt", &arena), "b.txt");
    ech_arena_free(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_numbers_are_decimal_and_nothing_else),
        cmocka_unit_test(test_months_have_three_spellings),
        cmocka_unit_test(test_dates_are_years_and_months),
        cmocka_unit_test(test_numbers_are_written_so_that_they_read_back),
        WITH_FOLDER(test_rates_have_four_plain_spellings),
        WITH_FOLDER(test_rates_by_service_and_age_are_steps),
        WITH_FOLDER(test_rates_are_written_in_one_spelling),
        WITH_FOLDER(test_wrong_rates_are_refused),
        WITH_FOLDER(test_every_type_of_parameter_is_read),
        WITH_FOLDER(test_the_users_locale_does_not_matter),
        cmocka_unit_test(test_guesses_are_near_and_never_the_word_itself),
        cmocka_unit_test(test_the_nearest_candidate_wins),
        cmocka_unit_test(test_utf8_is_strict),
        cmocka_unit_test(test_paths_are_joined_and_made_relative),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
