/* Merit in two dimensions: what each is of the other, who comes with more of it, what popularity sees. */
#include "fixture.h"

#include "model/merit.h"

enum { MOST = 2000 };

/* Everybody who served at the end of the last month. */
struct people {
    int n;
    ech_key key[MOST];
    uint8_t education[MOST], channel[MOST];
    bool entered[MOST];
    double overall[MOST], popularity[MOST];
    struct ech_merit merit[MOST];
};

static void note(const struct ech_run *run, const char *process, void *context)
{
    struct people *people = context;
    if (strcmp(process, "record") != 0 || run->month != run->scenario->n_months) {
        return;
    }
    for (ech_id id = 0; id < run->n_people; id++) {
        const struct ech_person *person = &run->people[id];
        if (person->presence == ECH_SERVING && people->n < MOST) {
            int i = people->n++;
            people->key[i] = person->key;
            people->education[i] = person->education;
            people->channel[i] = person->channel;
            people->entered[i] = person->joined_month > 0;
            people->overall[i] = person->merit;
            people->popularity[i] = ech_popularity(run, person);
            people->merit[i] = ech_merit_of(run, person);
        }
    }
}

static void people_of(const char *policy, struct people *people)
{
    char text[1000];
    struct ech_scenario s = {0};
    snprintf(text, sizeof text, "extends: " BARE_COUNTY "\nname: t\nyears: 3\npolicy: {%s}\n",
             policy);
    load_text(text, &s);
    people->n = 0;
    struct table t = run_table(&s, 5, 2, note, people);
    free_table(&t);
    ech_scenario_free(&s);
}

/* Correlation of two standard normals known by their moments: mean product, with variance 1 + r^2. */
static void hold_correlation(const double *products, int n, double r)
{
    double sum = 0;
    for (int i = 0; i < n; i++) {
        sum += products[i];
    }
    assert_true(fabs(sum / n - r) < 4.5 * sqrt((1 + r * r) / n));
}

static void test_dimensions_are_correlated_as_the_scenario_says(void **state)
{
    static struct people people;
    static double products[MOST], liked[MOST];
    people_of("merit.correlation: 0.237, selection.popularity: 0.431", &people);
    for (int i = 0; i < people.n; i++) {
        struct ech_merit merit = people.merit[i];
        products[i] = merit.economic * merit.broad;
        liked[i] = merit.broad * people.popularity[i];
        double scaled = (merit.economic + merit.broad) / sqrt(2 + 2 * 0.237);
        assert_true(fabs(scaled - people.overall[i]) < 1e-12);
    }
    assert_true(people.n > 600);
    hold_correlation(products, people.n, 0.237);
    hold_correlation(liked, people.n, 0.431);
}

static void test_with_a_correlation_of_one_there_is_one_merit(void **state)
{
    static struct people people;
    people_of("merit.correlation: 1, selection.popularity: 1", &people);
    for (int i = 0; i < people.n; i++) {
        assert_true(people.merit[i].economic == people.overall[i]);
        assert_true(people.merit[i].broad == people.overall[i]);
        assert_true(people.popularity[i] == people.overall[i]);
    }
}

/* Scores do not see merit (validity 0), so that the same people are there with and without a shift. */
static void test_shifts_by_education_and_channel_move_whom_they_name(void **state)
{
    static struct people before, after;
    static const char base[] =
        "selection.validity: 0, selected.quota: 4.3, selection.scope: outside";
    char policy[500];
    people_of(base, &before);
    snprintf(policy, sizeof policy,
             "%s, merit.education.college: 0.11, merit.education.bachelor: 0.37, "
             "merit.education.postgraduate: -0.53, merit.channel.transfer: 0.71, "
             "merit.channel.outside: -1.3, merit.channel.selected: 0.91",
             base);
    people_of(policy, &after);
    const double by_education[ECH_N_EDUCATIONS] = {0, 0.11, 0.37, -0.53};
    const double by_channel[ECH_N_CHANNELS] = {0, 0.71, -1.3, 0.91};
    int n_entered[ECH_N_CHANNELS] = {0};
    assert_int_equal(before.n, after.n);
    for (int i = 0; i < before.n; i++) {
        assert_true(before.key[i] == after.key[i]);
        double shift = by_education[before.education[i]];
        if (before.entered[i]) {
            shift += by_channel[before.channel[i]];
            n_entered[before.channel[i]]++;
        }
        assert_true(fabs(after.overall[i] - before.overall[i] - shift) < 1e-12);
    }
    assert_true(n_entered[ECH_CHANNEL_EXAM] > 0 && n_entered[ECH_CHANNEL_TRANSFER] > 0 &&
                n_entered[ECH_CHANNEL_SELECTED] > 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_dimensions_are_correlated_as_the_scenario_says),
        cmocka_unit_test(test_with_a_correlation_of_one_there_is_one_merit),
        cmocka_unit_test(test_shifts_by_education_and_channel_move_whom_they_name),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
