/* Nothing stops promotions in silence: every row of model/params.def at either end of its range, alone and
   in some pairs, over the baseline. Where promotions or entries come to next to nothing, or a quarter of
   the leading posts stands empty, the loading says so, or refuses it, or a line below says why it need
   not. */
#include "theory.h"

enum { N_YEARS = 6, FIRST_MONTH = 25, N_PAIRS = 400, MOST_VALUES = 8, MOST_SETTINGS = 1000 };
enum { SETTING = 160 };   /* bytes of one */
enum { MOST_COUNT = 40 }; /* a hundred thousand places in each unit would take too long */

/** Settings of which their own name says that nobody comes or rises. */
static const char *const plain[] = {"entry.transfer_in: 0"};

/** What comes of a policy from the third year on. */
struct seen {
    bool refused, remarked;
    int64_t promoted[2], entered, vacant, posts;
};

static int64_t total(const struct table *table, int row, int index)
{
    int64_t sum = 0;
    for (int month = FIRST_MONTH; month <= table->n_months; month++) {
        sum += county_at(table, month, row, index);
    }
    return sum;
}

static void run_and_look(const struct ech_scenario *scenario, struct seen *seen)
{
    struct table table = run_table(scenario, THEORY_SEED, 1, NULL, NULL);
    for (int level = 0; level < 2; level++) {
        seen->promoted[level] = total(&table, ECH_M_promotions_LEVEL, level + 1);
    }
    seen->entered = total(&table, ECH_M_entries_NONE, 0);
    seen->vacant = total(&table, ECH_M_posts_vacant_NONE, 0);
    seen->posts = total(&table, ECH_M_posts_NONE, 0);
    free_table(&table);
}

static struct seen look(const char *policy)
{
    char path[] = "/tmp/echelon-test-XXXXXX";
    struct ech_scenario scenario = {0};
    struct ech_error error = {0};
    struct seen seen = {0};
    FILE *file = fdopen(mkstemp(path), "w");
    fprintf(file, "extends: " BASELINE "\nname: t\nyears: %d\npolicy: {%s}\n", N_YEARS, policy);
    fclose(file);
    seen.refused = ech_scenario_load(path, NULL, &scenario, &error) != ECH_OK;
    seen.remarked = scenario.n_remarks > 0;
    if (!seen.refused && !seen.remarked) {
        run_and_look(&scenario, &seen);
    }
    unlink(path);
    ech_error_free(&error);
    ech_scenario_free(&scenario);
    return seen;
}

/** Whether next to nothing is left of what the baseline has, or a quarter of the posts is empty. */
static bool stands_still(const struct seen *seen, const struct seen *usual)
{
    bool still = 20 * seen->entered < usual->entered || 4 * seen->vacant > seen->posts;
    for (int level = 0; level < 2; level++) {
        still |= 10 * seen->promoted[level] < usual->promoted[level];
    }
    return !seen->refused && !seen->remarked && still;
}

static bool is_plain(const char *policy)
{
    bool found = false;
    for (size_t i = 0; i < sizeof plain / sizeof plain[0]; i++) {
        found |= strstr(policy, plain[i]) != NULL;
    }
    return found;
}

/** Both ends of the range of a row, or all its words; gives how many. */
static int values_of(const struct ech_param_row *row, char values[MOST_VALUES][32])
{
    int n = 0;
    if (row->type == ECH_PARAM_CHOICE) {
        for (const char *word = row->unit; *word != '\0';) {
            assert_in_range(n, 0, MOST_VALUES - 2); /* and "off" */
            int length = (int)strcspn(word, "|");
            snprintf(values[n++], 32, "%.*s", length, word);
            word += length + (word[length] == '|');
        }
    } else if (row->type == ECH_PARAM_FLAG) {
        strcpy(values[n++], "false");
        strcpy(values[n++], "true");
    } else if (row->type == ECH_PARAM_DATE) {
        strcpy(values[n++], "2021-03");
    } else {
        snprintf(values[n++], 32, "%.10g", row->min);
        snprintf(values[n++], 32, "%.10g",
                 row->type == ECH_PARAM_COUNT ? fmin(row->max, MOST_COUNT) : row->max);
    }
    if (ech_param_may_be_off(row)) {
        strcpy(values[n++], "off");
    }
    return n;
}

static int all_settings(char settings[MOST_SETTINGS][SETTING])
{
    int n = 0;
    for (int p = 0; p < ECH_N_PARAMS; p++) {
        char values[MOST_VALUES][32], path[100];
        int n_values = values_of(&ech_param_rows[p], values);
        ech_param_path(&ech_param_rows[p], path, sizeof path);
        for (int v = 0; v < n_values; v++) {
            assert_in_range(n, 0, MOST_SETTINGS - 1);
            snprintf(settings[n++], SETTING, "%s: %s", path, values[v]);
        }
    }
    return n;
}

/** Settings that neither are refused nor remarked alone: the first test finds them for the second. */
static char silent[MOST_SETTINGS][SETTING];
static int n_silent;

static int count_still(const char *policy, const struct seen *seen, const struct seen *usual)
{
    bool still = stands_still(seen, usual) && !is_plain(policy);
    if (still) {
        print_error("nothing is said of {%s}: %d and %d promoted, %d entered, %d of %d vacant\n",
                    policy, (int)seen->promoted[0], (int)seen->promoted[1], (int)seen->entered,
                    (int)seen->vacant, (int)seen->posts);
    }
    return still;
}

static void test_no_setting_alone_stops_the_county_in_silence(void **state)
{
    (void)state;
    static char settings[MOST_SETTINGS][SETTING];
    struct seen usual = look("procedure.shape: constant");
    int n = all_settings(settings), n_still = 0;
    assert_false(stands_still(&usual, &usual));
    assert_true(usual.entered > 50 && usual.promoted[0] > 50 && usual.promoted[1] > 10);
    for (int i = 0; i < n; i++) {
        struct seen seen = look(settings[i]);
        n_still += count_still(settings[i], &seen, &usual);
        if (!seen.refused && !seen.remarked && !is_plain(settings[i])) {
            strcpy(silent[n_silent++], settings[i]);
        }
    }
    assert_int_equal(n_still, 0);
    assert_true(n_silent > n / 4 && n_silent < n); /* remarks are for what deserves them */
}

/* Pairs by a walk that meets most of the settings. */
static void test_no_two_settings_stop_the_county_in_silence(void **state)
{
    (void)state;
    struct seen usual = look("procedure.shape: constant");
    int n_still = 0;
    assert_true(n_silent > 0);
    for (int i = 0; i < N_PAIRS; i++) {
        const char *a = silent[i % n_silent];
        const char *b = silent[(i * 61 + 29 + i / n_silent) % n_silent];
        char policy[2 * SETTING + 2];
        if (strncmp(a, b, strcspn(a, ":") + 1) != 0) {
            snprintf(policy, sizeof policy, "%.*s, %.*s", SETTING - 1, a, SETTING - 1, b);
            struct seen seen = look(policy);
            n_still += count_still(policy, &seen, &usual);
        }
    }
    assert_int_equal(n_still, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_no_setting_alone_stops_the_county_in_silence),
        cmocka_unit_test(test_no_two_settings_stop_the_county_in_silence),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
