/* Block turnover (block_turnover.yaml): at each of five changes every holder of 114 seats is replaced with
   probability p, whatever happened before. So the replaced of a change are Binomial(114, p), and a seat has
   its first holder after k changes with (1 - p)^k; with terms that change after the openings of the
   month are filled, a seat is vacant for exactly that month's end. Random rotation
   (random_rotation.yaml): the circle is uniform over the 8! circles of nine, so the holder of one
   given unit comes to each other unit with 1/8; after a second circle he is back with 8 (1/8)^2 =
   1/8 and elsewhere with (1 - 1/8) / 8 = 7/64 each. */
#include "theory.h"

enum {
    N_SEATS = 114,
    MONTHS = 61,
    FIRST_CHANGE = 7,
    TERM = 13,
    N_CHANGES = 5,
    N_REPLICATIONS = 1500,
    N_UNITS = 9,
    EVERY = 5,
    N_ROTATIONS = 20000, /* replications of the circle */
    N_PAIRS = 13,
    N_CHECKS = 9 /* the calls of theory_hold...() in this file */
};
static const double p_replaced = 0.37;

static bool is_change(int month)
{
    return month >= FIRST_CHANGE && (month - FIRST_CHANGE) % TERM == 0;
}

static int64_t stepdowns(const struct theory_model *model, int month)
{
    return theory_county(model, month, ECH_M_stepdowns_NONE, 0);
}

static void hold_turnover(const char *what, int64_t replaced, const double *replications)
{
    double expected[N_SEATS + 1];
    for (unsigned n = 0; n <= N_SEATS; n++) {
        expected[n] = N_REPLICATIONS * N_CHANGES * gsl_ran_binomial_pdf(n, p_replaced, N_SEATS);
    }
    theory_hold_binomial(what, replaced, (int64_t)N_SEATS * N_CHANGES * N_REPLICATIONS, p_replaced,
                         N_CHECKS);
    theory_hold_cells("replaced at a change", replications, expected, N_SEATS + 1, N_CHECKS);
}

/* `vacant` tells whether seats are vacant at the end of a month of change. */
static void turnover(const char *text, bool vacant)
{
    struct theory_model model = {0};
    double replications[N_SEATS + 1] = {0};
    int64_t replaced = 0;
    int64_t first_holders = 0;
    load_text(text, &model.scenario);
    assert_int_equal(ech_run_create(&model.scenario, &model.run, NULL), ECH_OK);
    model.table = make_table(&model.scenario);
    for (int r = 1; r <= N_REPLICATIONS; r++) {
        theory_run(&model, r, NULL);
        for (int month = 1; month <= MONTHS; month++) {
            int64_t now = stepdowns(&model, month);
            assert_true(is_change(month) || now == 0);
            assert_int_equal(theory_county(&model, month, ECH_M_terms_ended_NONE, 0),
                             is_change(month) ? N_SEATS : 0);
            assert_int_equal(theory_county(&model, month, ECH_M_posts_vacant_NONE, 0),
                             vacant ? now : 0);
            replaced += now;
            replications[now] += is_change(month);
        }
        first_holders += theory_county(&model, MONTHS, ECH_M_leaders_post_months_NONE, 0);
    }
    hold_turnover(vacant ? "replaced, filled afterwards" : "replaced, filled at once", replaced,
                  replications);
    if (!vacant) { /* time in post: 61 for the first holder, else the time since the last change */
        double mean = 0, square = 0, stay = 1;
        for (int k = N_CHANGES - 1; k >= 0; k--) {
            double time = MONTHS - FIRST_CHANGE - k * TERM;
            mean += stay * p_replaced * time;
            square += stay * p_replaced * time * time;
            stay *= 1 - p_replaced;
        }
        mean += stay * MONTHS;
        square += stay * MONTHS * MONTHS;
        theory_hold_normal("months in post", (double)first_holders, N_REPLICATIONS * N_SEATS * mean,
                           N_REPLICATIONS * N_SEATS * (square - mean * mean), N_CHECKS);
    }
    theory_free(&model);
}

static void test_each_change_replaces_by_coins(void **state)
{
    turnover("extends: " ECH_SOURCE_DIR "/tests/verify/block_turnover.yaml\nname: at_once\n",
             false);
}

static void test_a_change_after_filling_leaves_seats_vacant_for_a_month(void **state)
{
    turnover("extends: " ECH_SOURCE_DIR "/tests/verify/block_turnover.yaml\nname: after\n"
             "policy: {term.timing: after, procedure.months: 0}\n",
             true);
}

/** Where the first unit's holder is, from the log. */
struct walk {
    ech_key person;
    ech_id at;
    int n_moves;
};

static void follow(void *context, const struct ech_event *event)
{
    struct walk *walk = context;
    if (event->type == ECH_EV_START && event->to_unit == 0) {
        walk->person = event->person;
    }
    if (event->type == ECH_EV_MOVE) {
        assert_int_not_equal(event->from_unit, event->to_unit);
        walk->n_moves++;
        walk->at = event->person == walk->person ? event->to_unit : walk->at;
    }
}

static void test_random_rotation_is_a_uniform_circle(void **state)
{
    for (int rotations = 1; rotations <= 2; rotations++) {
        struct theory_model model = {0};
        double seen[N_UNITS] = {0}, expected[N_UNITS];
        theory_load(&model, "tests/verify/random_rotation.yaml");
        model.scenario.n_months = rotations * EVERY;
        for (int r = 1; r <= N_ROTATIONS; r++) {
            struct walk walk = {0};
            const struct ech_sink sink = {follow, &walk};
            theory_run(&model, r, &sink);
            assert_int_equal(walk.n_moves, rotations * N_UNITS);
            seen[walk.at]++;
        }
        double back = rotations == 1 ? 0 : 1.0 / (N_UNITS - 1);
        for (int u = 0; u < N_UNITS; u++) {
            expected[u] = N_ROTATIONS * (u == 0 ? back : (1 - back) / (N_UNITS - 1));
        }
        assert_true(rotations == 2 || seen[0] == 0);
        theory_hold_cells(rotations == 1 ? "after one circle" : "after two circles",
                          seen + (rotations == 1), expected + (rotations == 1),
                          N_UNITS - (rotations == 1), N_CHECKS);
        theory_free(&model);
    }
}

/* Two chiefs in each of 13 units, hazard r a year: a pair falls out in a month with 1 - exp(-r / 12), pairs
   apart from each other. A pair that has just been parted is a new pair at once, so that the first two
   months are Binomial(13, p) each. */
static void test_conflicts_break_out_by_the_hazard_of_the_pair(void **state)
{
    struct theory_model model = {0};
    static const double rate = 1.37;
    double p = -expm1(-rate / 12);
    int64_t conflicts[3] = {0};
    load_text("extends: " ECH_SOURCE_DIR "/tests/verify/quiet.yaml\nname: pairs\nmonths: 2\n"
              "county: {id: c}\nlevels: [{id: seat}]\ntypes: [{id: hall}]\n"
              "kinds: [{id: one, level: seat, role: party_chief},\n"
              "  {id: two, level: seat, role: government_chief}]\n"
              "units: [{id: hall, count: 13, type: hall, establishment: 2,"
              " posts: {one: 1, two: 1}}]\n"
              "initial: {blocks: [{id: h, fill: posts, ages: [[40, 40, rest]],"
              " service: {from: 0, to: 0}}]}\n"
              "policy: {conflict.rate: 1.37, rotation.min_tenure: 0, rotation.chiefs_apart: 0}\n",
              &model.scenario);
    assert_int_equal(ech_run_create(&model.scenario, &model.run, NULL), ECH_OK);
    model.table = make_table(&model.scenario);
    for (int r = 1; r <= N_REPLICATIONS; r++) {
        theory_run(&model, r, NULL);
        for (int month = 1; month <= 2; month++) {
            conflicts[month] += theory_county(&model, month, ECH_M_conflicts_NONE, 0);
        }
    }
    for (int month = 1; month <= 2; month++) {
        theory_hold_binomial("conflicts of a month", conflicts[month],
                             (int64_t)N_PAIRS * N_REPLICATIONS, p, N_CHECKS);
    }
    theory_free(&model);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_each_change_replaces_by_coins),
        cmocka_unit_test(test_a_change_after_filling_leaves_seats_vacant_for_a_month),
        cmocka_unit_test(test_conflicts_break_out_by_the_hazard_of_the_pair),
        cmocka_unit_test(test_random_rotation_is_a_uniform_circle),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
