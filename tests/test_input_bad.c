/* Wrong scenario files: every problem in one pass, at its place, and nothing is left behind. */
#include "tests/input_fixture.h"

#include <fcntl.h>
#include <sys/resource.h>
#include <sys/wait.h>

#define BAD ECH_SOURCE_DIR "/tests/bad/"

/** A problem that a file of tests/bad must give. */
struct expected {
    const char *file;
    enum ech_error_code code;
    int line, column;
    const char *words;
};

static const struct expected expected[] = {
    {"misspelt_key", ECH_ERR_KEY, 2, 1, "did you mean 'years'?"},
    {"misspelt_key", ECH_ERR_KEY, 4, 3, "did you mean 'hiring.quota'?"},
    {"wrong_type", ECH_ERR_TYPE, 2, 8, "'years' is 'ten', but must be a whole number"},
    {"wrong_type", ECH_ERR_TYPE, 4, 17, "a list, but must be a number"},
    {"wrong_type", ECH_ERR_TYPE, 5, 26, "'yes', but must be true or false"},
    {"wrong_type", ECH_ERR_TYPE, 6, 19, "a map, but must be one of score, seniority, lottery"},
    {"wrong_type", ECH_ERR_TYPE, 7, 17, "\"2\", but must be a number"},
    {"wrong_type", ECH_ERR_TYPE, 8, 23, "'017'"},
    {"wrong_type", ECH_ERR_TYPE, 9, 23, "'0x60'"},
    {"wrong_type", ECH_ERR_TYPE, 10, 24, "'1.5', but must be whole months"},
    {"out_of_range", ECH_ERR_RANGE, 2, 8, "must lie in [0, 60] years"},
    {"out_of_range", ECH_ERR_RANGE, 4, 17, "is 1.5, but must lie in [0, 1] share"},
    {"out_of_range", ECH_ERR_RANGE, 5, 17, "must lie in [35, 70] year; or off"},
    {"out_of_range", ECH_ERR_RANGE, 6, 30, "infinite hazard"},
    {"out_of_range", ECH_ERR_RANGE, 7, 21, "must lie in [0, 12] 1/year"},
    {"out_of_range", ECH_ERR_RANGE, 8, 24, "is 1e999"},
    {"not_a_number", ECH_ERR_TYPE, 3, 17, "'nan'"},
    {"not_a_number", ECH_ERR_TYPE, 4, 21, "'.inf'"},
    {"not_a_number", ECH_ERR_TYPE, 5, 20, "is empty"},
    {"duplicate_key", ECH_ERR_DUPLICATE, 4, 3, "duplicate_key.yaml:3:3"},
    {"duplicate_key", ECH_ERR_DUPLICATE, 6, 1, "duplicate_key.yaml:5:1"},
    {"missing_extends", ECH_ERR_EXTENDS_MISSING, 1, 50, "nowhere.yaml (there is no such file)"},
    {"cycle_a", ECH_ERR_EXTENDS_CYCLE, 1, 11, "cycle_b.yaml -> "},
    {"cycle_b", ECH_ERR_EXTENDS_CYCLE, 1, 10, "cycle_c.yaml -> "},
    {"unknown_name", ECH_ERR_UNKNOWN_NAME, 2, 11, "no unit called 'township_11'"},
    {"unknown_name", ECH_ERR_UNKNOWN_NAME, 3, 11, "did you mean 'township'?"},
    {"unknown_name", ECH_ERR_UNKNOWN_NAME, 4, 12, "did you mean 'section'?"},
    {"unknown_name", ECH_ERR_UNKNOWN_NAME, 6, 11, "did you mean 'department_head'?"},
    {"unknown_name", ECH_ERR_UNKNOWN_NAME, 5, 33, "no type of units called 'vilage'"},
    {"unknown_name", ECH_ERR_UNKNOWN_NAME, 5, 49, "did you mean 'deputy'?"},
    {"nul", ECH_ERR_ENCODING, 2, 9, "NUL byte"},
    {"gbk", ECH_ERR_ENCODING, 2, 8, "looks like GBK or GB18030"},
    {"utf16", ECH_ERR_ENCODING, 1, 1, "looks like UTF-16"},
    {"empty", ECH_ERR_SYNTAX, 1, 1, "the file is empty"},
    {"full_width_colon", ECH_ERR_YAML_FEATURE, 3, 6, "full-width colon"},
    {"tag", ECH_ERR_YAML_FEATURE, 2, 8, "a tag"},
    {"second_document", ECH_ERR_YAML_FEATURE, 2, 1, "a second document"},
    {"syntax", ECH_ERR_KEY, 2, 1, "did you mean 'years'?"},
    {"syntax", ECH_ERR_KEY, 3, 10, "did you mean 'hiring.quota'?"},
    {"syntax", ECH_ERR_SYNTAX, 4, 8, "not valid YAML: while parsing a flow mapping, line 3"},
    {"margin", ECH_ERR_MARGIN, 91, 7,
     "limit 'institution_28_32': 120 people, but must be at most 77"},
    {"margin", ECH_ERR_MARGIN, 4, 28, "women: 400 people, but must be at most 383"},
    {"margin", ECH_ERR_MARGIN, 4, 44, "non_party: 419 people, but must be at most 418"},
    {"margin", ECH_ERR_MARGIN, 5, 28, "ages: 46 people, but must be 47"},
    {"margin", ECH_ERR_MARGIN, 6, 30, "education: 129 people, but must be 138"},
    {"margin", ECH_ERR_MARGIN, 6, 56, "fulltime: other: 19, but must be at most 0"},
    {"margin", ECH_ERR_MARGIN, 6, 78, "from the shorter to the longer"},
    {"margin", ECH_ERR_MARGIN, 8, 7, "186 people with the other blocks"},
    {"conflict", ECH_ERR_CONFLICT, 2, 8, "years contradicts months"},
    {"conflict", ECH_ERR_CONFLICT, 5, 3, "hiring.age_min: 40 contradicts hiring.age_max: 30"},
    {"conflict", ECH_ERR_CONFLICT, 6, 3, "they sum to more than 1"},
    {"conflict", ECH_ERR_CONFLICT, 7, 3,
     "rotation.min_tenure: 60 contradicts rotation.max_tenure: 48"},
    {"conflict", ECH_ERR_CONFLICT, 9, 3, "monthly probabilities sum to 1.1, more than 1"},
    {"conflict", ECH_ERR_CONFLICT, 10, 9, "more posts than places"},
    {"scope", ECH_ERR_SCOPE, 2, 22, "whole county and cannot differ in by_type"},
    {"scope", ECH_ERR_SCOPE, 3, 22, "whole unit and cannot differ in by_level"},
    {"scope", ECH_ERR_SCOPE, 4, 51, "whole county and cannot differ in by_unit"},
    {"scope", ECH_ERR_SCOPE, 5, 20, "whole county and cannot differ in by_kind"},
    {"scope", ECH_ERR_SCOPE, 5, 43, "whole unit and cannot differ in by_kind"},
    {"date", ECH_ERR_DATE, 2, 8, "'2019-8'"},
    {"date", ECH_ERR_DATE, 4, 12, "'2019/09'"},
    {"before_start", ECH_ERR_DATE, 3, 12, "after 2019-08, the start"},
    {"before_start", ECH_ERR_DATE, 4, 15, "after 2019-08, the start"},
    {"grandfather", ECH_ERR_GRANDFATHER, 5, 32, "'hiring.quota' holds for the whole county"},
    {"grandfather", ECH_ERR_GRANDFATHER, 6, 26, "'establishment.extra' holds for units"},
    {"grandfather", ECH_ERR_GRANDFATHER, 7, 49, "'procedure.months' holds for posts"},
    {"sources", ECH_ERR_UNKNOWN_NAME, 3, 26, "did you mean 'department'?"},
    {"sources", ECH_ERR_RANGE, 4, 45, "is 1.3, but must lie in [0, 1]"},
    {"sources", ECH_ERR_RANGE, 6, 5, "sources to 'department'' is 1.2"},
    {"sources", ECH_ERR_UNKNOWN_NAME, 7, 46, "no level called 'sect'"},
    {"sources", ECH_ERR_MISSING, 8, 5, "'from' is missing"},
    {"missing_keys", ECH_ERR_CONFLICT, 0, 0, "retirement.rule: law contradicts tables.retirement"},
    {"missing_keys", ECH_ERR_CONFLICT, 0, 0, "exit.death.factor: 1 contradicts tables.mortality"},
    {"missing_keys", ECH_ERR_MISSING, 1, 1, "'start' is missing in the scenario"},
    {"missing_keys", ECH_ERR_MISSING, 1, 1, "'years or months' is missing in the scenario"},
    {"missing_keys", ECH_ERR_MISSING, 1, 9, "'id' is missing in county"},
    {"missing_keys", ECH_ERR_MISSING, 3, 9, "'role' is missing in head"},
    {"missing_keys", ECH_ERR_MISSING, 3, 9, "'level' is missing in head"},
    {"missing_keys", ECH_ERR_MISSING, 5, 9, "'type' is missing in a"},
    {"missing_keys", ECH_ERR_MISSING, 6, 20, "'fill' is missing in x"},
    {"missing_keys", ECH_ERR_MISSING, 6, 20, "'ages' is missing in x"},
    {"missing_keys", ECH_ERR_MISSING, 7, 10, "'kind' is missing"},
    {"missing_keys", ECH_ERR_MISSING, 7, 10, "'track' is missing"},
    {"missing_keys", ECH_ERR_MISSING, 7, 10, "'share' is missing"},
};
enum { N_EXPECTED = sizeof expected / sizeof expected[0] };

static enum ech_status load_bad(struct fixture *f, const char *name)
{
    char path[512];
    snprintf(path, sizeof path, BAD "%s.yaml", name);
    fixture_forget(f);
    return ech_scenario_load(path, NULL, &f->scenario, &f->error);
}

/** Loads the file of row i and compares its problems with its rows; gives the row behind them. */
static int check_file(struct fixture *f, int i)
{
    const char *file = expected[i].file;
    int n = 0;
    assert_int_equal(load_bad(f, file), ECH_USAGE);
    assert_null(f->scenario.arena);
    for (; i < N_EXPECTED && strcmp(expected[i].file, file) == 0; i++, n++) {
        if (fixture_count(f, expected[i].code, expected[i].line, expected[i].column,
                          expected[i].words) != 1) {
            print_message("%s: no %s at %d:%d with '%s' among\n", file,
                          ech_error_name(expected[i].code), expected[i].line, expected[i].column,
                          expected[i].words);
            fixture_print(&f->error);
            fail();
        }
    }
    if (f->error.n_problems != n) {
        print_message("%s: %d problems, %d expected\n", file, f->error.n_problems, n);
        fixture_print(&f->error);
    }
    assert_int_equal(f->error.n_problems, n);
    return i;
}

static void test_each_bad_file_gives_all_its_problems(void **state)
{
    for (int i = 0; i < N_EXPECTED;) {
        i = check_file(*state, i);
    }
}

static void test_problems_are_sorted_by_file_line_and_column(void **state)
{
    struct fixture *f = *state;
    load_bad(f, "margin");
    for (int i = 1; i < f->error.n_problems; i++) {
        const struct ech_mark *a = &f->error.problems[i - 1].facts.at;
        const struct ech_mark *b = &f->error.problems[i].facts.at;
        int files = strcmp(a->file, b->file);
        assert_true(files < 0 || (files == 0 && (a->line < b->line ||
                                                 (a->line == b->line && a->column <= b->column))));
    }
}

static void test_problems_are_added_to_those_of_earlier_scenarios(void **state)
{
    struct fixture *f = *state;
    struct ech_scenario other = {0};
    load_bad(f, "tag");
    assert_int_equal(ech_scenario_load(BAD "empty.yaml", NULL, &other, &f->error), ECH_USAGE);
    assert_int_equal(f->error.n_problems, 2);
    assert_int_equal(f->error.problems[0].code, ECH_ERR_YAML_FEATURE);
}

static void test_an_error_list_is_not_needed(void **state)
{
    struct fixture *f = *state;
    assert_int_equal(ech_scenario_load(BAD "margin.yaml", NULL, &f->scenario, NULL), ECH_USAGE);
    assert_null(f->scenario.arena);
}

static void test_the_whole_circle_is_printed(void **state)
{
    struct fixture *f = *state;
    load_bad(f, "cycle_a");
    const char *chain = f->error.problems[0].facts.value;
    const char *places[] = {strstr(chain, "cycle_a.yaml -> "), strstr(chain, "cycle_b.yaml -> "),
                            strstr(chain, "cycle_c.yaml -> ")};
    assert_true(places[0] != NULL && places[1] > places[0] && places[2] > places[1]);
    assert_string_equal(chain + strlen(chain) - strlen("cycle_a.yaml"), "cycle_a.yaml");
}

static void test_a_scenario_may_not_extend_itself(void **state)
{
    struct fixture *f = *state;
    fixture_write(f, "self.yaml", "extends: ./self.yaml\n");
    assert_int_equal(fixture_load(f, "self.yaml"), ECH_USAGE);
    fixture_only(f, ECH_ERR_EXTENDS_CYCLE, 1, 10, "self.yaml -> ");
}

/* Aliases */

static void test_alias_bomb_is_refused_without_unfolding(void **state)
{
    struct fixture *f = *state;
    assert_int_equal(load_bad(f, "alias_bomb"), ECH_USAGE);
    assert_int_equal(fixture_count(f, ECH_ERR_YAML_FEATURE, 0, 0, "an anchor"), 9);
    assert_int_equal(fixture_count(f, ECH_ERR_YAML_FEATURE, 0, 0, "an alias"), 8 * 9);
    assert_int_equal(fixture_count(f, ECH_ERR_MISSING, 0, 0, ""), 0);
}

/* Size */

static void fill(char *text, size_t n, const char *pattern)
{
    size_t length = strlen(pattern);
    for (size_t i = 0; i < n; i++) {
        text[i] = pattern[i % length];
    }
}

static void test_deep_nesting_is_refused(void **state)
{
    static const char *const patterns[] = {"[", "{a: ", "- "};
    struct fixture *f = *state;
    for (int p = 0; p < 3; p++) {
        size_t n = 100000 * strlen(patterns[p]);
        char *text = malloc(n);
        fill(text, n, patterns[p]);
        fixture_write_bytes(f, "deep.yaml", text, n);
        free(text);
        assert_int_equal(fixture_load(f, "deep.yaml"), ECH_USAGE);
        assert_int_equal(fixture_count(f, ECH_ERR_YAML_FEATURE, 1, 0, "deeper than 16 levels"), 1);
        assert_true(f->error.n_problems <= 2); /* and the key a is unknown */
    }
}

static void test_sixteen_levels_are_not_too_deep(void **state)
{
    struct fixture *f = *state;
    fixture_write(f, "deep.yaml", "a: [[[[[[[[[[[[[[[x]]]]]]]]]]]]]]]\n");
    assert_int_equal(fixture_load(f, "deep.yaml"), ECH_USAGE);
    assert_int_equal(fixture_count(f, ECH_ERR_KEY, 1, 1, "'a'"), 1);
    assert_int_equal(fixture_count(f, ECH_ERR_YAML_FEATURE, 0, 0, ""), 0);
}

static void test_too_many_values_are_refused(void **state)
{
    struct fixture *f = *state;
    size_t n = 4 + 2 * 100001;
    char *text = malloc(n);
    memcpy(text, "a: [", 4);
    fill(text + 4, n - 4, "x,");
    fixture_write_bytes(f, "many.yaml", text, n);
    free(text);
    assert_int_equal(fixture_load(f, "many.yaml"), ECH_MEMORY);
    assert_int_equal(fixture_count(f, ECH_ERR_TOO_LARGE, 1, 0, "at most 100000"), 1);
}

static void test_too_large_a_file_is_refused(void **state)
{
    struct fixture *f = *state;
    size_t n = 1024 * 1024 + 1;
    char *text = malloc(n);
    fill(text, n, "# comment\n");
    fixture_write_bytes(f, "large.yaml", text, n);
    free(text);
    assert_int_equal(fixture_load(f, "large.yaml"), ECH_MEMORY);
    fixture_only(f, ECH_ERR_TOO_LARGE, 0, 0, "1048577 B; at most 1048576 B (1 MiB)");
}

static void test_too_many_units_and_places_are_refused_with_their_memory(void **state)
{
    struct fixture *f = *state;
    assert_int_equal(load_bad(f, "too_large"), ECH_MEMORY);
    fixture_only(f, ECH_ERR_TOO_LARGE, 2, 9, "1000070, which would take about");
    assert_int_equal(fixture_extend(f, "units: [{id: x, count: 30000, type: town,\n"
                                       "         establishment: 1000}]\n"),
                     ECH_MEMORY);
    assert_int_equal(fixture_count(f, ECH_ERR_TOO_LARGE, 0, 0, "30000026, which would take"), 1);
    assert_int_equal(fixture_extend(f, "units: [{id: x, count: 1000, type: town}]\n"
                                       "policy: {establishment.extra: 100000}\n"),
                     ECH_MEMORY);
    assert_int_equal(fixture_count(f, ECH_ERR_TOO_LARGE, 0, 0, "with establishment.extra"), 1);
}

static void test_too_many_dates_times_units_are_refused(void **state)
{
    struct fixture *f = *state;
    static char text[20000] =
        "months: 720\nunits: [{id: x, count: 900000, type: town}]\nchanges:\n";
    size_t n = strlen(text);
    for (int i = 1; i <= 200; i++) {
        n += (size_t)snprintf(text + n, sizeof text - n,
                              "  - {from: %d-%02d, policy: {hiring.quota: %d}}\n", 2020 + i / 12,
                              1 + i % 12, i);
    }
    fixture_write(f, "small.yaml", small);
    fixture_write(f, "plain.yaml", text);
    fixture_write(f, "over.yaml", "extends: [small.yaml, plain.yaml]\n");
    assert_int_equal(fixture_load(f, "over.yaml"), ECH_MEMORY);
    assert_int_equal(fixture_count(f, ECH_ERR_TOO_LARGE, 0, 0, "at most 200000000"), 1);
}

static void test_too_many_levels_are_refused(void **state)
{
    struct fixture *f = *state;
    assert_int_equal(
        fixture_extend(f,
                       "levels: [{id: a}, {id: b}, {id: c1}, {id: d}, {id: e}, {id: f}, {id: g},\n"
                       "  {id: h}, {id: i}, {id: j}, {id: k}]\n"),
        ECH_MEMORY);
    fixture_only(f, ECH_ERR_TOO_LARGE, 3, 0, "levels is too large: > 12");
}

static void test_a_chain_of_extends_has_an_end(void **state)
{
    struct fixture *f = *state;
    for (int i = 0; i < 70; i++) {
        char name[32];
        char text[64];
        snprintf(name, sizeof name, "%d.yaml", i);
        snprintf(text, sizeof text, "extends: %d.yaml\n", i + 1);
        fixture_write(f, name, text);
    }
    assert_int_equal(fixture_load(f, "0.yaml"), ECH_MEMORY);
    fixture_only(f, ECH_ERR_TOO_LARGE, 1, 10, "the chain of extends is too large: > 64");
}

/* Files that are none */

static void assert_unreadable(struct fixture *f, const char *path, const char *words)
{
    fixture_forget(f);
    assert_int_equal(ech_scenario_load(path, NULL, &f->scenario, &f->error), ECH_USAGE);
    fixture_only(f, ECH_ERR_READ, 0, 0, words);
}

static void test_what_is_no_file_is_refused_at_once(void **state)
{
    struct fixture *f = *state;
    char pipe[256];
    snprintf(pipe, sizeof pipe, "%s/pipe", f->folder);
    assert_int_equal(mkfifo(pipe, 0600), 0);
    assert_unreadable(f, f->folder, "it is a directory");
    assert_unreadable(f, pipe, "not a regular file");
    assert_unreadable(f, "/dev/full", "not a regular file");
    assert_unreadable(f, "/dev/zero", "not a regular file");
    assert_unreadable(f, "nowhere/at/all.yaml", "there is no such file");
    assert_unreadable(f, "", "there is no such file");
}

static void test_an_unreadable_file_is_refused(void **state)
{
    struct fixture *f = *state;
    if (geteuid() == 0) {
        skip(); /* root reads everything */
    }
    fixture_write(f, "closed.yaml", small);
    assert_int_equal(chmod(fixture_path(f, "closed.yaml"), 0), 0);
    assert_unreadable(f, fixture_path(f, "closed.yaml"), "permission denied");
}

static void test_extending_a_directory_prints_the_chain(void **state)
{
    struct fixture *f = *state;
    fixture_write(f, "a.yaml", "extends: b.yaml\n");
    fixture_write(f, "b.yaml", "extends: .\n");
    assert_int_equal(fixture_load(f, "a.yaml"), ECH_USAGE);
    fixture_only(f, ECH_ERR_EXTENDS_MISSING, 1, 10, "(it is a directory)");
    assert_int_equal(fixture_count(f, ECH_ERR_EXTENDS_MISSING, 0, 0, "a.yaml -> "), 1);
}

/* Single problems over a good scenario */

/** Lays `text` over the small scenario and expects one problem (lines count from the extends line). */
static void assert_over(struct fixture *f, const char *text, enum ech_error_code code, int line,
                        int column, const char *words)
{
    enum ech_status status = fixture_extend(f, text);
    fixture_only(f, code, line, column, words);
    assert_int_equal(status, ECH_USAGE);
}

static void test_a_wrong_value_is_found_though_it_is_overridden(void **state)
{
    struct fixture *f = *state;
    fixture_write(f, "small.yaml", small);
    fixture_write(f, "base.yaml", "extends: small.yaml\npolicy: {hiring.quota: many}\n");
    fixture_write(f, "top.yaml", "extends: base.yaml\npolicy: {hiring.quota: 3}\n");
    assert_int_equal(fixture_load(f, "top.yaml"), ECH_USAGE);
    fixture_only(f, ECH_ERR_TYPE, 2, 24, "'many'");
}

static void test_yaml_features_that_are_refused(void **state)
{
    struct fixture *f = *state;
    assert_over(f, "note: &a text\n", ECH_ERR_YAML_FEATURE, 2, 7, "an anchor");
    assert_over(f, "? [a, b]\n: 3\n", ECH_ERR_YAML_FEATURE, 2, 3, "a key that is not a word");
    assert_over(f, "title: {en：Colon}\n", ECH_ERR_YAML_FEATURE, 2, 9, "full-width colon");
    assert_over(f, "years:10\n", ECH_ERR_SYNTAX, 3, 1, "not valid YAML");
    fixture_write(f, "bare.yaml", "years：10");
    assert_int_equal(fixture_load(f, "bare.yaml"), ECH_USAGE);
    fixture_only(f, ECH_ERR_YAML_FEATURE, 1, 1, "full-width colon");
    fixture_write(f, "bare.yaml", "- a\n");
    assert_int_equal(fixture_load(f, "bare.yaml"), ECH_USAGE);
    fixture_only(f, ECH_ERR_SYNTAX, 1, 1, "the file holds no keys");
}

/* A list that is there, but empty, is told at its line; what is nowhere, at the head of the file. */
static void test_an_empty_list_is_not_missing(void **state)
{
    static const char *const lists[] = {"units", "levels", "types"};
    struct fixture *f = *state;
    for (size_t i = 0; i < sizeof lists / sizeof lists[0]; i++) {
        char text[200], words[100];
        snprintf(text, sizeof text, "county: {id: c}\nstart: 2019-08\nmonths: 24\n%s: []\n",
                 lists[i]);
        snprintf(words, sizeof words, "the list '%s' is empty", lists[i]);
        fixture_write(f, "empty.yaml", text);
        fixture_forget(f);
        assert_int_equal(fixture_load(f, "empty.yaml"), ECH_USAGE);
        for (size_t k = 0; k < sizeof lists / sizeof lists[0]; k++) {
            char missing[100];
            snprintf(missing, sizeof missing, "'%s' is missing", lists[k]);
            assert_int_equal(fixture_count(f, ECH_ERR_MISSING, 1, 1, missing), k != i);
        }
        assert_int_equal(fixture_count(f, ECH_ERR_EMPTY, 4, 1, words), 1);
    }
}

static void test_full_width_colon_in_a_text_is_good(void **state)
{
    struct fixture *f = *state;
    fixture_extend_well(f, "title: {zh: 政策：加强}\n");
    assert_string_equal(f->scenario.title.text[ECH_LANG_ZH], "政策：加强");
}

static void test_bad_text_is_refused(void **state)
{
    struct fixture *f = *state;
    assert_over(f, "title: a\x01z\n", ECH_ERR_ENCODING, 2, 9, "control character");
    assert_over(f, "title: a\x1fz\n", ECH_ERR_ENCODING, 2, 9, "control character");
    assert_over(f, "title: \xC0\x80\n", ECH_ERR_ENCODING, 2, 8, "byte 0xC0 is not UTF-8");
    assert_over(f, "title: \xED\xA0\x80\n", ECH_ERR_ENCODING, 2, 8, "byte 0xED is not UTF-8");
    assert_over(f, "title: \"a\\0b\"\n", ECH_ERR_ENCODING, 2, 8, "an escape spells a control");
    assert_over(f, "title: \"a\\e[31mb\"\n", ECH_ERR_ENCODING, 2, 8, "an escape spells a control");
    assert_over(f, "title: 县\xF5\n", ECH_ERR_ENCODING, 2, 9, "byte 0xF5 is not UTF-8");
}

static void test_names_are_lines(void **state)
{
    struct fixture *f = *state;
    assert_over(f, "name: \"a\\nb\"\n", ECH_ERR_TYPE, 2, 7, "a line of at most 100 bytes");
    fixture_write(f, "small.yaml", small);
    fixture_write(f, "a\nb.yaml", "extends: small.yaml\n");
    assert_int_equal(fixture_load(f, "a\nb.yaml"), ECH_USAGE);
    fixture_only(f, ECH_ERR_TYPE, 1, 1, "taken from the file's name");
}

static void test_wrong_forms_are_refused(void **state)
{
    struct fixture *f = *state;
    assert_over(f, "units: 3\n", ECH_ERR_TYPE, 2, 8, "'units' is '3', but must be a list");
    assert_over(f, "policy: {selection.rule: lotery}\n", ECH_ERR_CHOICE, 2, 26,
                "one of score, seniority, lottery, votes, exam, mix; did you mean 'lottery'?");
    assert_over(f, "kinds: [{id: head, role: chief}]\n", ECH_ERR_CHOICE, 2, 26, "party_chief");
    assert_over(f, "units: [3]\n", ECH_ERR_TYPE, 2, 9, "'units' is '3', but must be a map");
    assert_over(f, "policy: [a]\n", ECH_ERR_TYPE, 2, 9, "'policy' is a list");
    assert_over(f, "by_unit: {tax: 3}\n", ECH_ERR_TYPE, 2, 16, "'tax' is '3', but must be a map");
    assert_over(f, "title: [a]\n", ECH_ERR_TYPE, 2, 8, "{en: ..., zh: ...}");
    assert_over(f, "levels: [{id: a/b}]\n", ECH_ERR_TYPE, 2, 15, "letters, digits");
    assert_over(f, "months: -1\n", ECH_ERR_RANGE, 2, 9, "is -1, but must lie in [0, 720]");
    assert_over(f, "units: [{id: tax, remoteness: {from: 0}}]\n", ECH_ERR_MISSING, 2, 31,
                "'to' is missing in remoteness");
    assert_over(f, "units: [{id: tax, establishment: {adm: 9}}]\n", ECH_ERR_KEY, 2, 35,
                "did you mean 'admin'?");
    assert_over(f, "units: [{id: tax, posts: {head: x}}]\n", ECH_ERR_TYPE, 2, 33,
                "'head' is 'x', but must be a whole number");
    assert_over(f, "initial: {limits: [{id: l, ages: [30], at_most: 3}]}\n", ECH_ERR_TYPE, 2, 34,
                "two ages");
    assert_over(f, "initial: {blocks: [{id: b, fill: posts, ages: [[30, 40]]}]}\n", ECH_ERR_TYPE, 2,
                48, "[from, to, people]");
    assert_over(f, "initial: {blocks: [{id: b, fill: posts, ages: [[40, 30, 9]]}]}\n",
                ECH_ERR_RANGE, 2, 53, "is 30, but must lie in [40, 120]");
}

static void test_ids_are_given_once(void **state)
{
    struct fixture *f = *state;
    assert_over(f, "types: [{id: new}, {id: new}]\n", ECH_ERR_DUPLICATE, 2, 25, "'new'");
    assert_over(f, "units: [{id: town, type: bureau}]\n", ECH_ERR_CONFLICT, 2, 9,
                "unit 'town' contradicts a type of that id");
    assert_over(f, "types: [{id: c}]\n", ECH_ERR_CONFLICT, 2, 0, "c contradicts a county");
}

static void test_counties_are_known_and_named(void **state)
{
    struct fixture *f = *state;
    assert_over(f, "units: [{id: tax, county: d}]\n", ECH_ERR_UNKNOWN_NAME, 2, 27,
                "no county called 'd'");
    assert_over(f, "counties: [{id: d}]\n", ECH_ERR_CONFLICT, 0, 0, "county contradicts counties");
}

static void test_margins_of_every_sort_are_checked(void **state)
{
    static const struct {
        const char *block;
        enum ech_error_code code;
        const char *words;
    } cases[] = {
        {"fill: posts, ages: [[30, 39, 8]]", ECH_ERR_MARGIN, "ages: 8 people, but must be 9"},
        {"fill: posts, ages: [[30, 39, 10], [40, 44, rest]]", ECH_ERR_MARGIN,
         "ages: 10 people, but must be 9"},
        {"fill: posts, ages: [[30, 39, rest], [40, 44, rest]]", ECH_ERR_MARGIN, "`rest` twice"},
        {"fill: posts, count: 10, ages: [[30, 39, 10]]", ECH_ERR_MARGIN,
         "10 people with the other blocks of these places, but must be at most 9"},
        {"fill: posts, type: town, count: 7, ages: [[30, 39, 7]]", ECH_ERR_MARGIN, "at most 6"},
        {"fill: staff, track: institution, count: 7, ages: [[30, 39, 7]]", ECH_ERR_MARGIN,
         "at most 6"},
        {"fill: posts, ages: [[60, 61, 9]]", ECH_ERR_MARGIN, "9 people past retirement"},
        {"fill: posts, ages: [[55, 59, 8], [54, 54, 1]], women: 2", ECH_ERR_MARGIN,
         "women: 2 people, but must be at most 1"},
        {"fill: posts, ages: [[21, 39, 9]]", ECH_ERR_MARGIN, "initial.entry_age"},
        {"fill: posts, ages: [[30, 39, 9]], service: {from: 120, to: 130}", ECH_ERR_MARGIN,
         "120 months of service"},
        {"fill: posts, ages: [[30, 39, 9]], outsiders: 10", ECH_ERR_MARGIN, "outsiders: 10"},
        {"fill: posts, ages: [[30, 39, 9]], women: 10", ECH_ERR_MARGIN, "women: 10"},
        {"fill: posts, ages: [[30, 39, 9]], education: {bachelor: 10}", ECH_ERR_MARGIN,
         "education: 10 people, but must be 9"},
        {"fill: posts, ages: [[30, 39, 9]], fulltime: {bachelor: 1}", ECH_ERR_MARGIN,
         "fulltime: bachelor: 1"},
        {"fill: posts, ages: [[30, 39, 9]], level_time: {from: 9, to: 8}", ECH_ERR_MARGIN,
         "level_time: {from: 9, to: 8}"},
        {"fill: posts, ages: [[30, 39, 9]], service: {from: 9}", ECH_ERR_MISSING, "'to'"},
        {"fill: posts, ages: [[30, 39, 9]], age_at_entry: true", ECH_ERR_MISSING, "'service'"},
        {"fill: staff, ages: [[30, 39, rest]], post_time: {from: 0, to: 1}", ECH_ERR_CONFLICT,
         "staff hold no post"},
        {"fill: posts, type: twon, ages: [[30, 39, rest]]", ECH_ERR_UNKNOWN_NAME,
         "did you mean 'town'?"},
    };
    struct fixture *f = *state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        char text[400];
        snprintf(text, sizeof text, "initial: {blocks: [{id: b, %s}]}\n", cases[i].block);
        assert_over(f, text, cases[i].code, 2, 0, cases[i].words);
    }
}

static bool is_whole(const struct ech_param_row *row)
{
    return row->type == ECH_PARAM_MONTHS || row->type == ECH_PARAM_LIMIT ||
           row->type == ECH_PARAM_COUNT || row->type == ECH_PARAM_MOST ||
           row->type == ECH_PARAM_CALENDAR;
}

/* A third between two whole numbers of the range; of years no whole months. */
static void test_a_part_of_a_whole_number_is_refused(void **state)
{
    struct fixture *f = *state;
    int n = 0;
    for (int i = 0; i < ECH_N_PARAMS; i++) {
        char path[128];
        char text[300];
        const struct ech_param_row *row = &ech_param_rows[i];
        ech_param_path(row, path, sizeof path);
        if (is_whole(row)) {
            snprintf(text, sizeof text, "policy: {%s: %.0f.37}\n", path, row->min);
            assert_over(f, text, ECH_ERR_TYPE, 2, 0, "whole");
            n++;
        }
    }
    assert_true(n > 80);
}

static void test_policy_that_contradicts_itself_is_refused(void **state)
{
    struct fixture *f = *state;
    assert_over(f, "policy: {entry.age_min: 46}\n", ECH_ERR_CONFLICT, 2, 10,
                "entry.age_min: 46 contradicts entry.age_max: 45");
    assert_over(f, "by_level: {high: {outside.age_min: 50}}\n", ECH_ERR_CONFLICT, 2, 19,
                "outside.age_min: 50 contradicts outside.age_max");
    assert_over(f,
                "policy: {selection.rule: mix, selection.weight.votes: 0, "
                "selection.weight.score: 0}\n",
                ECH_ERR_CONFLICT, 2, 58,
                "selection.rule: mix contradicts selection.weight.score: 0");
    assert_over(f,
                "policy: {reserve.use: required, reserve.deputy_ratio: 0, "
                "reserve.chief_ratio: 0}\n",
                ECH_ERR_CONFLICT, 2, 58,
                "reserve.use: required contradicts reserve.chief_ratio: 0");
    assert_over(f, "policy: {rotation.max_unit_time: 48}\n", ECH_ERR_CONFLICT, 2, 10,
                "rotation.min_tenure: 60 contradicts rotation.max_unit_time: 48");
    assert_over(f, "policy: {rotation.share: 0.21}\n", ECH_ERR_CONFLICT, 2, 10,
                "rotation.share: 0.21 contradicts rotation.share_cap: 0.2");
    assert_over(
        f, "policy: {discipline.share.warning: 0.6}\n", ECH_ERR_CONFLICT, 2, 10,
        "discipline.share.warning: 0.6 contradicts discipline.share.dismissal: 0.1: the six "
        "shares discipline.share.* sum to 1.1, not to 1");
    assert_over(f, "policy: {incident.resign: 0.31, incident.blame: 0.7}\n", ECH_ERR_CONFLICT, 2,
                33, "incident.blame: 0.7 contradicts incident.resign: 0.31");
    assert_over(f, "policy: {term.most: 2, term.length: 30}\n", ECH_ERR_CONFLICT, 2, 24,
                "term.counts_from: 36 contradicts term.length: 30");
    assert_over(f, "policy: {conflict.rate: {age: [[0, 0.1], [480, 0.2]]}}\n", ECH_ERR_CONFLICT, 2,
                10, "contradicts two people");
    assert_over(f, "policy: {retirement.rule: law}\n", ECH_ERR_CONFLICT, 2, 10,
                "tables.retirement");
    assert_over(f, "policy: {entry.age_max: 62, entry.age_min: 60}\n", ECH_ERR_CONFLICT, 2, 29,
                "entry.age_min: 60 contradicts retirement.age_men: 60");
    assert_over(f, "policy: {outside.age_max: 65, outside.age_min: 61}\n", ECH_ERR_CONFLICT, 2, 31,
                "outside.age_min: 61 contradicts retirement.age_men: 60");
    assert_over(f,
                "policy: {hiring.age_min: 40, hiring.age_max: 44}\n"
                "changes: [{from: 2020-01, policy: {retirement.age_women: 40, "
                "retirement.age_men: 40}}]\n",
                ECH_ERR_CONFLICT, 3, 62, "hiring.age_min: 40 contradicts retirement.age_men: 40");
    assert_over(f,
                "policy: {hiring.age_min: 30, entry.age_min: 30}\n"
                "by_level: {high: {eligibility.max_age: 30}}\n",
                ECH_ERR_CONFLICT, 3, 19, "hiring.age_min: 30 contradicts eligibility.max_age: 30");
    assert_over(f, "policy: {hiring.age_min: 30, entry.age_min: 30, reserve.max_age: 29}\n",
                ECH_ERR_CONFLICT, 2, 49, "hiring.age_min: 30 contradicts reserve.max_age: 29");
    assert_over(f,
                "units: [{id: tax, establishment: 2}]\npolicy: {establishment.extra: 1}\n"
                "changes: [{from: 2020-01, policy: {establishment.extra: 0}}]\n",
                ECH_ERR_CONFLICT, 2, 9, "tax, 3 leading posts contradicts 2 administrative places");
    assert_over(f, "changes: [{from: 2020-01, policy: {exit.death.factor: 1}}]\n", ECH_ERR_CONFLICT,
                2, 36, "tables.mortality");
    assert_over(f, "policy: {grade.rule: results}\n", ECH_ERR_CONFLICT, 2, 10, "tables.grades");
    assert_over(
        f,
        "policy:\n  exit.resign.rate: {service: [[0, {monthly: 0.1}], [24, {monthly: 0.6}]]}\n"
        "  exit.upward.rate: {age: [[0, 0.1], [400, {monthly: 0.45}]]}\n",
        ECH_ERR_CONFLICT, 4, 3, "sum to 1.05, more than 1");
}

static void test_probabilities_that_never_meet_are_good(void **state)
{
    struct fixture *f = *state;
    fixture_extend_well(f, "policy:\n  exit.resign.rate: {age: [[0, {monthly: 0.9}], [300, 0.1]]}\n"
                           "  exit.upward.rate: {age: [[300, {monthly: 0.9}]]}\n");
}

/* Tables */

static void write_tables(struct fixture *f, const char *retirement, const char *mortality)
{
    fixture_write(f, "retirement.csv", retirement);
    fixture_write(f, "mortality.csv", mortality);
}

static const char *const good_retirement = "category,birth_month,age_years,age_months\n"
                                           "male,1965-01,60,1\nmale,1965-02,60,2\n"
                                           "female_55,1970-01,55,1\n";
static const char *const good_mortality = "table,sex,A,B,c\nT,m,0.0001,0.001,0.09\n"
                                          "T,f,0.0001,0.0005,0.1\n";
static const char *const with_tables =
    "tables: {retirement: retirement.csv, mortality: {file: mortality.csv, table: T}}\n"
    "policy: {retirement.rule: law, exit.death.factor: 1}\n";

static void test_good_tables_are_read(void **state)
{
    struct fixture *f = *state;
    write_tables(f, good_retirement, good_mortality);
    fixture_extend_well(f, with_tables);
    assert_int_equal(f->scenario.tables.n_retirement[ECH_MALE], 2);
    assert_int_equal(f->scenario.tables.retirement[ECH_MALE][1].age_months, 722);
    assert_int_equal(f->scenario.tables.retirement[ECH_FEMALE][0].birth_month, 1970 * 12);
    assert_true(f->scenario.tables.mortality_c[ECH_FEMALE] == 0.1);
    assert_int_equal(f->scenario.n_files, 4);
}

/* The ladder has its twelve rungs, each once and in order. */
static void test_the_ladder_of_grades_is_checked(void **state)
{
    static const char *const with_grades =
        "tables: {grades: grades.csv}\npolicy: {grade.rule: years}\n";
    static const char *const head = "min_years_in_from_grade,rank_low_to_high\n,1\n2,2\n2,3\n";
    static const char *const rest = "2,5\n2,6\n2,7\n2,8\n2,9\n3,10\n4,11\n4.5,12\n";
    struct fixture *f = *state;
    char text[1000];
    snprintf(text, sizeof text, "%s1.25,4\n%s", head, rest);
    fixture_write(f, "grades.csv", text);
    fixture_extend_well(f, with_grades);
    assert_int_equal(f->scenario.tables.grade_months[4], 15);
    assert_int_equal(f->scenario.tables.grade_months[12], 54);
    snprintf(text, sizeof text, "%stwo,4\n%s", head, rest);
    fixture_write(f, "grades.csv", text);
    assert_over(f, with_grades, ECH_ERR_TYPE, 5, 1, "'min_years_in_from_grade' is 'two'");
    snprintf(text, sizeof text, "%s2,5\n%s", head, rest);
    fixture_write(f, "grades.csv", text);
    assert_over(f, with_grades, ECH_ERR_RANGE, 5, 3, "'rank_low_to_high' is 5, but must");
    snprintf(text, sizeof text, "%s2,4\n%s2,13\n", head, rest);
    fixture_write(f, "grades.csv", text);
    assert_over(f, with_grades, ECH_ERR_RANGE, 2, 18, "'rank_low_to_high' is 13, but must");
    fixture_write(f, "grades.csv", "rank,min_years_in_from_grade\n1,\n");
    assert_over(f, with_grades, ECH_ERR_MISSING, 1, 1, "rank_low_to_high");
}

static void test_bad_tables_are_refused_with_line_and_column(void **state)
{
    static const struct {
        const char *retirement, *mortality;
        enum ech_error_code code;
        int line, column;
        const char *words;
    } cases[] = {
        {"category,birth_month,age_years\nmale,1965-01,60\nfemale_55,1970-01,55\n", NULL,
         ECH_ERR_MISSING, 1, 1, "'age_months' is missing in the table"},
        {"category,birth_month,age_years,age_months\nmale,1965-1,60,1\nmale,1965-02,60,2\n"
         "female_55,1970-01,55,1\n",
         NULL, ECH_ERR_DATE, 2, 6, "'birth_month' is 1965-1"},
        {"category,birth_month,age_years,age_months\nmale,1965-01,sixty,1\nmale,1965-02,60,2\n"
         "female_55,1970-01,55,1\n",
         NULL, ECH_ERR_TYPE, 2, 14, "'age_years' is 'sixty'"},
        {"category,birth_month,age_years,age_months\nmale,1965-01,60,1\nmale,1965-03,60,2\n"
         "female_55,1970-01,55,1\n",
         NULL, ECH_ERR_CONFLICT, 3, 6, "1965-02 comes next"},
        {"category,birth_month,age_years,age_months\nmale,1965-01,60,12\n"
         "male,1965-02,60,2\nfemale_55,1970-01,55,1\n",
         NULL, ECH_ERR_RANGE, 2, 17, "'age_months' is 12, but must lie in [0, 11] months"},
        {"category,birth_month,age_years,age_months\nmale,1965-01,60,1\n", NULL, ECH_ERR_MISSING, 1,
         1, "'female_55' is missing"},
        {"category,birth_month\nmale\n", NULL, ECH_ERR_SYNTAX, 2, 1, "not valid CSV: 1 cells"},
        {NULL, "table,sex,A,B,c\nT,m,0,x,0.1\nT,f,0,0,0.1\n", ECH_ERR_TYPE, 2, 7, "'B' is 'x'"},
        {NULL, "table,sex,A,B,c\nT,m,0,0,2\nT,f,0,0,0.1\n", ECH_ERR_RANGE, 2, 9, "'c' is 2"},
        {NULL, "table,sex,A,B,c\nT,m,0,0,0.1\n", ECH_ERR_UNKNOWN_NAME, 2, 78, "table for sex f"},
        {NULL, "table,sex,A,B\nT,m,0,0\n", ECH_ERR_MISSING, 1, 1, "'c' is missing"},
    };
    struct fixture *f = *state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        write_tables(f, cases[i].retirement != NULL ? cases[i].retirement : good_retirement,
                     cases[i].mortality != NULL ? cases[i].mortality : good_mortality);
        assert_over(f, with_tables, cases[i].code, cases[i].line, cases[i].column, cases[i].words);
    }
}

static void test_a_missing_table_is_refused(void **state)
{
    struct fixture *f = *state;
    write_tables(f, good_retirement, good_mortality);
    unlink(fixture_path(f, "mortality.csv"));
    assert_over(f, with_tables, ECH_ERR_READ, 2, 56, "there is no such file");
}

/* Memory */

static bool has_sanitizer(void)
{
#if defined(__SANITIZE_ADDRESS__)
    return true;
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
    return true;
#endif
#endif
    return false;
}

/** Loads in a process of its own with little memory; gives the status. */
static int load_with_memory(struct fixture *f, const char *name, rlim_t bytes)
{
    pid_t child = fork();
    if (child == 0) {
        struct rlimit limit = {bytes, bytes};
        setrlimit(RLIMIT_AS, &limit);
        _exit((int)fixture_load(f, name));
    }
    int status = 0;
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_true(WIFEXITED(status));
    return WEXITSTATUS(status);
}

static void test_running_out_of_memory_is_a_status(void **state)
{
    struct fixture *f = *state;
    if (has_sanitizer()) {
        skip(); /* it reserves more address space than any limit */
    }
    fixture_write(f, "small.yaml", small);
    fixture_write(f, "huge.yaml",
                  "extends: small.yaml\n"
                  "units: [{id: x, count: 300000, type: town, establishment: 3,\n"
                  "         posts: {aide: 2}}]\n");
    assert_int_equal(load_with_memory(f, "small.yaml", 256u << 20), ECH_OK);
    for (rlim_t mib = 40; mib <= 160; mib += 20) {
        assert_int_equal(load_with_memory(f, "huge.yaml", mib << 20), ECH_MEMORY);
    }
}

/* Mutations: whatever a file holds, loading ends with a status and an empty or a full scenario. */

static uint32_t next_random(uint32_t *state)
{
    *state = *state * 1664525u + 1013904223u;
    return *state >> 8;
}

static size_t read_source(const char *path, char *text, size_t size)
{
    FILE *file = fopen(path, "rb");
    assert_non_null(file);
    size_t n = fread(text, 1, size, file);
    fclose(file);
    return n;
}

/** Damages a text in one of four ways. */
static size_t mutate(char *text, size_t n, uint32_t *random)
{
    static const char pieces[] = "{}[]:,-&*!|>'\"%@`#\n \t?0x9e\xFF\x00~";
    size_t at = next_random(random) % n;
    size_t length = next_random(random) % 40;
    switch (next_random(random) % 4) {
    case 0:
        text[at] = pieces[next_random(random) % sizeof pieces];
        return n;
    case 1: /* cut out */
        length = at + length < n ? length : n - at;
        memmove(text + at, text + at + length, n - at - length);
        return n - length;
    case 2: /* cut off */
        return at + 1;
    default: /* copy over */
        length = at + length < n ? length : n - at;
        memmove(text + next_random(random) % (n - length + 1), text + at, length);
        return n;
    }
}

static void test_damaged_files_end_with_a_status(void **state)
{
    struct fixture *f = *state;
    static char source[20000];
    static char text[20000];
    size_t n =
        read_source(ECH_SOURCE_DIR "/scenarios/counties/nanpiao_2019.yaml", source, sizeof source);
    uint32_t random = 20190805;
    int n_good = 0;
    for (int i = 0; i < 400; i++) {
        memcpy(text, source, n);
        size_t length = n;
        for (int k = 0; k <= i % 4; k++) {
            length = mutate(text, length, &random);
        }
        fixture_write_bytes(f, "damaged.yaml", text, length);
        fixture_write(f, "top.yaml",
                      "extends: damaged.yaml\nyears: 15\n"
                      "policy: {retirement.rule: old, exit.death.factor: 0}\n");
        enum ech_status status = fixture_load(f, "top.yaml");
        n_good += status == ECH_OK;
        assert_int_equal(status == ECH_OK, f->scenario.arena != NULL);
        assert_int_equal(status == ECH_OK, f->error.n_problems == 0);
    }
    assert_true(n_good < 200);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        WITH_FOLDER(test_each_bad_file_gives_all_its_problems),
        WITH_FOLDER(test_problems_are_sorted_by_file_line_and_column),
        WITH_FOLDER(test_problems_are_added_to_those_of_earlier_scenarios),
        WITH_FOLDER(test_an_error_list_is_not_needed),
        WITH_FOLDER(test_the_whole_circle_is_printed),
        WITH_FOLDER(test_a_scenario_may_not_extend_itself),
        WITH_FOLDER(test_alias_bomb_is_refused_without_unfolding),
        WITH_FOLDER(test_deep_nesting_is_refused),
        WITH_FOLDER(test_sixteen_levels_are_not_too_deep),
        WITH_FOLDER(test_too_many_values_are_refused),
        WITH_FOLDER(test_too_large_a_file_is_refused),
        WITH_FOLDER(test_too_many_units_and_places_are_refused_with_their_memory),
        WITH_FOLDER(test_too_many_dates_times_units_are_refused),
        WITH_FOLDER(test_too_many_levels_are_refused),
        WITH_FOLDER(test_a_chain_of_extends_has_an_end),
        WITH_FOLDER(test_what_is_no_file_is_refused_at_once),
        WITH_FOLDER(test_an_unreadable_file_is_refused),
        WITH_FOLDER(test_extending_a_directory_prints_the_chain),
        WITH_FOLDER(test_a_wrong_value_is_found_though_it_is_overridden),
        WITH_FOLDER(test_yaml_features_that_are_refused),
        WITH_FOLDER(test_full_width_colon_in_a_text_is_good),
        WITH_FOLDER(test_an_empty_list_is_not_missing),
        WITH_FOLDER(test_bad_text_is_refused),
        WITH_FOLDER(test_names_are_lines),
        WITH_FOLDER(test_wrong_forms_are_refused),
        WITH_FOLDER(test_ids_are_given_once),
        WITH_FOLDER(test_counties_are_known_and_named),
        WITH_FOLDER(test_margins_of_every_sort_are_checked),
        WITH_FOLDER(test_a_part_of_a_whole_number_is_refused),
        WITH_FOLDER(test_policy_that_contradicts_itself_is_refused),
        WITH_FOLDER(test_probabilities_that_never_meet_are_good),
        WITH_FOLDER(test_good_tables_are_read),
        WITH_FOLDER(test_the_ladder_of_grades_is_checked),
        WITH_FOLDER(test_bad_tables_are_refused_with_line_and_column),
        WITH_FOLDER(test_a_missing_table_is_refused),
        WITH_FOLDER(test_running_out_of_memory_is_a_status),
        WITH_FOLDER(test_damaged_files_end_with_a_status),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
