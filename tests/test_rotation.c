/* Rotation, terms and conflict: each switch at an extreme does what the glossary says. */
#include "fixture.h"

#include "model/background.h"
#include "model/state.h"

/* Eight units of two types with two chiefs and two deputies each; nobody leaves, nothing else moves. */
#define COUNTY                                                                                     \
    "extends: " ECH_SOURCE_DIR "/tests/verify/quiet.yaml\nname: t\n"                               \
    "county: {id: c}\nlevels: [{id: staff}, {id: deputy}, {id: chief}]\n"                          \
    "kinds: [{id: party, level: chief, role: party_chief, term_bound: true},\n"                    \
    "  {id: head, level: chief, role: government_chief, term_bound: true},\n"                      \
    "  {id: vice, level: deputy, role: deputy}]\n"                                                 \
    "types: [{id: hill, base_level: true}, {id: town}]\n"                                          \
    "units:\n"                                                                                     \
    "  - {id: hill, count: 5, type: hill, establishment: 6, posts: {party: 1, head: 1, vice: "     \
    "2}}\n"                                                                                        \
    "  - {id: town, count: 3, type: town, establishment: 6, posts: {party: 1, head: 1, vice: "     \
    "2}}\n"
#define PEOPLE(post_time)                                                                          \
    "initial: {blocks: [{id: l, fill: posts, ages: [[40, 40, rest]], service: {from: 216, to: "    \
    "216},"                                                                                        \
    " post_time: {from: " post_time ", to: " post_time "}, level_time: {from: 12, to: 12}},\n"     \
    "  {id: s, fill: staff, ages: [[30, 30, rest]], service: {from: 60, to: 60}}]}\n"

enum { N_UNITS = 8, N_POSTS = 32, MONTHS = 200 };

/** What the log says of moves and step-downs. */
struct notes {
    const struct ech_scenario *scenario;
    int moves[MONTHS], step_downs[MONTHS], exits[MONTHS];
    int n_same_type, n_moves, n_into_openings;
    char causes[256], details[256]; /* words seen, each once */
};

static void add_word(char *words, const char *word)
{
    if (strstr(words, word) == NULL && strlen(words) + strlen(word) + 2 < 256) {
        strcat(strcat(words, word), " ");
    }
}

static void take(void *context, const struct ech_event *event)
{
    struct notes *notes = context;
    if (event->type == ECH_EV_MOVE) {
        const struct ech_unit *units = notes->scenario->units;
        bool lateral = strcmp(event->cause, "lateral") == 0; /* may stay in the unit */
        assert_true(lateral || event->from_unit != event->to_unit);
        notes->moves[event->month]++;
        notes->n_moves++;
        notes->n_same_type += units[event->from_unit].type == units[event->to_unit].type;
        notes->n_into_openings += event->chain_post != ECH_NONE;
        add_word(notes->causes, event->cause);
    }
    if (event->type == ECH_EV_STEP_DOWN) {
        notes->step_downs[event->month]++;
        add_word(notes->causes, event->cause);
        add_word(notes->details, event->detail);
    }
    notes->exits[event->month] += event->type == ECH_EV_EXIT;
}

static struct notes notes_of(const char *text, ech_check_fn check, int replication)
{
    struct ech_scenario s = {0};
    load_text(text, &s);
    struct notes notes = {.scenario = &s};
    const struct ech_sink sink = {take, &notes};
    run_log(&s, 3, replication, check, &sink);
    ech_scenario_free(&s);
    return notes;
}

static int sum(const int *months)
{
    int n = 0;
    for (int m = 0; m < MONTHS; m++) {
        n += months[m];
    }
    return n;
}

/* 13 months in post are reached in month 13; by September at most 9/12 of the posts change holders. */
static void test_longest_tenure_moves_everybody_within_the_cap(void **state)
{
    struct notes n =
        notes_of(COUNTY PEOPLE("0") "months: 17\npolicy: {rotation.max_tenure: 13,\n"
                                    "  rotation.min_tenure: 0, rotation.share_cap: 1,\n"
                                    "  rotation.chiefs_apart: 0}\n",
                 NULL, 1);
    assert_int_equal(sum(n.moves), N_POSTS);
    assert_int_equal(n.moves[12], 0);
    assert_int_equal(n.moves[13], 24); /* September 2020: 32 x 9 / 12 */
    assert_int_equal(n.moves[14], 2);  /* pairs within 32 x 10 / 12 = 26.7 */
    assert_int_equal(n.moves[15], 2);
    assert_int_equal(n.moves[16], 4);
}

static void test_time_in_unit_moves_whoever_stayed_too_long(void **state)
{
    struct notes n =
        notes_of(COUNTY PEOPLE("7") "months: 24\npolicy: {rotation.max_unit_time: 31,\n"
                                    "  rotation.min_tenure: 0, rotation.share_cap: 1,\n"
                                    "  rotation.chiefs_apart: 0}\n",
                 NULL, 1);
    assert_int_equal(n.moves[11], 0); /* in the unit for 19 months at the start */
    assert_true(n.moves[12] > 0);
    assert_int_equal(sum(n.moves), N_POSTS);
}

static void test_the_yearly_plan_moves_its_share(void **state)
{
    struct notes n =
        notes_of(COUNTY PEOPLE("60") "months: 26\npolicy: {rotation.share: 0.25,\n"
                                     "  rotation.share_cap: 1, rotation.chiefs_apart: 0}\n",
                 NULL, 1);
    assert_int_equal(n.moves[1], 0);
    assert_int_equal(n.moves[2], 8); /* October 2019: 32 x 0.25 */
    assert_int_equal(n.moves[14], 8);
    assert_int_equal(sum(n.moves), 24);
}

static void test_arcs_keep_moves_within_a_type(void **state)
{
    struct notes n =
        notes_of(COUNTY PEOPLE("60") "months: 3\npolicy: {rotation.share: 1,\n"
                                     "  rotation.share_cap: 1, rotation.arcs: same_type}\n",
                 NULL, 1);
    assert_true(n.n_moves > 16);
    assert_int_equal(n.n_same_type, n.n_moves);
    n = notes_of(COUNTY PEOPLE("60") "months: 3\npolicy: {rotation.share: 1,\n"
                                     "  rotation.share_cap: 1}\n",
                 NULL, 1);
    assert_true(n.n_same_type < n.n_moves);
}

static void test_arcs_out_of_the_county_are_exits(void **state)
{
    struct notes n = notes_of(COUNTY PEOPLE("60") "months: 3\npolicy: {rotation.share: 0.25,\n"
                                                  "  rotation.share_cap: 1, rotation.arcs: out}\n",
                              NULL, 1);
    assert_int_equal(n.exits[2], 8);
    assert_int_equal(sum(n.exits), 8);
}

static void test_nobody_is_moved_before_the_shortest_tenure(void **state)
{
    struct notes n = notes_of(COUNTY PEOPLE("40") "months: 15\npolicy: {rotation.share: 1,\n"
                                                  "  rotation.share_cap: 1}\n",
                              NULL, 1);
    assert_int_equal(sum(n.moves), 0); /* 54 of 60 months in October 2020 */
}

/* Chiefs of one unit are not both new within a year: of a pair at most one moves. */
static void test_both_chiefs_of_a_unit_are_not_moved_together(void **state)
{
    struct notes n =
        notes_of(COUNTY PEOPLE("200") "months: 11\npolicy: {rotation.max_tenure: 120,\n"
                                      "  rotation.min_tenure: 0, rotation.share_cap: 1}\n"
                                      "by_level: {deputy: {rotation.max_tenure: off}}\n",
                 NULL, 1);
    assert_true(sum(n.moves) >= 6 && sum(n.moves) <= N_UNITS);
}

static void homes(const struct ech_run *run, const char *process, void *context)
{
    union {
        const struct ech_run *seen;
        struct ech_run *open;
    } hook = {run};
    for (ech_id id = 0; strcmp(process, "record") == 0 && id < run->n_people; id++) {
        const struct ech_person *p = &run->people[id];
        bool chief = p->post != ECH_NONE && ech_class_of(run, p->post) == ECH_CLASS_CHIEF;
        assert_true(!chief || p->post_month < 1 || ech_background_home(hook.open, id) != p->unit);
    }
}

static void test_no_chief_is_moved_to_where_he_grew_up(void **state)
{
    int moves = 0;
    for (int r = 1; r <= 20; r++) {
        struct notes n =
            notes_of(COUNTY PEOPLE("60") "months: 40\npolicy: {rotation.shuffle_every: 3,\n"
                                         "  rotation.home_avoidance: true}\n",
                     homes, r);
        moves += n.n_moves;
    }
    assert_true(moves > 2000);
}

static void test_planned_moves_fill_vacancies_first(void **state)
{
    struct notes n = notes_of(
        COUNTY "initial: {blocks: [{id: l, fill: posts, count: 30, ages: [[40, 40, rest]],\n"
               "  service: {from: 216, to: 216}, post_time: {from: 60, to: 60}}]}\n"
               "months: 2\npolicy: {rotation.share: 1, rotation.share_cap: 1,\n"
               "  rotation.into_vacancies: true, selection.scope: unit, rotation.chiefs_apart: 0}\n"
               "by_level: {deputy: {eligibility.min_level_time: 360},\n"
               "  chief: {eligibility.min_level_time: 360}}\n",
        NULL, 1);
    assert_true(n.n_into_openings >= 2);
}

static void test_whoever_was_promoted_into_a_springboard_leaves_it(void **state)
{
    struct notes n =
        notes_of(COUNTY "initial: {blocks: [{id: l, fill: posts, ages: [[40, 40, rest]],\n"
                        "  service: {from: 216, to: 216}, post_time: {from: 10, to: 10},\n"
                        "  level_time: {from: 0, to: 0}}]}\n"
                        "months: 12\npolicy: {rotation.share_cap: 1, rotation.chiefs_apart: 0}\n"
                        "by_level: {chief: {springboard.months: 14}}\n",
                 NULL, 1);
    assert_int_equal(n.moves[3], 0);
    assert_int_equal(sum(n.moves), 16); /* the chiefs, who are in level as long as in post */
}

static void test_two_terms_of_which_enough_was_served_are_the_limit(void **state)
{
    const char *rest = "months: 62\npolicy: {term.first: 2020-04, term.length: 60, term.most: 2,\n"
                       "  term.counts_from: 36, procedure.months: 5}\n"
                       "by_level: {chief: {eligibility.min_level_time: 0}}\n";
    char text[4096];
    snprintf(text, sizeof text, COUNTY PEOPLE("70") "%s", rest);
    struct notes n = notes_of(text, NULL, 1); /* month 8: 78 = one term and 18 of 36 months */
    assert_int_equal(n.step_downs[8], 0);
    snprintf(text, sizeof text, COUNTY PEOPLE("88") "%s", rest);
    n = notes_of(text, NULL, 1); /* 96 = one term and 36 months */
    assert_int_equal(n.step_downs[8], 2 * N_UNITS);
    assert_string_equal(n.causes, "term ");
    assert_string_equal(n.details, "limit ");
}

static void test_whoever_is_at_the_limit_moves_to_another_unit_where_terms_say_so(void **state)
{
    const char *rest = "months: 9\npolicy: {term.first: 2020-04, term.limited: move,\n"
                       "  rotation.min_tenure: 120, term.counts_from: 36%s}\n%s";
    char text[4096];
    size_t n_start = (size_t)snprintf(text, sizeof text, COUNTY PEOPLE("88"));
    snprintf(text + n_start, sizeof text - n_start, rest, ", term.most: 2", "");
    struct notes n = notes_of(text, NULL, 1);
    assert_int_equal(n.moves[8], 2 * N_UNITS); /* guards do not keep anybody beyond the limit */
    assert_int_equal(sum(n.moves), 2 * N_UNITS);
    assert_int_equal(sum(n.step_downs), 0);
    assert_string_equal(n.causes, "term ");
    /* The two chiefs of one unit have nobody to change with: they leave. */
    snprintf(text + n_start, sizeof text - n_start, rest, "",
             "by_unit: {hill_03: {term.most: 2}}\n");
    n = notes_of(text, NULL, 1);
    assert_int_equal(n.step_downs[8], 2);
    assert_string_equal(n.details, "limit ");
}

static int64_t leavers(const char *post_time, int month, bool early)
{
    char text[4096];
    struct ech_scenario s = {0};
    snprintf(text, sizeof text,
             COUNTY "initial: {blocks: [{id: l, fill: posts, ages: [[40, 40, rest]],\n"
                    "  service: {from: 216, to: 216}, post_time: {from: %s, to: %s}}]}\n"
                    "months: 25\npolicy: {term.first: 2030-04, rotation.shuffle_every: 12}\n",
             post_time, post_time);
    load_text(text, &s);
    struct table t = run_table(&s, 3, 1, NULL, NULL);
    int row = early ? ECH_M_term_leavers_early_NONE : ECH_M_term_leavers_NONE;
    int64_t n = county_at(&t, month, row, 0);
    free_table(&t);
    ech_scenario_free(&s);
    return n;
}

/* Chiefs serve terms of 60 months here, deputies none; all move in months 12 and 24. */
static void test_leaving_before_a_whole_term_is_counted(void **state)
{
    assert_int_equal(leavers("47", 12, false), 2 * N_UNITS);
    assert_int_equal(leavers("47", 12, true), 2 * N_UNITS);
    assert_int_equal(leavers("48", 12, false), 2 * N_UNITS);
    assert_int_equal(leavers("48", 12, true), 0);
    assert_int_equal(leavers("48", 24, true), 2 * N_UNITS);
    assert_int_equal(leavers("48", 13, false), 0);
}

static void test_age_limit_acts_only_at_the_change(void **state)
{
    struct notes n = notes_of(COUNTY PEOPLE("12") "months: 30\npolicy: {term.first: 2020-04,\n"
                                                  "  term.length: 12, term.age: 42}\n",
                              NULL, 1);
    /* Everybody is 40 at the start: 42 is completed between months 13 and 24. */
    assert_int_equal(n.step_downs[8], 0);
    assert_int_equal(sum(n.step_downs), n.step_downs[20]);
    n = notes_of(COUNTY PEOPLE("12") "months: 33\npolicy: {term.first: 2020-04, term.length: 12,\n"
                                     "  term.age: 42, selection.scope: unit}\n"
                                     "by_level: {chief: {eligibility.min_level_time: 360},\n"
                                     "  deputy: {eligibility.min_level_time: 360}}\n",
                 NULL, 1);
    assert_int_equal(n.step_downs[20] + n.step_downs[32], 2 * N_UNITS);
    assert_string_equal(n.details, "age ");
}

static void test_share_of_holders_moves_at_the_change(void **state)
{
    struct notes n = notes_of(COUNTY PEOPLE("60") "months: 9\npolicy: {term.first: 2020-04,\n"
                                                  "  term.rotation_share: 0.5}\n",
                              NULL, 1);
    assert_int_equal(n.moves[8], N_UNITS); /* half of the chiefs; deputies serve no terms here */
    assert_int_equal(sum(n.moves), N_UNITS);
    assert_string_equal(n.causes, "term ");
}

static void test_conflict_moves_both_chiefs(void **state)
{
    struct notes n =
        notes_of(COUNTY PEOPLE("60") "months: 1\npolicy: {conflict.rate: {monthly: 1}}\n", NULL, 1);
    assert_int_equal(sum(n.moves), 0); /* all are parties: nobody is left to exchange with */
    int moves = 0;
    for (int r = 1; r <= 30; r++) {
        n = notes_of(COUNTY PEOPLE("60") "months: 1\npolicy: {conflict.rate: {monthly: 0.13},\n"
                                         "  rotation.chiefs_apart: 0}\n",
                     NULL, r);
        assert_int_equal(n.n_moves % 2, 0);
        assert_true(n.n_moves == 0 || strcmp(n.causes, "conflict ") == 0);
        moves += n.n_moves;
    }
    assert_true(moves > 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_longest_tenure_moves_everybody_within_the_cap),
        cmocka_unit_test(test_time_in_unit_moves_whoever_stayed_too_long),
        cmocka_unit_test(test_the_yearly_plan_moves_its_share),
        cmocka_unit_test(test_arcs_keep_moves_within_a_type),
        cmocka_unit_test(test_arcs_out_of_the_county_are_exits),
        cmocka_unit_test(test_nobody_is_moved_before_the_shortest_tenure),
        cmocka_unit_test(test_both_chiefs_of_a_unit_are_not_moved_together),
        cmocka_unit_test(test_no_chief_is_moved_to_where_he_grew_up),
        cmocka_unit_test(test_planned_moves_fill_vacancies_first),
        cmocka_unit_test(test_whoever_was_promoted_into_a_springboard_leaves_it),
        cmocka_unit_test(test_two_terms_of_which_enough_was_served_are_the_limit),
        cmocka_unit_test(test_whoever_is_at_the_limit_moves_to_another_unit_where_terms_say_so),
        cmocka_unit_test(test_leaving_before_a_whole_term_is_counted),
        cmocka_unit_test(test_age_limit_acts_only_at_the_change),
        cmocka_unit_test(test_share_of_holders_moves_at_the_change),
        cmocka_unit_test(test_conflict_moves_both_chiefs),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
