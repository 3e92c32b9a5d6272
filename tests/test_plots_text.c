/* Words and numbers of pictures and pages. */
#include "plots_fixture.h"

#include <locale.h>
#include <math.h>

#include "model/measures.h"
#include "model/params.h"
#include "plots/gnuplot.h"
#include "plots/html.h"
#include "plots/number.h"
#include "plots/words.h"

static void test_fill_takes_its_words_in_any_order(void **state)
{
    struct ech_text text = {0};
    ech_text_fill(&text, "{2} of {1}, {2}{3} {x} 50 %", "418", "9", "", NULL);
    assert_string_equal(ech_text_string(&text), "9 of 418, 9 {x} 50 %");
    ech_text_free(&text);
    assert_string_equal(ech_text_string(&text), "");
}

static void test_fill_does_not_fill_what_was_filled_in(void **state)
{
    struct ech_text text = {0};
    ech_text_fill(&text, "<{1}>", "{1}{2}%s", NULL);
    assert_string_equal(ech_text_string(&text), "<{1}{2}%s>");
    ech_text_free(&text);
}

static void test_numbers_have_spaced_thousands_and_a_true_minus(void **state)
{
    assert_string_equal(ech_number(1234567.891, 1).s, "1\xC2\xA0"
                                                      "234\xC2\xA0"
                                                      "567.9");
    assert_string_equal(ech_number(1000, 0).s, "1\xC2\xA0"
                                               "000");
    assert_string_equal(ech_number(-2.3851, 2).s, "\xE2\x88\x92"
                                                  "2.39");
    assert_string_equal(ech_number(-0.004, 2).s, "0.00");
    assert_string_equal(ech_number_signed(0.04, 1).s, "0.0");
    assert_string_equal(ech_number_signed(4.06, 1).s, "+4.1");
    assert_string_equal(ech_number(NAN, 1).s, ECH_NUMBER_NONE);
    assert_string_equal(ech_number(INFINITY, 1).s, ECH_NUMBER_NONE);
    assert_string_equal(ech_number_people(9.96).s, "10");
    assert_string_equal(ech_number_people(8.83).s, "8.8");
    assert_string_equal(ech_number_people(7.01).s, "7");
    assert_string_equal(ech_number_percent(0.0238, 1).s, "2.4");
    assert_string_equal(ech_number_month(2019 * 12 + 7).s, "2019-08");
    assert_int_equal(ech_number_year(2019 * 12 + 7, 15), 2034);
    assert_string_equal(ech_number_seed(UINT64_MAX).s, "18446744073709551615");
}

static void test_widths_know_ideographs_and_narrow_letters(void **state)
{
    assert_true(fabs(ech_glyph_width("空缺率", 10) - 30) < 1e-9);
    assert_true(ech_glyph_width("ill", 10) < ech_glyph_width("mmm", 10));
    assert_true(fabs(ech_glyph_width("", 10)) < 1e-9);
}

static void test_a_cut_never_splits_a_character(void **state)
{
    for (int width = 0; width < 90; width++) {
        struct ech_text cut = {0};
        ech_glyph_cut(&cut, "空缺率 of 干部", 10, width);
        const char *at = ech_text_string(&cut);
        for (uint32_t glyph; (glyph = ech_glyph_next(&at)) != 0;) {
            assert_int_not_equal(glyph, 0xFFFD);
        }
        assert_true(ech_glyph_width(ech_text_string(&cut), 10) <= fmax(width, 10));
        ech_text_free(&cut);
    }
    struct ech_text whole = {0};
    ech_glyph_cut(&whole, "空缺率", 10, 30);
    assert_string_equal(ech_text_string(&whole), "空缺率");
    ech_text_free(&whole);
}

static void test_bad_bytes_count_as_one_character_each(void **state)
{
    const char *at = "\xE7\xA9z\xFF";
    assert_int_equal(ech_glyph_next(&at), 0xFFFD);
    assert_int_equal(ech_glyph_next(&at), 'z');
    assert_int_equal(ech_glyph_next(&at), 0xFFFD);
    assert_int_equal(ech_glyph_next(&at), 0);
}

static void assert_wraps(const char *text, double width, const char *const *expected, int n)
{
    struct ech_text lines[5];
    int found = ech_glyph_wrap(text, 10, width, lines, 5);
    assert_int_equal(found, n);
    for (int i = 0; i < found; i++) {
        assert_string_equal(ech_text_string(&lines[i]), expected[i]);
        ech_text_free(&lines[i]);
    }
}

static void test_lines_break_at_blanks_and_between_ideographs(void **state)
{
    assert_wraps("eight years of service", 55, (const char *[]){"eight years", "of service"}, 2);
    assert_wraps("后备制度无法落实，缺人", 80, (const char *[]){"后备制度无法落", "实，缺人"},
                 2); /* no comma begins a line */
    assert_wraps("", 50, NULL, 0);
    struct ech_text lines[1];
    assert_int_equal(ech_glyph_wrap("one two three four five", 10, 60, lines, 1), 1);
    assert_non_null(strstr(ech_text_string(&lines[0]), "..."));
    ech_text_free(&lines[0]);
}

static void assert_even(const char *text, double width, const char *first, const char *second)
{
    struct ech_text lines[3];
    assert_int_equal(ech_glyph_wrap_even(text, 10, width, lines, 3), 2);
    assert_string_equal(ech_text_string(&lines[0]), first);
    assert_string_equal(ech_text_string(&lines[1]), second);
    ech_text_free(&lines[0]);
    ech_text_free(&lines[1]);
}

static void test_even_lines_leave_no_last_word_alone(void **state)
{
    assert_wraps("one two three four five six", 112,
                 (const char *[]){"one two three four five", "six"}, 2);
    assert_even("one two three four five six", 112, "one two three", "four five six");
    assert_even("一二三四五六七八九十一", 100, "一二三四五六", "七八九十一");
    assert_even("一二三四五，六七八九十一", 100, "一二三四五，", "六七八九十一");
    assert_even("一二，三四五六七八九十一", 80, "一二，三四五", "六七八九十一");
    assert_even("一二三四五六（七八九十）", 100, "一二三四五六", "（七八九十）");
    struct ech_text line[1];
    assert_int_equal(ech_glyph_wrap_even("one two", 10, 140, line, 1), 1);
    ech_text_free(&line[0]);
}

static void assert_quoted(const char *string, const char *expected)
{
    struct ech_text script = {0};
    ech_gnuplot_quote(&script, string);
    assert_string_equal(ech_text_string(&script), expected);
    ech_text_free(&script);
}

static void test_quotes_hold_anything_on_one_line(void **state)
{
    assert_quoted("plain `date` \\n $x @y", "'plain `date` \\n $x @y'");
    assert_quoted("county's", "'county''s'");
    assert_quoted("a\nb\x01\x7F\"", "'ab\"'");
    /* gnuplot 5.4 cannot read a doubled quote at the beginning or after another */
    assert_quoted("'a''b'", "'\xE2\x80\x99"
                            "a''\xE2\x80\x99"
                            "b'''");
}

static void test_html_is_escaped(void **state)
{
    struct ech_text page = {0};
    ech_html_escape(&page, "<b>\"a\" & 'b'</b>\x02\n\xC3\xA9");
    assert_string_equal(ech_text_string(&page),
                        "&lt;b&gt;&quot;a&quot; &amp; &#39;b&#39;&lt;/b&gt; \xC3\xA9");
    ech_text_free(&page);
    ech_html_fill(&page, "<p title=\"{1}\">{2}</p>", "\"", "{1}", NULL);
    assert_string_equal(ech_text_string(&page), "<p title=\"&quot;\">{1}</p>");
    ech_text_free(&page);
}

static void test_base64_matches_the_standard(void **state)
{
    static const char *const pairs[][2] = {
        {"", ""},        {"f", "Zg=="},        {"fo", "Zm8="},
        {"foo", "Zm9v"}, {"foob", "Zm9vYg=="}, {"\xFF\xFE\xFD", "//79"}};
    for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++) { /* RFC 4648, section 10 */
        struct ech_text bytes = {0}, page = {0};
        ech_text_add(&bytes, pairs[i][0]);
        ech_html_base64(&page, &bytes);
        assert_string_equal(ech_text_string(&page), pairs[i][1]);
        ech_text_free(&bytes);
        ech_text_free(&page);
    }
}

static void test_every_unit_has_words_in_both_languages(void **state)
{
    for (int i = 0; i < ECH_N_PARAMS; i++) {
        assert_true(ech_words_unit_is_known(ech_param_rows[i].unit));
        assert_false(has_ideographs(ech_words_unit(ech_param_rows[i].unit, ECH_LANG_EN)));
    }
    for (int i = 0; i < ECH_N_COUNTS; i++) {
        assert_true(ech_words_unit_is_known(ech_count_rows[i].unit));
    }
    for (int i = 0; i < ECH_N_RATIOS; i++) {
        assert_true(ech_words_unit_is_known(ech_ratio_rows[i].unit));
    }
    assert_false(ech_words_unit_is_known("furlong"));
}

static void test_every_choice_has_chinese_words(void **state)
{
    for (int i = 0; i < ECH_N_PARAMS; i++) {
        const struct ech_param_row *row = &ech_param_rows[i];
        char choices[128];
        snprintf(choices, sizeof choices, "%s", row->unit);
        bool has_words = row->type == ECH_PARAM_CHOICE || row->type == ECH_PARAM_FLAG;
        for (char *word = has_words ? strtok(choices, "|") : NULL; word; word = strtok(NULL, "|")) {
            assert_string_equal(ech_words_value(row->unit, word, ECH_LANG_EN), word);
            if (!has_ideographs(ech_words_value(row->unit, word, ECH_LANG_ZH))) {
                fail_msg("'%s' of '%s' has no row in plots/words.c", word, row->unit);
            }
        }
    }
    assert_string_equal(ech_words_value("swap|outside|wait", "outside", ECH_LANG_ZH), "交流到县外");
    assert_string_equal(ech_words_value("month", "off", ECH_LANG_ZH), "不设");
    assert_string_equal(ech_words_value("month", "96", ECH_LANG_ZH), "96");
    assert_string_equal(ech_words_event("events[2021-05 exam_window].share", ECH_LANG_ZH),
                        "外地招考：走人比例");
    assert_string_equal(ech_words_event("exit.upward.rate", ECH_LANG_EN), "");
}

static void test_bases_of_the_table_have_words(void **state)
{
    for (int b = 0; b < 4; b++) {
        assert_string_equal(ech_words_basis(ech_basis_names[b], ECH_LANG_EN), ech_basis_names[b]);
        assert_true(has_ideographs(ech_words_basis(ech_basis_names[b], ECH_LANG_ZH)));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_fill_takes_its_words_in_any_order),
        cmocka_unit_test(test_fill_does_not_fill_what_was_filled_in),
        cmocka_unit_test(test_numbers_have_spaced_thousands_and_a_true_minus),
        cmocka_unit_test(test_widths_know_ideographs_and_narrow_letters),
        cmocka_unit_test(test_a_cut_never_splits_a_character),
        cmocka_unit_test(test_bad_bytes_count_as_one_character_each),
        cmocka_unit_test(test_lines_break_at_blanks_and_between_ideographs),
        cmocka_unit_test(test_even_lines_leave_no_last_word_alone),
        cmocka_unit_test(test_quotes_hold_anything_on_one_line),
        cmocka_unit_test(test_html_is_escaped),
        cmocka_unit_test(test_base64_matches_the_standard),
        cmocka_unit_test(test_every_unit_has_words_in_both_languages),
        cmocka_unit_test(test_every_choice_has_chinese_words),
        cmocka_unit_test(test_bases_of_the_table_have_words),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
