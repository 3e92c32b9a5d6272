/* Columns: Chinese letters take two, and lines break where they may. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "cli/columns.h"

static void test_width_counts_chinese_twice(void **state)
{
    assert_int_equal(ech_columns_width(""), 0);
    assert_int_equal(ech_columns_width("abc"), 3);
    assert_int_equal(ech_columns_width("空缺率 5%"), 9);
    assert_int_equal(ech_columns_width("（满）"), 6);
    assert_int_equal(ech_columns_width("“x”…"), 4);
    assert_int_equal(ech_columns_width("e\xCC\x81"), 1); /* a combining accent */
    assert_int_equal(ech_columns_width("𠮷"), 2);
    assert_int_equal(ech_columns_width("\xE7\xA9"), 1); /* a cut letter takes no more than it has */
}

/** What a function prints into a stream; the caller frees it. */
static char *printed(void (*print)(FILE *out))
{
    char *text = NULL;
    size_t size = 0;
    FILE *out = open_memstream(&text, &size);
    assert_non_null(out);
    print(out);
    fclose(out);
    return text;
}

static void print_cells(FILE *out)
{
    ech_columns_put(out, "空缺", 7, ECH_ALIGN_LEFT);
    ech_columns_put(out, "满", 5, ECH_ALIGN_RIGHT);
    ech_columns_put(out, "后备干部名单", 6, ECH_ALIGN_LEFT);
    ech_columns_put(out, "a longer word", 0, ECH_ALIGN_LEFT);
}

static void test_put_pads_and_cuts_to_width(void **state)
{
    char *text = printed(print_cells);
    /* five columns hold two letters and a blank remains beside the ellipsis */
    assert_string_equal(text, "空缺      满后备… a longer word");
    free(text);
}

static void print_wrapped(FILE *out)
{
    ech_columns_wrap(out, "words of one line", 70, 4);
    ech_columns_wrap(out, "一二三四，五六", 71, 4);
    ech_columns_wrap(out, "", 0, 0);
}

static void test_wrap_breaks_between_words_and_letters(void **state)
{
    char *text = printed(print_wrapped);
    /* ten columns: "words of" fits, " one" does not; nine: the comma stays with its letter */
    assert_string_equal(text, "words of\n    one line\n一二三\n    四，五六\n\n");
    free(text);
}

static void print_marks(FILE *out)
{
    ech_columns_wrap(out, "一二三四”，五六", 71, 0);
    ech_columns_wrap(out, "一二三“四五”六", 72, 0);
    ech_columns_wrap(out, "一二（90%区间）", 72, 0);
    ech_columns_wrap(out, "at “one” of", 72, 0);
}

static void test_wrap_keeps_marks_with_what_they_enclose(void **state)
{
    char *text = printed(print_marks);
    assert_string_equal(text, "一二三\n四”，五六\n一二三\n“四五”六\n一二\n（90%区间）\n"
                              "at “one”\nof\n");
    free(text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_width_counts_chinese_twice),
        cmocka_unit_test(test_put_pads_and_cuts_to_width),
        cmocka_unit_test(test_wrap_breaks_between_words_and_letters),
        cmocka_unit_test(test_wrap_keeps_marks_with_what_they_enclose),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
