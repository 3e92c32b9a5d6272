/* Tables in CSV: quotes, line ends, encodings, and what is refused where. */
#include "tests/input_fixture.h"

#include "input/csv.h"
#include "model/types.h"

/** A table read from bytes, with what it needs. */
struct table {
    struct ech_arena arena;
    struct ech_error error;
    struct ech_csv csv;
    bool good;
};

static void read_bytes(struct table *t, const char *bytes, size_t length)
{
    struct ech_file file = {.path = "t.csv", .bytes = bytes, .length = length};
    static jmp_buf jump;
    memset(t, 0, sizeof *t);
    if (setjmp(jump) != 0) {
        fail();
    }
    t->arena.out_of_memory = &jump;
    t->good = ech_csv_parse(&file, &t->arena, &t->csv, &t->error);
}

static void drop(struct table *t)
{
    ech_arena_free(&t->arena);
    ech_error_free(&t->error);
}

static void assert_cell(const struct table *t, int row, int column, const char *text, int line,
                        int at_column)
{
    const struct ech_cell *cell = ech_csv_cell(&t->csv, row, column);
    assert_string_equal(cell->text, text);
    assert_int_equal(cell->at.line, line);
    assert_int_equal(cell->at.column, at_column);
}

static void test_plain_and_quoted_cells_know_their_place(void **state)
{
    struct table t;
    const char *text = "id,名称,n\r\n1,\"a \"\"b\"\", c\",\n\n2,\"two\nlines\",x\n3,,\"\"";
    read_bytes(&t, text, strlen(text));
    assert_true(t.good);
    assert_int_equal(t.csv.n_columns, 3);
    assert_int_equal(t.csv.n_rows, 3);
    assert_string_equal(t.csv.columns[1].text, "名称");
    assert_int_equal(t.csv.columns[2].at.column, 7); /* columns count characters */
    assert_cell(&t, 0, 0, "1", 2, 1);
    assert_cell(&t, 0, 1, "a \"b\", c", 2, 3);
    assert_cell(&t, 0, 2, "", 2, 16);
    assert_cell(&t, 1, 1, "two\nlines", 4, 3);
    assert_cell(&t, 1, 2, "x", 5, 8);
    assert_cell(&t, 2, 2, "", 6, 4);
    drop(&t);
}

static void test_line_ends_of_three_sorts_are_read(void **state)
{
    struct table t;
    const char *text = "a,b\r1,2\r\n3,4\n";
    read_bytes(&t, text, strlen(text));
    assert_true(t.good);
    assert_int_equal(t.csv.n_rows, 2);
    assert_cell(&t, 0, 0, "1", 2, 1);
    assert_cell(&t, 1, 1, "4", 3, 3);
    drop(&t);
}

static void test_columns_are_found_by_name(void **state)
{
    struct table t;
    const char *text = "\xEF\xBB\xBF"
                       "a,b\n1,2\n";
    read_bytes(&t, text, strlen(text));
    assert_int_equal(ech_csv_column(&t.csv, "a", &t.error), 0);
    assert_int_equal(ech_csv_column(&t.csv, "b", &t.error), 1);
    assert_int_equal(ech_csv_column(&t.csv, "c", &t.error), ECH_NONE);
    assert_int_equal(t.error.problems[0].code, ECH_ERR_MISSING);
    drop(&t);
}

static void test_gb18030_is_converted(void **state)
{
    struct table t;
    /* 姓名,n / 张䶵,1: the second character of the name has four bytes: GBK has none for it */
    const char text[] = "\xD0\xD5\xC3\xFB,n\n\xD5\xC5\x82\x35\x87\x38,1\n";
    read_bytes(&t, text, sizeof text - 1);
    assert_true(t.good);
    assert_string_equal(t.csv.columns[0].text, "姓名");
    assert_cell(&t, 0, 0, "张䶵", 2, 1);
    assert_cell(&t, 0, 1, "1", 2, 4);
    drop(&t);
}

static void assert_refused(const char *bytes, size_t length, enum ech_error_code code, int line,
                           int column, const char *words)
{
    struct table t;
    char text[500];
    read_bytes(&t, bytes, length);
    assert_false(t.good);
    assert_int_equal(t.error.n_problems, 1);
    ech_error_text(&t.error.problems[0], ECH_LANG_EN, text, sizeof text);
    assert_int_equal(t.error.problems[0].code, code);
    assert_int_equal(t.error.problems[0].facts.at.line, line);
    assert_int_equal(t.error.problems[0].facts.at.column, column);
    assert_non_null(strstr(text, words));
    drop(&t);
}

static void test_what_is_no_table_is_refused(void **state)
{
    static const struct {
        const char *text;
        enum ech_error_code code;
        int line, column;
        const char *words;
    } cases[] = {
        {"", ECH_ERR_SYNTAX, 1, 1, "the table is empty"},
        {"\n\n", ECH_ERR_SYNTAX, 3, 1, "the table is empty"},
        {"a,b\n1\n", ECH_ERR_SYNTAX, 2, 1, "1 cells in a row of a table with 2 columns"},
        {"a,b\n1,2,\n", ECH_ERR_SYNTAX, 2, 1, "3 cells"},
        {"\"\",\"", ECH_ERR_SYNTAX, 1, 4, "never closed"},
        {"a,b\n1,\"2\n", ECH_ERR_SYNTAX, 2, 3, "never closed"},
        {"a,b\n1,\"2\"x\n", ECH_ERR_SYNTAX, 2, 6, "after a closing quote"},
        {"a,b\n1,x\"y\"\n", ECH_ERR_SYNTAX, 2, 4, "a quote inside a cell"},
        {"a,b,a\n1,2,3\n", ECH_ERR_DUPLICATE, 1, 5, "'a' is given twice; first at t.csv:1:1"},
        {"a,b\n\x01,2\n", ECH_ERR_ENCODING, 2, 1, "control character"},
        {"a,b\n1,\xFF\n", ECH_ERR_ENCODING, 2, 3, "byte 0xFF is not UTF-8"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        assert_refused(cases[i].text, strlen(cases[i].text), cases[i].code, cases[i].line,
                       cases[i].column, cases[i].words);
    }
    static const char utf16[] = "\xFF\xFE"
                                "a\0,\0b\0\n\0";
    assert_refused(utf16, sizeof utf16 - 1, ECH_ERR_ENCODING, 1, 1, "save it as UTF-8");
    assert_refused("a\0,b\n1,2\n", 9, ECH_ERR_ENCODING, 1, 2, "NUL byte");
}

static void test_too_many_columns_are_refused(void **state)
{
    char text[3000];
    for (size_t i = 0; i < sizeof text; i++) {
        text[i] = i % 2 == 0 ? 'a' : ',';
    }
    assert_refused(text, sizeof text, ECH_ERR_SYNTAX, 1, 2001, "more than 1000 columns");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_plain_and_quoted_cells_know_their_place),
        cmocka_unit_test(test_line_ends_of_three_sorts_are_read),
        cmocka_unit_test(test_columns_are_found_by_name),
        cmocka_unit_test(test_gb18030_is_converted),
        cmocka_unit_test(test_what_is_no_table_is_refused),
        cmocka_unit_test(test_too_many_columns_are_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
