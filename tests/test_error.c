/* The list of problems: statuses, copies, words in both languages, cutting. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "model/error.h"

static void test_fail_gives_status_of_row(void **state)
{
    struct ech_error error = {0};
    assert_int_equal(ech_fail(&error, ECH_ERR_KEY, (struct ech_facts){.what = "a"}), ECH_USAGE);
    assert_int_equal(ech_fail(&error, ECH_ERR_WRITE, (struct ech_facts){.what = "b"}), ECH_IO);
    assert_int_equal(ech_fail(NULL, ECH_ERR_TOO_LARGE, (struct ech_facts){.what = "c"}),
                     ECH_MEMORY);
    assert_int_equal(error.n_problems, 2);
    assert_string_equal(ech_error_name(ECH_ERR_EXTENDS_CYCLE), "EXTENDS_CYCLE");
    ech_error_free(&error);
    ech_error_free(&error);
    assert_int_equal(error.n_problems, 0);
}

static void test_fail_copies_its_strings(void **state)
{
    struct ech_error error = {0};
    char what[] = "years";
    char file[] = "a.yaml";
    for (int i = 0; i < 100; i++) {
        ech_fail(&error, ECH_ERR_KEY,
                 (struct ech_facts){.what = what, .at = {.file = file, .line = i + 1}});
    }
    memset(what, 'x', 5);
    memset(file, 'x', 6);
    assert_int_equal(error.n_problems, 100);
    assert_string_equal(error.problems[99].facts.what, "years");
    assert_string_equal(error.problems[99].facts.at.file, "a.yaml");
    assert_int_equal(error.problems[99].facts.at.line, 100);
    ech_error_free(&error);
}

static void test_worse_orders_statuses(void **state)
{
    assert_int_equal(ech_status_worse(ECH_OK, ECH_PARTIAL), ECH_PARTIAL);
    assert_int_equal(ech_status_worse(ECH_USAGE, ECH_PARTIAL), ECH_USAGE);
    assert_int_equal(ech_status_worse(ECH_IO, ECH_MEMORY), ECH_MEMORY);
    assert_int_equal(ech_status_worse(ECH_IO, ECH_USAGE), ECH_IO);
}

static void assert_text(enum ech_error_code code, struct ech_facts facts, enum ech_lang lang,
                        const char *expected)
{
    struct ech_error error = {0};
    char text[400];
    ech_fail(&error, code, facts);
    size_t length = ech_error_text(&error.problems[0], lang, text, sizeof text);
    assert_string_equal(text, expected);
    assert_int_equal(length, strlen(expected));
    ech_error_free(&error);
}

static void test_text_fills_the_row(void **state)
{
    struct ech_facts facts = {.what = "hiring.quota",
                              .value = "-3",
                              .allowed = "0 to 100000",
                              .unit = "people/year",
                              .hint = ECH_BOTH("or `off`", "或 off"),
                              .at = {"a.yaml", 3, 17}};
    assert_text(ECH_ERR_RANGE, facts, ECH_LANG_EN,
                "a.yaml:3:17: 'hiring.quota' is -3, but must lie in 0 to 100000 people/year; "
                "or `off`");
    assert_text(ECH_ERR_RANGE, facts, ECH_LANG_ZH,
                "a.yaml:3:17: 'hiring.quota' 的值为 -3，应在 0 to 100000 people/year 之间；或 off");
}

static void test_text_drops_what_is_empty(void **state)
{
    assert_text(ECH_ERR_RANGE,
                (struct ech_facts){.what = "x", .value = "2", .allowed = "0 to 1", .unit = ""},
                ECH_LANG_EN, "'x' is 2, but must lie in 0 to 1");
    assert_text(ECH_ERR_RANGE, (struct ech_facts){.what = "x", .value = "2", .allowed = "0-1"},
                ECH_LANG_ZH, "'x' 的值为 2，应在 0-1 之间");
    assert_text(ECH_ERR_KEY, (struct ech_facts){.what = "x", .at = {"f", 0, 0}}, ECH_LANG_EN,
                "f: unknown key 'x'");
    assert_text(ECH_ERR_DATE, (struct ech_facts){.what = "x", .value = "y"}, ECH_LANG_EN,
                "'x' is y, but must be a month such as 2026-06");
}

static void test_text_escapes_control_characters(void **state)
{
    assert_text(ECH_ERR_KEY, (struct ech_facts){.what = "a\x1b[31m\n"}, ECH_LANG_EN,
                "unknown key 'a\\x1B[31m\\x0A'");
}

static void test_text_is_never_cut_within_a_character(void **state)
{
    struct ech_error error = {0};
    ech_fail(&error, ECH_ERR_KEY, (struct ech_facts){.what = "键盘"});
    const char *whole = "未知的键 '键盘'";
    for (size_t size = 1; size <= strlen(whole) + 1; size++) {
        char text[64];
        assert_int_equal(ech_error_text(&error.problems[0], ECH_LANG_ZH, text, size),
                         strlen(whole));
        size_t length = strlen(text);
        assert_true(length < size && length + 3 >= size);
        assert_memory_equal(text, whole, length);
        assert_true(((unsigned char)whole[length] & 0xC0) != 0x80);
    }
    ech_error_free(&error);
}

static void test_text_of_every_row_stands_alone(void **state)
{
    for (int code = 0; code < ECH_N_ERRORS; code++) {
        struct ech_problem problem = {(enum ech_error_code)code,
                                      {"W", "V", "A", "U", "H", {NULL, 0, 0}}};
        for (int lang = 0; lang < ECH_N_LANGS; lang++) {
            char text[400];
            ech_error_text(&problem, (enum ech_lang)lang, text, sizeof text);
            assert_null(strchr(text, '{'));
            assert_true(strstr(text, "W") != NULL || strstr(text, "V") != NULL);
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_fail_gives_status_of_row),
        cmocka_unit_test(test_fail_copies_its_strings),
        cmocka_unit_test(test_worse_orders_statuses),
        cmocka_unit_test(test_text_fills_the_row),
        cmocka_unit_test(test_text_drops_what_is_empty),
        cmocka_unit_test(test_text_escapes_control_characters),
        cmocka_unit_test(test_text_is_never_cut_within_a_character),
        cmocka_unit_test(test_text_of_every_row_stands_alone),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
