/* The yearly assessment against exact answers.

   Ranking (tests/verify/assessment.yaml): seven people of a unit, scores v m + sqrt(1 - v^2) (sqrt(u) L +
   sqrt(1 - u) e) of a merit m, a luck L that the unit shares and an error e. L ranks nobody, so that the
   score ranks like one of correlation r = v / sqrt(v^2 + (1 - v^2) (1 - u)); best_of.h says how often the
   only excellent one is the best, and the only incompetent one the worst.
   Two years running (assessment_chance.yaml): without validity the incompetent of a year is one of seven
   by chance, so that he is the one of the year before with probability 1 / 7, unit by unit.
   Last places (last_places.yaml): k = 5 teams ranked by chance, the head of a team is removed when it is
   last twice running under him. Let p_t be the chance of a removal in year t. The last team of year t
   - 1 has still its head unless he was removed in that year, and is last again with probability 1 / k:
   p_1 = 0, p_t = (1 - p_(t-1)) / k, which tends to 1 / (k + 1). Of all heads who are removed one in k is
   truly the lowest, as chance knows nothing. */
#include "best_of.h"
#include "theory.h"

enum { N = 7, N_UNITS = 60, N_REPLICATIONS = 200, N_RANKINGS = 4, N_TEAMS = 5, N_YEARS = 8 };
enum { N_CHANCES = 1, N_SERIES = 600 };

static const double validity = 0.617, luck = 0.237;

static int64_t fallen(const struct theory_model *model, int month, enum ech_count_id row,
                      enum ech_consequence consequence)
{
    return theory_county(model, month, row, (int)consequence - ECH_CONSEQUENCE_ADMONISH);
}

static void test_the_excellent_are_the_best_as_often_as_validity_allows(void **state)
{
    double r = validity / sqrt(validity * validity + (1 - validity * validity) * (1 - luck));
    double expected = best_of(N, r);
    int64_t best[2] = {0}, worst[2] = {0};
    struct theory_model model = {0};
    theory_load(&model, "tests/verify/assessment.yaml");
    for (int k = 1; k <= N_REPLICATIONS; k++) {
        theory_run(&model, k, NULL);
        for (int year = 0; year < 2; year++) {
            int month = 12 * (year + 1);
            assert_int_equal(theory_county(&model, month, ECH_M_excellent_NONE, 0), N_UNITS);
            assert_int_equal(
                fallen(&model, month, ECH_M_consequences_CONSEQUENCE, ECH_CONSEQUENCE_DEMOTE),
                N_UNITS);
            best[year] += theory_county(&model, month, ECH_M_excellent_right_NONE, 0);
            worst[year] +=
                fallen(&model, month, ECH_M_consequences_right_CONSEQUENCE, ECH_CONSEQUENCE_DEMOTE);
        }
    }
    for (int year = 0; year < 2; year++) {
        theory_hold_binomial("the excellent one is the best of seven", best[year],
                             N_UNITS * N_REPLICATIONS, expected, N_RANKINGS);
        theory_hold_binomial("the incompetent one is the worst of seven", worst[year],
                             N_UNITS * N_REPLICATIONS, expected, N_RANKINGS);
    }
    theory_free(&model);
}

static void test_two_incompetent_years_running_dismiss_one_in_seven(void **state)
{
    int64_t dismissed = 0;
    struct theory_model model = {0};
    theory_load(&model, "tests/verify/assessment_chance.yaml");
    for (int k = 1; k <= N_REPLICATIONS; k++) {
        theory_run(&model, k, NULL);
        assert_int_equal(theory_county(&model, 12, ECH_M_exits_NONE, 0), 0);
        assert_int_equal(theory_county(&model, 24, ECH_M_ratings_RATING, ECH_RATING_INCOMPETENT),
                         N_UNITS);
        int64_t n = theory_county(&model, 24, ECH_M_exits_CAUSE, ECH_CAUSE_DISMISSED);
        assert_int_equal(
            n, fallen(&model, 24, ECH_M_consequences_CONSEQUENCE, ECH_CONSEQUENCE_DISMISS));
        dismissed += n;
    }
    theory_hold_binomial("dismissed after two incompetent years", dismissed,
                         N_UNITS * N_REPLICATIONS, 1.0 / N, N_CHANCES);
    theory_free(&model);
}

static void test_heads_of_teams_last_twice_running_are_removed_as_the_chain_says(void **state)
{
    int64_t removed[N_YEARS + 1] = {0}, all = 0, right = 0;
    double p = 0;
    struct theory_model model = {0};
    theory_load(&model, "tests/verify/last_places.yaml");
    for (int k = 1; k <= N_SERIES; k++) {
        theory_run(&model, k, NULL);
        for (int year = 1; year <= N_YEARS; year++) {
            int month = 12 * year;
            int64_t n =
                fallen(&model, month, ECH_M_consequences_CONSEQUENCE, ECH_CONSEQUENCE_REMOVE);
            assert_int_equal(theory_county(&model, month, ECH_M_consequences_NONE, 0), 1);
            assert_int_equal(theory_county(&model, month, ECH_M_stepdowns_NONE, 0), n);
            assert_int_equal(theory_county(&model, month, ECH_M_posts_vacant_NONE, 0), 0);
            removed[year] += n;
            all += n;
            right +=
                fallen(&model, month, ECH_M_consequences_right_CONSEQUENCE, ECH_CONSEQUENCE_REMOVE);
        }
    }
    assert_int_equal(removed[1], 0);
    for (int year = 2; year <= N_YEARS; year++) {
        p = (1 - p) / N_TEAMS;
        theory_hold_binomial("removals after two last places, by year", removed[year], N_SERIES, p,
                             N_YEARS);
    }
    theory_hold_binomial("removals of the truly lowest", right, all, 1.0 / N_TEAMS, N_YEARS);
    theory_free(&model);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_the_excellent_are_the_best_as_often_as_validity_allows),
        cmocka_unit_test(test_two_incompetent_years_running_dismiss_one_in_seven),
        cmocka_unit_test(test_heads_of_teams_last_twice_running_are_removed_as_the_chain_says),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
