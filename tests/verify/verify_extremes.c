/* Each parameter at an extreme does what the glossary says, and nothing while its process is off: the
   lines of extremes.def.

   NONE and the comparison of an idle parameter are exact. MORE and LESS are held by their signs: in
   N_REPLICATIONS independent replications, alike and paired, all differences have the one sign. If the
   parameter did not act, each would have it with probability 1/2 at most, so that a line without an effect
   passes with 2^-N_REPLICATIONS, and any of them with less than the alarm. */
#include "theory.h"

#include "extremes.h"

#include "model/chance.h"
#include "model/key.h"

enum { N_REPLICATIONS = 22, MOST_TEXT = 1000 };

/** What a line counts: a measure, or events of the log. */
struct probe {
    struct ech_measure measure;
    bool of_log;
    char event[32], cause[32], word[64];
    int calendar_month; /* 1 ... 12; 0: any */
    int start_month;
    int64_t n_events;
};

/** A policy, run and looked at. */
struct trial {
    struct ech_scenario scenario;
    struct ech_run *run;
    struct table table;
    struct probe probe;
};

static bool is_any(const char *pattern)
{
    return strcmp(pattern, "*") == 0;
}

static void take(void *context, const struct ech_event *event)
{
    struct probe *probe = context;
    int month = (probe->start_month + event->month) % 12 + 1;
    probe->n_events += strcmp(ech_event_names[event->type], probe->event) == 0 &&
                       (is_any(probe->cause) || strcmp(event->cause, probe->cause) == 0) &&
                       (is_any(probe->word) || strstr(event->detail, probe->word) != NULL) &&
                       (probe->calendar_month == 0 || probe->calendar_month == month);
}

static void prepare_probe(struct probe *probe, const struct ech_scenario *scenario,
                          const struct ech_layout *layout, const char *what)
{
    *probe = (struct probe){.start_month = scenario->start_month};
    probe->of_log = strncmp(what, "log: ", 5) == 0;
    if (probe->of_log) {
        int n = sscanf(what + 5, "%31s %31s %63s @%d", probe->event, probe->cause, probe->word,
                       &probe->calendar_month);
        assert_in_range(n, 3, 4);
    } else if (!ech_measure_find(what, layout, scenario->levels, &probe->measure)) {
        fail_msg("extremes.def: no measure %s", what);
    }
}

static void begin(struct trial *trial, const char *policy, const struct extreme *line,
                  const char *value)
{
    char text[MOST_TEXT];
    int n = snprintf(text, sizeof text,
                     "extends: " ECH_SOURCE_DIR "/tests/verify/extremes.yaml\nname: trial\n"
                     "policy: {%s%s%s: %s}\n",
                     policy, policy[0] == '\0' ? "" : ", ", line->path, value);
    assert_in_range(n, 1, MOST_TEXT - 1);
    load_text(text, &trial->scenario);
    assert_int_equal(ech_run_create(&trial->scenario, &trial->run, NULL), ECH_OK);
    trial->table = make_table(&trial->scenario);
    prepare_probe(&trial->probe, &trial->scenario, &trial->table.layout, line->what);
}

static void end(struct trial *trial)
{
    free_table(&trial->table);
    ech_run_free(trial->run);
    ech_scenario_free(&trial->scenario);
}

static double value_of_table(const struct trial *trial)
{
    int slots = trial->table.layout.n, n_months = trial->table.n_months;
    int64_t *sum = calloc((size_t)slots, sizeof *sum);
    assert_non_null(sum);
    for (int month = 1; month <= n_months; month++) {
        for (int slot = 0; slot < slots; slot++) {
            sum[slot] += trial->table.output.county[month * slots + slot];
        }
    }
    double value = ech_measure_value(&trial->probe.measure,
                                     &trial->table.output.county[n_months * slots], sum, n_months);
    free(sum);
    return value;
}

/* What the probe finds in a replication. */
static double look(struct trial *trial, int replication)
{
    const struct ech_sink sink = {take, &trial->probe};
    trial->probe.n_events = 0;
    assert_int_equal(ech_run_replication(trial->run, THEORY_SEED, replication, &trial->table.output,
                                         trial->probe.of_log ? &sink : NULL, NULL),
                     ECH_OK);
    return trial->probe.of_log ? (double)trial->probe.n_events : value_of_table(trial);
}

/* Whether one replication shows the effect. */
static bool shows(enum extreme_effect effect, double from, double to)
{
    switch (effect) {
    case MORE:
        return to > from;
    case LESS:
        return to < from;
    case NONE:
        return from != 0 && to == 0;
    }
    return false;
}

static bool acts(const struct extreme *line)
{
    struct trial from = {0}, to = {0};
    bool all = true;
    begin(&from, line->with, line, line->from);
    begin(&to, line->with, line, line->to);
    for (int r = 1; all && r <= N_REPLICATIONS; r++) {
        double x = look(&from, r), y = look(&to, r);
        all = shows(line->effect, x, y);
        if (!all) {
            print_error("%s: %s is %g at %s and %g at %s, replication %d\n", line->path, line->what,
                        x, line->from, y, line->to, r);
        }
    }
    end(&from);
    end(&to);
    return all;
}

static bool rests(const struct extreme *line)
{
    struct trial from = {0}, to = {0};
    begin(&from, line->idle, line, line->from);
    begin(&to, line->idle, line, line->to);
    look(&from, 1);
    look(&to, 1);
    const struct ech_output *a = &from.table.output, *b = &to.table.output;
    bool same = memcmp(a->county, b->county, county_size(&from.table) * sizeof *a->county) == 0 &&
                memcmp(a->type, b->type, type_size(&from.table) * sizeof *a->type) == 0 &&
                memcmp(a->unit, b->unit, unit_size(&from.table) * sizeof *a->unit) == 0;
    if (!same) {
        print_error("%s: %s and %s differ with {%s}\n", line->path, line->from, line->to,
                    line->idle);
    }
    end(&from);
    end(&to);
    return same;
}

/** The path of the only lines to be run, the program's argument; NULL: all. */
static const char *only;

static bool is_wanted(const struct extreme *line)
{
    return only == NULL || strcmp(only, line->path) == 0;
}

static void test_each_parameter_does_at_an_extreme_what_its_line_says(void **state)
{
    int n_failed = 0;
    (void)state;
    assert_true(ldexp(N_EXTREMES, -N_REPLICATIONS) < THEORY_ALARM);
    for (int i = 0; i < N_EXTREMES; i++) {
        n_failed += is_wanted(&extremes[i]) && !acts(&extremes[i]);
    }
    assert_int_equal(n_failed, 0);
}

static void test_parameters_of_a_process_that_is_off_change_nothing(void **state)
{
    int n_failed = 0;
    (void)state;
    for (int i = 0; i < N_EXTREMES; i++) {
        n_failed += is_wanted(&extremes[i]) && extremes[i].idle != SWITCH && !rests(&extremes[i]);
    }
    assert_int_equal(n_failed, 0);
}

/** The log of month 0, folded into one number. */
struct start {
    ech_key folded;
    int n;
};

static void fold_start(void *context, const struct ech_event *event)
{
    struct start *start = context;
    if (event->type == ECH_EV_START) {
        ech_key who = ech_key_pair(event->person, ech_key_of(event->detail, NULL));
        ech_key where = ech_key_pair((ech_key)event->to_unit, (ech_key)event->to_post);
        start->folded = ech_key_pair(start->folded, ech_key_pair(who, where));
        start->n++;
    }
}

static struct start start_of(const struct ech_scenario *scenario, int replication)
{
    struct ech_run *run;
    struct start start = {0};
    const struct ech_sink sink = {fold_start, &start};
    assert_int_equal(ech_run_create(scenario, &run, NULL), ECH_OK);
    assert_int_equal(ech_run_replication(run, THEORY_SEED, replication, NULL, &sink, NULL), ECH_OK);
    ech_run_free(run);
    return start;
}

/* Whether two replications begin with the same people. */
static bool start_alike(const char *redraw)
{
    char text[MOST_TEXT];
    struct ech_scenario scenario = {0};
    snprintf(text, sizeof text,
             "extends: " ECH_SOURCE_DIR "/tests/verify/extremes.yaml\nname: start\nmonths: 0\n"
             "policy: {initial.redraw: %s}\n",
             redraw);
    load_text(text, &scenario);
    struct start a = start_of(&scenario, 1);
    struct start b = start_of(&scenario, 2);
    ech_scenario_free(&scenario);
    assert_int_equal(a.n, 723);
    assert_int_equal(b.n, 723);
    return a.folded == b.folded;
}

static void test_people_are_drawn_anew_only_where_the_policy_says_so(void **state)
{
    (void)state;
    assert_false(start_alike("true"));
    assert_true(start_alike("false"));
}

int main(int argc, char **argv)
{
    only = argc > 1 ? argv[1] : NULL;
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_each_parameter_does_at_an_extreme_what_its_line_says),
        cmocka_unit_test(test_parameters_of_a_process_that_is_off_change_nothing),
        cmocka_unit_test(test_people_are_drawn_anew_only_where_the_policy_says_so),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
