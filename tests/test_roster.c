/* People given one by one: what the file says is what the run begins with, and all that is wrong in
   it is named in one pass. */
#include "fixture.h"
#include "tests/input_fixture.h"

#include "model/key.h"
#include "model/state.h"
#include "tests/margins.h"

#define HEADER "id,unit,post,sex,birth,entry\n"
#define EXAMPLE ECH_SOURCE_DIR "/scenarios/counties/example_people"

/** A file of people for the small county of the fixture. */
static enum ech_status load_people(struct fixture *f, const char *csv, const char *more)
{
    char text[2000];
    fixture_write(f, "people.csv", csv);
    snprintf(text, sizeof text, "initial:\n  people: people.csv\n%s", more);
    return fixture_extend(f, text);
}

/** A problem in the file of people. */
struct expected {
    enum ech_error_code code;
    int line, column;
    const char *words;
};

/** Asserts that the last load was refused with these n problems and no other. */
static void assert_refused(const struct fixture *f, enum ech_status status,
                           const struct expected *expected, int n)
{
    assert_int_equal(status, ECH_USAGE);
    for (int i = 0; i < n; i++) {
        const struct expected *it = &expected[i];
        if (fixture_count(f, it->code, it->line, it->column, it->words) != 1) {
            print_message("no %s at %d:%d with '%s' among\n", ech_error_name(it->code), it->line,
                          it->column, it->words);
            fixture_print(&f->error);
            fail();
        }
    }
    assert_int_equal(f->error.n_problems, n);
}

#define ASSERT_REFUSED(f, status, ...)                                                             \
    do {                                                                                           \
        const struct expected expected_[] = {__VA_ARGS__};                                         \
        assert_refused(f, status, expected_, (int)(sizeof expected_ / sizeof expected_[0]));       \
    } while (0)

/* Reading */

static void test_a_thin_file_is_enough(void **state)
{
    struct fixture *f = *state;
    assert_int_equal(load_people(f,
                                 HEADER "b,town_02,aide,f,1980-03,2003-08\n"
                                        "a,,tax/head,m,1970-11,1991-07\n"
                                        ",,,,,\n" /* a spreadsheet leaves such rows */
                                        "c,art,,m,1990-01,2019-08\n",
                                 ""),
                     ECH_OK);
    const struct ech_scenario *s = &f->scenario;
    assert_int_equal(s->n_people, 3);
    assert_int_equal(s->counties[0].n_people, 3);
    const struct ech_initial_person *staff = &s->people[2];
    assert_string_equal(staff->id, "c");
    assert_int_equal(staff->post, ECH_NONE);
    assert_int_equal(staff->birth_month, -(29 * 12 + 7));
    assert_int_equal(staff->entry_month, 0);
    assert_int_equal(staff->level_month, ECH_UNSAID);
    assert_int_equal(staff->specialty, ECH_NONE);
    assert_true(staff->key == ech_key_of("c", "person:c"));
    for (int p = 0; p < 2; p++) {
        const char *post = strcmp(s->people[p].id, "a") == 0 ? "tax/head" : "town_02/aide";
        assert_string_equal(s->posts[s->people[p].post].id, post);
        assert_int_equal(s->people[p].level, s->people[p].id[0] == 'a' ? 1 : 0);
    }
    const struct ech_input_file *file = &s->files[s->n_files - 1];
    assert_string_equal(file->path, "people.csv");
    assert_int_equal(strlen(file->sha256), 64);
}

/* "张三" in GB18030: D5C5 C8FD, which is no UTF-8. */
static void test_gb18030_is_read(void **state)
{
    struct fixture *f = *state;
    assert_int_equal(load_people(f, HEADER "\xD5\xC5\xC8\xFD,art,,m,1990-01,2019-08\n", ""),
                     ECH_OK);
    assert_string_equal(f->scenario.people[0].id, "张三");
}

static void test_a_path_is_relative_to_the_file_that_names_it(void **state)
{
    struct fixture *f = *state;
    assert_int_equal(mkdir(fixture_path(f, "sub"), 0700), 0);
    fixture_write(f, "small.yaml", small);
    fixture_write(f, "sub/people.csv", HEADER "c,art,,m,1990-01,2019-08\n");
    fixture_write(f, "sub/county.yaml", "extends: ../small.yaml\ninitial: {people: people.csv}\n");
    fixture_write(f, "over.yaml", "extends: sub/county.yaml\nmonths: 3\n");
    assert_int_equal(fixture_load(f, "over.yaml"), ECH_OK);
    assert_int_equal(f->scenario.n_people, 1);
}

/* Everything wrong with rows in one pass. */
static void test_every_wrong_cell_is_named_at_once(void **state)
{
    struct fixture *f = *state;
    enum ech_status status = load_people(
        f,
        "id,unit,post,sex,birth,entry,track,level,education,fulltime,party,home,specialty,"
        "level_since,post_since,unit_since,base_months,bond_until,merit\n"
        "p2,town_09,,m,1980-01,2003-08,,,,,,,,,,,,,\n"
        "p3,,town_01/hed,m,1980-01,2003-08,,,,,,,,,,,,,\n"
        "p4,town_01,aid,m,1980-01,2003-08,,,,,,,,,,,,,\n"
        "p5,town_01,,w,1980-1,2003/08,,,,,,,,,,,,,\n"
        "p6,town_01,,m,1980-01,2003-08,admn,lo,bachlor,yes,ccp,outsid,laws,,,,x,,9\n"
        "p7,town_01,,m,1980-01,1979-08,,,,,,,,,,,,,\n"
        "p8,town_01,,m,1980-01,2019-09,,,,,,,,2003-07,,2019-10,,2018-01,\n"
        "p9,tax,aide/,m,1980-01,2003-08,,,,,,,,,,,,,\n"
        "p10,town_01,,m,1958-01,1980-08,,,,,,,,,,,,,\n"
        "p11,town_01,,f,1964-08,1980-08,,,,,,,,,,,,,\n"
        "p12,tax,head,m,1980-01,2003-08,institution,low,,,,,,,2004-01,2005-01,,,\n"
        "p13,tax,town_01/head,m,1980-01,2003-08,,,,,,,,,,,,,\n"
        "p14,,,,,,,,,,,,,,,,,,\n"
        "p2,art,,m,1980-01,2003-08,,,,,,,,,,,,,\n"
        ",art,,m,1980-01,2003-08,,,,,,,,,,,,,\n"
        "p17,town_01,,m,1980-01,2003-08,,,,,,,,2003-08,2003-08,2003-08,0,2003-08,-6\n"
        "p18,town_01\n",
        "");
    ASSERT_REFUSED(
        f, status,
        {ECH_ERR_UNKNOWN_NAME, 2, 4, "no unit called 'town_09'; did you mean 'town_03'?"},
        {ECH_ERR_UNKNOWN_NAME, 3, 5, "no post called 'town_01/hed'; did you mean 'town_01/head'?"},
        {ECH_ERR_UNKNOWN_NAME, 4, 12, "called 'aid'; did you mean 'aide'?"},
        {ECH_ERR_CHOICE, 5, 13, "'sex' is 'w', but must be one of f, m"},
        {ECH_ERR_DATE, 5, 15, "'birth' is '1980-1'"}, {ECH_ERR_DATE, 5, 22, "'entry' is '2003/08'"},
        {ECH_ERR_CHOICE, 6, 31, "did you mean 'admin'?"},
        {ECH_ERR_UNKNOWN_NAME, 6, 36, "no level called 'lo'; did you mean 'low'?"},
        {ECH_ERR_CHOICE, 6, 39, "did you mean 'bachelor'?"},
        {ECH_ERR_CHOICE, 6, 47, "'fulltime' is 'yes', but must be one of 0, 1"},
        {ECH_ERR_CHOICE, 6, 51, "did you mean 'cpc'?"},
        {ECH_ERR_CHOICE, 6, 55, "did you mean 'outside'?"},
        {ECH_ERR_CHOICE, 6, 62, "did you mean 'law'?"},
        {ECH_ERR_TYPE, 6, 70, "'base_months' is 'x', but must be a whole number"},
        {ECH_ERR_RANGE, 6, 73, "'merit' is 9, but must lie in [-6, 6] sd"},
        {ECH_ERR_CONFLICT, 7, 23, "entry 1979-08 contradicts birth 1980-01"},
        {ECH_ERR_CONFLICT, 8, 23, "entry 2019-09 contradicts start 2019-08"},
        {ECH_ERR_CONFLICT, 8, 38, "level_since 2003-07 contradicts entry 2019-09"},
        {ECH_ERR_CONFLICT, 8, 47, "unit_since 2019-10 contradicts start 2019-08"},
        {ECH_ERR_CONFLICT, 8, 56, "bond_until 2018-01 contradicts entry 2019-09"},
        {ECH_ERR_UNKNOWN_NAME, 9, 8, "no post called 'aide/'"},
        {ECH_ERR_CONFLICT, 10, 16, "birth 1958-01 contradicts retirement at 60 years"},
        {ECH_ERR_CONFLICT, 11, 16, "birth 1964-08 contradicts retirement at 55 years"},
        {ECH_ERR_CONFLICT, 12, 32, "track institution contradicts head"},
        {ECH_ERR_CONFLICT, 12, 44, "level low contradicts head (high)"},
        {ECH_ERR_CONFLICT, 12, 54, "post_since 2004-01 contradicts unit_since 2005-01"},
        {ECH_ERR_CONFLICT, 13, 9, "post town_01/head contradicts tax"},
        {ECH_ERR_MISSING, 14, 5, "'unit' is missing in p14"},
        {ECH_ERR_MISSING, 14, 7, "'sex' is missing in p14"},
        {ECH_ERR_MISSING, 14, 8, "'birth' is missing"},
        {ECH_ERR_MISSING, 14, 9, "'entry' is missing"},
        {ECH_ERR_DUPLICATE, 15, 1, "people.csv:2:1"}, {ECH_ERR_TYPE, 16, 1, "'id' is empty"},
        {ECH_ERR_CONFLICT, 17, 47, "post_since 2003-08 contradicts an empty post"},
        {ECH_ERR_SYNTAX, 18, 1, "2 cells in a row of a table with 19 columns"});
}

/* A grade is a word of the ladder, for the administrative track, and its time goes with it. */
static void test_grades_are_checked(void **state)
{
    struct fixture *f = *state;
    enum ech_status status = load_people(f,
                                         "id,unit,post,sex,birth,entry,track,grade,grade_since\n"
                                         "p1,town_01,,m,1980-01,2003-08,,principl_4,\n"
                                         "p2,town_01,,m,1980-01,2003-08,institution,clerk_1,\n"
                                         "p3,town_01,,m,1980-01,2003-08,,,2010-01\n"
                                         "p4,town_01,,m,1980-01,2003-08,,clerk_1,2003-07\n"
                                         "p5,town_01,,m,1980-01,2003-08,,clerk_1,2003-08\n",
                                         "");
    ASSERT_REFUSED(f, status, {ECH_ERR_CHOICE, 2, 32, "did you mean 'principal_4'?"},
                   {ECH_ERR_CONFLICT, 3, 43, "grade clerk_1 contradicts institution"},
                   {ECH_ERR_CONFLICT, 4, 33, "grade_since 2010-01 contradicts an empty grade"},
                   {ECH_ERR_CONFLICT, 5, 40, "grade_since 2003-07 contradicts entry 2003-08"});
}

/* Born in September 1964 she is 54 years and 11 months old at the start and may still serve. */
static void test_the_last_month_before_retirement_is_accepted(void **state)
{
    struct fixture *f = *state;
    assert_int_equal(load_people(f, HEADER "p,town_01,,f,1964-09,1980-09\n", ""), ECH_OK);
    assert_int_equal(load_people(f, HEADER "p,town_01,,f,1964-09,1980-08\n", ""), ECH_USAGE);
    fixture_only(f, ECH_ERR_CONFLICT, 2, 22, "nobody enters before the age of 16");
}

static void test_columns_are_checked(void **state)
{
    struct fixture *f = *state;
    enum ech_status status =
        load_people(f, "id,unit,pots,sex,birth,level-since\np,art,,m,1,2\n", "");
    ASSERT_REFUSED(f, status,
                   {ECH_ERR_UNKNOWN_NAME, 1, 9, "no column called 'pots'; did you mean 'post'?"},
                   {ECH_ERR_UNKNOWN_NAME, 1, 24, "did you mean 'level_since'?"},
                   {ECH_ERR_MISSING, 1, 1, "'post' is missing"},
                   {ECH_ERR_MISSING, 1, 1, "'entry' is missing"});
    assert_int_equal(load_people(f, "id,unit,unit\n", ""), ECH_USAGE);
    fixture_only(f, ECH_ERR_DUPLICATE, 1, 9, "people.csv:1:4");
    assert_int_equal(fixture_extend(f, "initial: {people: nowhere.csv}\n"), ECH_USAGE);
    fixture_only(f, ECH_ERR_READ, 2, 19, "there is no such file");
}

static void test_a_file_too_large_is_refused(void **state)
{
    struct fixture *f = *state;
    fixture_write(f, "people.csv", HEADER);
    assert_int_equal(truncate(fixture_path(f, "people.csv"), 64 * 1024 * 1024 + 1), 0);
    assert_int_equal(fixture_extend(f, "initial: {people: people.csv}\n"), ECH_MEMORY);
    fixture_only(f, ECH_ERR_TOO_LARGE, 2, 19, "67108864 B (64 MiB)");
}

/* Posts and places: one holder a post, as many people as places; a post by kind is whichever is left. */
static void test_posts_and_places_are_counted(void **state)
{
    struct fixture *f = *state;
    enum ech_status status = load_people(f,
                                         HEADER "a,tax,aide,m,1980-01,2003-08\n"
                                                "b,,tax/aide/2,m,1980-01,2003-08\n"
                                                "c,,tax/aide/2,m,1980-01,2003-08\n"
                                                "d,,tax/head,m,1980-01,2003-08\n"
                                                "e,tax,head,m,1980-01,2003-08\n"
                                                "f,tax,,m,1980-01,2003-08\n"
                                                "g,tax,,m,1980-01,2003-08\n"
                                                "h,art,aide,m,1980-01,2003-08\n",
                                         "");
    ASSERT_REFUSED(
        f, status, {ECH_ERR_CONFLICT, 4, 4, "'c' in tax/aide/2 contradicts 'b' ("},
        {ECH_ERR_CONFLICT, 6, 7, "'e' as head in tax contradicts 1 posts of that kind there"},
        {ECH_ERR_CONFLICT, 8, 1, "'g' in tax contradicts 4 places (admin) there"},
        {ECH_ERR_CONFLICT, 9, 7, "'h' as aide in art contradicts 0 posts of that kind there"});
}

/* 4 posts of the type hold 2 people of the file, so that a block of posts has 2 left; both are named. */
static void test_blocks_fill_what_is_left(void **state)
{
    struct fixture *f = *state;
    const char *csv = HEADER "a,,tax/head,m,1980-01,2003-08\n"
                             "b,tax,aide,m,1980-01,2003-08\n"
                             "c,art,,m,1980-01,2003-08\n";
    const char *block =
        "  blocks: [{id: rest, fill: posts, type: bureau, %sages: [[30, 40, %d]]}]\n";
    char more[200];
    snprintf(more, sizeof more, block, "", 1);
    assert_int_equal(load_people(f, csv, more), ECH_OK);
    assert_int_equal(f->scenario.blocks[0].count, 1);
    snprintf(more, sizeof more, block, "count: 3, ", 3);
    assert_int_equal(load_people(f, csv, more), ECH_USAGE);
    fixture_only(f, ECH_ERR_MARGIN, 4, 12, "block 'rest'");
    assert_int_equal(
        fixture_count(f, ECH_ERR_MARGIN, 4, 12, "at most 1, the places that there are"), 1);
    assert_int_equal(fixture_count(f, ECH_ERR_MARGIN, 4, 12, "people.csv hold 2 more"), 1);
    /* limits are about both */
    assert_int_equal(load_people(f, csv, "  limits: [{id: forty, ages: [39, 39], at_most: 2}]\n"),
                     ECH_USAGE);
    fixture_only(f, ECH_ERR_MARGIN, 4, 12, "limit 'forty': 3 people, but must be at most 2");
}

/* Running */

/** Everybody at the start of a replication, and its counters. */
static struct table begin(const struct ech_scenario *scenario, struct margins_roll *roll,
                          int replication)
{
    struct ech_run *run;
    struct table table = make_table(scenario);
    const struct ech_sink sink = {margins_take, roll};
    roll->scenario = scenario;
    roll->n = 0;
    assert_int_equal(ech_run_create(scenario, &run, NULL), ECH_OK);
    assert_int_equal(
        ech_run_replication(run, UINT64_C(61), replication, &table.output, &sink, NULL), ECH_OK);
    ech_run_free(run);
    return table;
}

static bool equal_tables(const struct table *a, const struct table *b)
{
    return memcmp(a->output.unit, b->output.unit, unit_size(a) * sizeof(int64_t)) == 0 &&
           memcmp(a->output.type, b->output.type, type_size(a) * sizeof(int64_t)) == 0 &&
           memcmp(a->output.county, b->output.county, county_size(a) * sizeof(int64_t)) == 0;
}

/** The lines of a file, header first; gives how many. */
static int read_lines(const char *path, char lines[][200], int most)
{
    FILE *file = fopen(path, "r");
    int n = 0;
    assert_non_null(file);
    while (n < most && fgets(lines[n], 200, file) != NULL) {
        n++;
    }
    fclose(file);
    return n;
}

/** Writes the example into the folder of the test, its rows from the last to the first. */
static void write_reversed(struct fixture *f)
{
    static char lines[40][200];
    static char text[8000];
    int n = read_lines(EXAMPLE ".csv", lines, 40);
    assert_in_range(n, 15, 39);
    strcpy(text, lines[0]);
    for (int i = n - 1; i > 0; i--) {
        strcat(text, lines[i]);
    }
    fixture_write(f, "example_people.csv", text);
    fixture_write(f, "reversed.yaml",
                  "extends: " EXAMPLE ".yaml\nname: reversed\n"
                  "initial: {people: example_people.csv}\n");
}

static void test_the_order_of_rows_does_not_matter(void **state)
{
    struct fixture *f = *state;
    static struct margins_roll roll;
    struct ech_scenario example;
    load_file(EXAMPLE ".yaml", &example);
    write_reversed(f);
    assert_int_equal(fixture_load(f, "reversed.yaml"), ECH_OK);
    for (int r = 1; r <= 3; r++) {
        struct table forwards = begin(&example, &roll, r);
        struct table backwards = begin(&f->scenario, &roll, r);
        assert_true(equal_tables(&forwards, &backwards));
        free_table(&forwards);
        free_table(&backwards);
    }
    ech_scenario_free(&example);
}

/** The start of somebody in the log, by his id. */
struct start {
    const struct ech_scenario *scenario;
    ech_key key;
    int n;
    int n_all;
    ech_id unit, post, level;
    char detail[300];
};

static void take_start(void *context, const struct ech_event *event)
{
    struct start *start = context;
    start->n_all += event->type == ECH_EV_START;
    if (event->type == ECH_EV_START && event->person == start->key) {
        start->n++;
        start->unit = event->to_unit;
        start->post = event->to_post;
        start->level = event->to_level;
        snprintf(start->detail, sizeof start->detail, "%s", event->detail);
    }
}

static struct start start_of(const struct ech_scenario *scenario, struct ech_run *run,
                             const char *id, int replication)
{
    char name[64];
    snprintf(name, sizeof name, "person:%s", id);
    struct start start = {.scenario = scenario, .key = ech_key_of("example", name)};
    const struct ech_sink sink = {take_start, &start};
    assert_int_equal(ech_run_replication(run, 61, replication, NULL, &sink, NULL), ECH_OK);
    assert_int_equal(start.n, 1);
    assert_int_equal(start.n_all, 14 + 9 + 3); /* the file and the two blocks */
    return start;
}

/* The log's start of people of the example says what their rows say, in every replication. */
static void test_the_log_begins_with_the_people_of_the_file(void **state)
{
    static const struct {
        const char *id, *unit, *post, *level, *detail;
    } rows[] = {
        {"L01", "hill", "hill/secretary", "section",
         "sex=m;birth=1971-04;edu=bachelor;fulltime=0;party=cpc;track=admin;home=river;"
         "specialty=agriculture"},
        {"L02", "hill", "hill/head", "section",
         "sex=f;birth=1978-11;edu=bachelor;fulltime=1;party=cpc;track=admin;home=outside;"
         "specialty=law"},
        {"L03", "hill", "hill/vice_head/1", "deputy_section", "home=hill;specialty="},
        {"L04", "hill", "hill/vice_head/3", "deputy_section", "party=none"},
        {"L05", "river", "river/secretary", "section", "specialty=general"},
        {"L08", "river", "river/vice_head/", "deputy_section", "edu=postgraduate;fulltime=1"},
        {"L10", "finance", "finance/vice_director/1", "deputy_section", "specialty=audit"},
        {"S01", "hill", NULL, "deputy_section", "birth=1966-08"},
        {"S04", "river", NULL, "staff", "track=institution;home=river"},
    };
    struct ech_scenario scenario;
    struct ech_run *run;
    load_file(EXAMPLE ".yaml", &scenario);
    assert_int_equal(ech_run_create(&scenario, &run, NULL), ECH_OK);
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        for (int r = 1; r <= 2; r++) {
            struct start start = start_of(&scenario, run, rows[i].id, r);
            assert_string_equal(scenario.units[start.unit].id, rows[i].unit);
            assert_string_equal(scenario.levels[start.level].id, rows[i].level);
            assert_non_null(strstr(start.detail, rows[i].detail));
            assert_int_equal(start.post == ECH_NONE, rows[i].post == NULL);
            if (rows[i].post != NULL) {
                const char *post = scenario.posts[start.post].id;
                assert_int_equal(strncmp(post, rows[i].post, strlen(rows[i].post)), 0);
            }
        }
    }
    ech_run_free(run);
    ech_scenario_free(&scenario);
}

/* Two of the twelve posts stand empty, as nobody of the file and no block fills them; the others hold
   their clocks: months in post of the leaders are those of the file where it says them. */
static void test_margins_and_people_fill_the_county_together(void **state)
{
    static struct margins_roll roll;
    struct ech_scenario scenario;
    load_file(EXAMPLE ".yaml", &scenario);
    struct table table = begin(&scenario, &roll, 1);
    assert_int_equal(county_at(&table, 0, ECH_M_posts_NONE, 0), 12);
    assert_int_equal(county_at(&table, 0, ECH_M_posts_vacant_NONE, 0), 2);
    assert_int_equal(county_at(&table, 0, ECH_M_heads_NONE, 0), 10 + 3 + 9);
    assert_int_equal(county_at(&table, 0, ECH_M_heads_TRACK, ECH_INSTITUTION), 1 + 3);
    free_table(&table);
    ech_scenario_free(&scenario);
}

/* A unit with vacant posts may be full: staff sit on the places of the vacant posts, and a block of
   posts finds no place there. */
static void test_staff_may_fill_the_places_of_vacant_posts(void **state)
{
    struct fixture *f = *state;
    static struct margins_roll roll;
    const char *csv = HEADER "a,,tax/head,m,1980-01,2003-08\n"
                             "b,tax,,m,1981-01,2003-08\n"
                             "c,tax,,m,1982-01,2003-08\n"
                             "d,tax,,m,1983-01,2003-08\n";
    assert_int_equal(load_people(f, csv, ""), ECH_OK);
    struct table table = begin(&f->scenario, &roll, 1);
    int unit = fixture_unit(f, "tax");
    const int64_t *now = table.output.unit + (size_t)unit * (size_t)table.layout.n_unit;
    assert_int_equal(now[table.layout.first[ECH_M_heads_NONE]], 4);
    assert_int_equal(now[table.layout.first[ECH_M_posts_vacant_NONE]], 2);
    free_table(&table);
    assert_int_equal(
        load_people(f, csv,
                    "  blocks: [{id: more, fill: posts, type: bureau, count: 1, ages: [[30, 40, "
                    "1]]}]\n"),
        ECH_USAGE);
    fixture_only(f, ECH_ERR_MARGIN, 4, 12, "at most 0, the places that there are");
}

/** The clocks and merit of everybody in the county at month 0, seen by a check after the start. */
struct clocks {
    const struct ech_scenario *scenario;
    struct ech_person people[64];
    int n;
};

static void take_clocks(const struct ech_run *run, const char *process, void *context)
{
    struct clocks *clocks = context;
    if (strcmp(process, "start") == 0) {
        assert_in_range(run->n_people, 1, 64);
        clocks->n = run->n_people;
        memcpy(clocks->people, run->people, (size_t)clocks->n * sizeof *clocks->people);
    }
}

static const struct ech_person *person_of(const struct clocks *clocks, const char *id)
{
    char name[64];
    snprintf(name, sizeof name, "person:%s", id);
    for (int i = 0; i < clocks->n; i++) {
        if (clocks->people[i].key == ech_key_of("example", name)) {
            return &clocks->people[i];
        }
    }
    fail_msg("nobody called %s", id);
    return NULL;
}

/* Months from the start, December 2021, back to a month. */
static int ago(int year, int month)
{
    return 12 * year + month - (12 * 2021 + 12);
}

/* What the file says holds in every replication; what it does not say is drawn anew within bounds. */
static void test_clocks_are_given_or_drawn(void **state)
{
    struct ech_scenario scenario;
    static struct clocks clocks[2];
    load_file(EXAMPLE ".yaml", &scenario);
    for (int r = 0; r < 2; r++) {
        struct table table = run_table(&scenario, 61, r + 1, take_clocks, &clocks[r]);
        free_table(&table);
        const struct ech_person *secretary = person_of(&clocks[r], "L01");
        assert_int_equal(secretary->birth_month, ago(1971, 4));
        assert_int_equal(secretary->entry_month, ago(1993, 8));
        assert_int_equal(secretary->level_month, ago(2012, 6));
        assert_int_equal(secretary->post_month, ago(2016, 9));
        assert_int_equal(secretary->unit_month, ago(2016, 9));
        assert_int_equal(secretary->base_months, 180);
        assert_int_equal(person_of(&clocks[r], "S02")->bond_end, ago(2025, 8));
        assert_int_equal(person_of(&clocks[r], "L01")->bond_end, ECH_LONG_AGO);
        assert_int_equal(ech_micro(person_of(&clocks[r], "S03")->merit), 1100000);
        assert_int_equal(person_of(&clocks[r], "S03")->level_month, ago(2020, 8));
        assert_int_equal(person_of(&clocks[r], "S02")->level_month, ago(2020, 8)); /* his entry */
        assert_int_equal(person_of(&clocks[r], "S02")->probation_end, ago(2021, 8));
        const struct ech_person *vice = person_of(&clocks[r], "L08"); /* in level, not in post */
        assert_int_equal(vice->level_month, ago(2020, 1));
        assert_in_range(-vice->post_month, 0, -vice->level_month);
        const struct ech_person *director = person_of(&clocks[r], "L09"); /* nothing but entry */
        assert_true(director->level_month <= director->post_month && director->post_month <= 0);
        assert_true(director->entry_month <= director->level_month);
    }
    const struct ech_person *first = person_of(&clocks[0], "L09");
    const struct ech_person *second = person_of(&clocks[1], "L09");
    assert_true(first->merit != second->merit);
    assert_true(first->post_month != second->post_month);
    ech_scenario_free(&scenario);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        WITH_FOLDER(test_a_thin_file_is_enough),
        WITH_FOLDER(test_gb18030_is_read),
        WITH_FOLDER(test_a_path_is_relative_to_the_file_that_names_it),
        WITH_FOLDER(test_every_wrong_cell_is_named_at_once),
        WITH_FOLDER(test_grades_are_checked),
        WITH_FOLDER(test_the_last_month_before_retirement_is_accepted),
        WITH_FOLDER(test_columns_are_checked),
        WITH_FOLDER(test_a_file_too_large_is_refused),
        WITH_FOLDER(test_posts_and_places_are_counted),
        WITH_FOLDER(test_blocks_fill_what_is_left),
        WITH_FOLDER(test_the_order_of_rows_does_not_matter),
        cmocka_unit_test(test_the_log_begins_with_the_people_of_the_file),
        cmocka_unit_test(test_clocks_are_given_or_drawn),
        cmocka_unit_test(test_margins_and_people_fill_the_county_together),
        WITH_FOLDER(test_staff_may_fill_the_places_of_vacant_posts),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
