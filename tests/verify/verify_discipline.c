/* Cases of discipline and incidents: everybody faces one draw a month with a probability that is known
   to the last digit, so that counts are sums of independent binomial numbers. */
#include "theory.h"

enum { REPLICATIONS = 90, N_CHECKS = 9 };

/* Cases (discipline.yaml). Nobody moves, so a leader has served t months in his post in month t. His
   hazard is r RRt^(min(t, cap) / 12 - ct) RRc^(chief - cc) (1 - a ea) (1 - k ek), a staff member's the same
   with t = 0 and without audits; p = 1 - exp(-h / 12); of the cases a share 1 - c ends with a sanction. */
static double case_probability(int month, bool leads, bool chief)
{
    double years = leads ? fmin(month, 31) / 12.0 : 0;
    double h = 0.239 * pow(1.43, years - 0.71) * pow(1.83, chief - 0.29) *
               (leads ? 1 - 0.47 * 0.61 : 1) * (1 - 0.83 * 0.17);
    return 1 - exp(-h / 12);
}

/** Sanctions of one type and of one half of the months against their exact mean and variance. */
struct kind {
    const char *type;
    int n;
    bool leads, chief;
};

static void hold_kind(const struct theory_model *model, const struct kind *kind,
                      const int64_t *sanctions, const int64_t *cleared)
{
    for (int half = 0; half < 2; half++) {
        double x = 0, mean = 0, variance = 0, y = 0, mean_cleared = 0, variance_cleared = 0;
        int split = model->scenario.n_months / 2;
        for (int m = half ? split + 1 : 1; m <= (half ? model->scenario.n_months : split); m++) {
            double p = case_probability(m, kind->leads, kind->chief);
            double n = (double)kind->n * REPLICATIONS;
            x += (double)sanctions[m];
            y += (double)cleared[m];
            mean += n * p * (1 - 0.137);
            variance += n * p * (1 - 0.137) * (1 - p * (1 - 0.137));
            mean_cleared += n * p * 0.137;
            variance_cleared += n * p * 0.137 * (1 - p * 0.137);
        }
        theory_hold_normal(half ? "sanctions, later months" : "sanctions, earlier months", x, mean,
                           variance, 2 * 6 + N_CHECKS);
        theory_hold_normal("cases cleared", y, mean_cleared, variance_cleared, 2 * 6 + N_CHECKS);
    }
}

static void test_cases_follow_time_in_post_and_role(void **state)
{
    static const struct kind kinds[] = {
        {"heads", 240, true, true}, {"seconds", 240, true, false}, {"others", 250, false, false}};
    struct theory_model model = {0};
    theory_load(&model, "tests/verify/discipline.yaml");
    int64_t(*sanctions)[64] = calloc(3, sizeof *sanctions);
    int64_t(*cleared)[64] = calloc(3, sizeof *cleared);
    for (int r = 1; r <= REPLICATIONS; r++) {
        theory_run(&model, r, NULL);
        for (int i = 0; i < 3 * model.scenario.n_months; i++) {
            int k = i % 3, month = 1 + i / 3;
            int type = theory_find_type(&model, kinds[k].type);
            sanctions[k][month] += theory_type(&model, month, type, ECH_M_sanctions_NONE, 0);
            cleared[k][month] += theory_type(&model, month, type, ECH_M_cases_cleared_NONE, 0);
        }
    }
    for (int k = 0; k < 3; k++) {
        hold_kind(&model, &kinds[k], sanctions[k], cleared[k]);
    }
    free(sanctions);
    free(cleared);
    theory_free(&model);
}

/* Outcomes (discipline_outcomes.yaml): 1,000 people, one month. Cases are binomial with the exact monthly
   probability, whatever the covariates; their ends are multinomial with the given shares. */
static void test_outcomes_come_in_their_shares(void **state)
{
    static const double shares[] = {0.29, 0.23, 0.17, 0.13, 0.11, 0.07};
    struct theory_model model = {0};
    double observed[ECH_N_SANCTIONS + 1] = {0}, expected[ECH_N_SANCTIONS + 1];
    int64_t cases = 0;
    theory_load(&model, "tests/verify/discipline_outcomes.yaml");
    for (int r = 1; r <= REPLICATIONS; r++) {
        theory_run(&model, r, NULL);
        for (int k = 0; k < ECH_N_SANCTIONS; k++) {
            int64_t n = theory_county(&model, 1, ECH_M_sanctions_SANCTION, k);
            observed[k] += (double)n;
            cases += n;
        }
        int64_t cleared = theory_county(&model, 1, ECH_M_cases_cleared_NONE, 0);
        int64_t dismissed =
            theory_county(&model, 1, ECH_M_sanctions_SANCTION, ECH_SANCTION_DISMISSAL);
        observed[ECH_N_SANCTIONS] += (double)cleared;
        cases += cleared;
        assert_int_equal(theory_county(&model, 1, ECH_M_exits_NONE, 0), dismissed);
        assert_int_equal(theory_county(&model, 1, ECH_M_blocked_NONE, 0),
                         theory_county(&model, 1, ECH_M_sanctions_NONE, 0) - dismissed);
    }
    for (int k = 0; k < ECH_N_SANCTIONS; k++) {
        expected[k] = (double)cases * (1 - 0.137) * shares[k];
    }
    expected[ECH_N_SANCTIONS] = (double)cases * 0.137;
    theory_hold_binomial("cases", cases, 1000 * REPLICATIONS, 0.437, 12 + N_CHECKS);
    theory_hold_cells("how cases end", observed, expected, ECH_N_SANCTIONS + 1, 12 + N_CHECKS);
    theory_free(&model);
}

/* Incidents (incidents.yaml): h = r (1 - v) RRl^(load - 1) RRa^(accountability - 1) in each unit, one draw a
   month. A share b (1 - honest x tolerated) ends in blame, b x honest x tolerated is tolerated. */
static void test_incidents_follow_load_and_accountability(void **state)
{
    static const struct {
        const char *type;
        int n;
        double load, accountability;
    } kinds[] = {{"light", 60, 0.83, 1.31}, {"heavy", 50, 1.79, 1.67}};
    struct theory_model model = {0};
    int64_t incidents[2] = {0}, all = 0;
    double observed[ECH_N_INCIDENTS] = {0};
    theory_load(&model, "tests/verify/incidents.yaml");
    for (int r = 1; r <= REPLICATIONS; r++) {
        theory_run(&model, r, NULL);
        for (int i = 0; i < 2 * model.scenario.n_months; i++) {
            int type = theory_find_type(&model, kinds[i % 2].type);
            incidents[i % 2] += theory_type(&model, 1 + i / 2, type, ECH_M_incidents_NONE, 0);
            for (int k = 0; k < ECH_N_INCIDENTS; k++) {
                observed[k] +=
                    (double)theory_type(&model, 1 + i / 2, type, ECH_M_incidents_INCIDENT, k);
            }
        }
    }
    for (int k = 0; k < 2; k++) {
        double h = 0.437 * (1 - 0.19) * pow(2.3, kinds[k].load - 1) *
                   pow(1.7, kinds[k].accountability - 1);
        int64_t n = (int64_t)kinds[k].n * model.scenario.n_months * REPLICATIONS;
        theory_hold_binomial(kinds[k].type, incidents[k], n, 1 - exp(-h / 12), 12 + N_CHECKS);
        all += incidents[k];
    }
    double spared = 0.41 * 0.73;
    const double expected[ECH_N_INCIDENTS] = {(double)all * (1 - 0.53), (double)all * 0.53 * spared,
                                              (double)all * 0.53 * (1 - spared), 0};
    assert_true(observed[ECH_INCIDENT_RESIGNATION] == 0);
    theory_hold_cells("how incidents end", observed, expected, ECH_INCIDENT_RESIGNATION,
                      12 + N_CHECKS);
    theory_free(&model);
}

/** Whom incidents fell on, by the post of the event. */
struct tally {
    const struct ech_scenario *scenario;
    int64_t n[2];
};

static void take(void *context, const struct ech_event *event)
{
    struct tally *tally = context;
    if (event->type == ECH_EV_SANCTION) {
        const struct ech_post *post = &tally->scenario->posts[event->from_post];
        tally->n[tally->scenario->kinds[post->kind].role == ECH_ROLE_PARTY_CHIEF]++;
    }
}

/* Both chiefs answer alike: of the blamed half are party chiefs. */
static void test_both_chiefs_answer_alike(void **state)
{
    struct theory_model model = {0};
    theory_load(&model, "tests/verify/incidents.yaml");
    struct tally tally = {.scenario = &model.scenario};
    struct ech_sink sink = {take, &tally};
    for (int r = 1; r <= REPLICATIONS; r++) {
        theory_run(&model, r, &sink);
    }
    theory_hold_binomial("party chiefs among the blamed", tally.n[1], tally.n[0] + tally.n[1], 0.5,
                         12 + N_CHECKS);
    theory_free(&model);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_cases_follow_time_in_post_and_role),
        cmocka_unit_test(test_outcomes_come_in_their_shares),
        cmocka_unit_test(test_incidents_follow_load_and_accountability),
        cmocka_unit_test(test_both_chiefs_answer_alike),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
