/* People who only leave: by level and band (exit_table.yaml), entrants of one age (entry_age.yaml), people
   given one by one (people.yaml). Draws are independent, so whoever is still there is binomial. */
#include "theory.h"

#include "model/key.h"

enum { N_CHECKS = 37 /* the calls of theory_hold...() in this file, as often as they are made */ };

/* Exits by level and band. In draw t of the low level people are 396 + b + t months old, b = 0 ... 11 as
   likely, and everybody has 7 + t months of service. Of the high level two causes compete: resigning has
   the exact probability a of its age, upward the hazard u of its service: stays (1 - a) exp(-u / 12). */
enum { TABLE_LEVELS = 3, TABLE_MONTHS = 53, TABLE_REPLICATIONS = 400 };
static const int level_people[TABLE_LEVELS] = {131, 97, 83};

static double stays(int level, int age, int service)
{
    switch (level) {
    case 0:
        return 1 - (age < 411 ? 0.0239 : age < 431 ? 0.0071 : 0.0413);
    case 1:
        return service < 19 ? 1 - 0.0317 : service < 43 ? 1 - 0.0053 : exp(-0.371 / 12);
    default:
        return (1 - (age < 417 ? 0.0041 : 0.0271)) * exp(-(service < 29 ? 0.113 : 0.431) / 12);
    }
}

static double stays_until(int level, int month)
{
    double mean = 0;
    for (int b = 0; b < 12; b++) {
        double one = 1;
        for (int t = 1; t <= month; t++) {
            one *= stays(level, 33 * 12 + b + t, 7 + t);
        }
        mean += one / 12;
    }
    return mean;
}

static void test_exits_follow_a_table_of_levels_and_bands(void **state)
{
    static const int looks[] = {11, 12, 21, 35, TABLE_MONTHS};
    enum { N_LOOKS = 5 };
    struct theory_model model = {0};
    int64_t there[TABLE_LEVELS][N_LOOKS] = {{0}};
    theory_load(&model, "tests/verify/exit_table.yaml");
    assert_int_equal(model.scenario.n_months, TABLE_MONTHS);
    for (int r = 1; r <= TABLE_REPLICATIONS; r++) {
        theory_run(&model, r, NULL);
        for (int l = 0; l < TABLE_LEVELS; l++) {
            for (int i = 0; i < N_LOOKS; i++) {
                there[l][i] += theory_county(&model, looks[i], ECH_M_heads_LEVEL, l);
            }
        }
    }
    for (int l = 0; l < TABLE_LEVELS; l++) {
        for (int i = 0; i < N_LOOKS; i++) {
            char what[64];
            snprintf(what, sizeof what, "level %d, still there in month %d", l, looks[i]);
            theory_hold_binomial(what, there[l][i], (int64_t)level_people[l] * TABLE_REPLICATIONS,
                                 stays_until(l, looks[i]), N_CHECKS);
        }
    }
    theory_free(&model);
}

/* Entrants of one age. The cohort of month 12 y has faced k = m - 12 y draws at the end of month m and is
   24 years and k months old; in the month in which k = 192 who is left of it is 40 and retires. At the end
   of month 240 there are cohorts with k = 0, 12, ... 180, each Binomial(13, (1 - p)^k): the age profile at
   rest; the 13 (1 - p)^191 of k = 192 have retired in that very month (whoever is due does not draw
   first: random exits come before, so that 192 draws are faced and (1 - p)^192 retire). */
enum { COHORT = 13, ENTRY_MONTHS = 240, N_COHORTS = 20, SERVED = 192, ENTRY_REPLICATIONS = 900 };
static const double p_entrant = 0.0029;

/** Cohorts by the year in which they came. */
struct cohorts {
    ech_key person[N_COHORTS * COHORT];
    int entry_month[N_COHORTS * COHORT];
    int n, start_month;
    int64_t there[N_COHORTS + 1]; /* of the replication */
    int64_t retired[N_COHORTS + 1];
};

static int calendar_of(const char *detail, const char *key)
{
    int year = 0, month = 0;
    const char *at = strstr(detail, key);
    assert_non_null(at);
    assert_int_equal(sscanf(at + strlen(key), "%d-%d", &year, &month), 2);
    return year * 12 + month - 1;
}

static void take_entrant(void *context, const struct ech_event *event)
{
    struct cohorts *cohorts = context;
    if (event->type == ECH_EV_ENTRY) {
        assert_in_range(cohorts->n, 0, N_COHORTS * COHORT - 1);
        assert_int_equal(event->month % 12, 0);
        assert_int_equal(cohorts->start_month + event->month - calendar_of(event->detail, "birth="),
                         24 * 12);
        cohorts->person[cohorts->n] = event->person;
        cohorts->entry_month[cohorts->n++] = event->month;
        cohorts->there[event->month / 12]++;
    } else if (event->type == ECH_EV_EXIT) {
        int i = 0;
        while (i < cohorts->n && cohorts->person[i] != event->person) {
            i++;
        }
        assert_true(i < cohorts->n);
        int served = event->month - cohorts->entry_month[i];
        bool retires = strcmp(event->cause, ech_cause_names[ECH_CAUSE_RETIRE]) == 0;
        assert_true(retires ? served == SERVED : served <= SERVED);
        cohorts->there[cohorts->entry_month[i] / 12]--;
        cohorts->retired[cohorts->entry_month[i] / 12] += retires;
    }
}

static void test_entrants_of_one_age_make_the_age_profile(void **state)
{
    struct theory_model model = {0};
    struct cohorts *cohorts = calloc(1, sizeof *cohorts);
    int64_t there[N_COHORTS + 1] = {0}, retired = 0;
    assert_non_null(cohorts);
    theory_load(&model, "tests/verify/entry_age.yaml");
    for (int r = 1; r <= ENTRY_REPLICATIONS; r++) {
        const struct ech_sink sink = {take_entrant, cohorts};
        *cohorts = (struct cohorts){.start_month = model.scenario.start_month};
        theory_run(&model, r, &sink);
        int64_t heads = 0;
        for (int y = 1; y <= N_COHORTS; y++) {
            assert_true(12 * y + SERVED > ENTRY_MONTHS || cohorts->there[y] == 0);
            there[y] += cohorts->there[y];
            heads += cohorts->there[y];
        }
        assert_int_equal(heads, theory_county(&model, ENTRY_MONTHS, ECH_M_heads_NONE, 0));
        retired += cohorts->retired[N_COHORTS - SERVED / 12];
    }
    int64_t n = (int64_t)COHORT * ENTRY_REPLICATIONS;
    assert_int_equal(there[N_COHORTS], n); /* they have just come */
    for (int y = N_COHORTS - 1; 12 * y + SERVED > ENTRY_MONTHS; y -= 2) {
        char what[64];
        int k = ENTRY_MONTHS - 12 * y;
        snprintf(what, sizeof what, "aged %d", 24 + k / 12);
        theory_hold_binomial(what, there[y], n, pow(1 - p_entrant, k), N_CHECKS);
    }
    theory_hold_binomial("retired at 40", retired, n, pow(1 - p_entrant, SERVED), N_CHECKS);
    theory_free(&model);
    free(cohorts);
}

/* People one by one. Somebody of the low level with s months of service at month 0 (2019-08) faces 0.0213
   while his service after ageing is below 37, then 0.0047; of the high level 0.0031 below 600 months of
   age, then 0.0157. Men retire in the month in which they are 684 months old, women at 636. */
enum { N_LISTED = 12, LISTED_MONTHS = 90, LISTED_LOOK = 41, LISTED_REPLICATIONS = 3000 };
static const struct {
    const char *id;
    bool woman, leads;
    int birth, entry; /* year * 12 + month - 1 */
} listed[N_LISTED] = {
    {"P01", false, true, 1963 * 12 + 1, 1985 * 12 + 7},
    {"P02", true, true, 1966 * 12 + 8, 1988 * 12 + 0},
    {"P03", false, false, 1994 * 12 + 4, 2018 * 12 + 10},
    {"P04", false, true, 1972 * 12 + 11, 1995 * 12 + 6},
    {"P05", false, true, 1970 * 12 + 2, 1993 * 12 + 2},
    {"P06", true, false, 1991 * 12 + 7, 2017 * 12 + 2},
    {"P07", false, false, 1996 * 12 + 0, 2019 * 12 + 7},
    {"P08", true, false, 1997 * 12 + 9, 2019 * 12 + 1},
    {"P09", true, true, 1971 * 12 + 5, 1994 * 12 + 11},
    {"P10", false, true, 1962 * 12 + 8, 1986 * 12 + 4},
    {"P11", false, false, 1988 * 12 + 3, 2012 * 12 + 7},
    {"P12", false, false, 1965 * 12 + 10, 1990 * 12 + 8},
};
static const int listed_start = 2019 * 12 + 7;

/** Month in which each of them left, 0: not yet; and whether it was by age. */
struct leaving {
    int month[N_LISTED];
    bool retired[N_LISTED];
    int n_started;
};

static int row_of(ech_key person)
{
    for (int i = 0; i < N_LISTED; i++) {
        char who[32];
        snprintf(who, sizeof who, "person:%s", listed[i].id);
        if (ech_key_of("exact", who) == person) {
            return i;
        }
    }
    fail_msg("somebody who is not in the file");
    return 0;
}

/* Nobody comes, nobody rises. */
static void take_listed(void *context, const struct ech_event *event)
{
    struct leaving *leaving = context;
    assert_true(event->type != ECH_EV_ENTRY && event->type != ECH_EV_PROMOTE &&
                event->type != ECH_EV_MOVE && event->type != ECH_EV_STEP_DOWN);
    if (event->type != ECH_EV_START && event->type != ECH_EV_EXIT) {
        return; /* rejected: nobody has the service for a post */
    }
    int i = row_of(event->person);
    if (event->type == ECH_EV_START) {
        leaving->n_started++;
        assert_int_equal(calendar_of(event->detail, "birth="), listed[i].birth);
        assert_int_equal(event->to_post != ECH_NONE, listed[i].leads);
    } else {
        leaving->month[i] = event->month;
        leaving->retired[i] = strcmp(event->cause, ech_cause_names[ECH_CAUSE_RETIRE]) == 0;
    }
}

static int retires_in(int i)
{
    return listed[i].birth + (listed[i].woman ? 636 : 684) - listed_start;
}

/** Chance that the random exits of `months` months spare him. */
static double spared(int i, int months)
{
    double p = 1;
    for (int t = 1; t <= months; t++) {
        int age = listed_start + t - listed[i].birth;
        int service = listed_start + t - listed[i].entry;
        p *= 1 - (listed[i].leads ? (age < 600 ? 0.0031 : 0.0157) : service < 37 ? 0.0213 : 0.0047);
    }
    return p;
}

static void test_each_person_of_the_file_has_a_chance_of_his_own(void **state)
{
    struct theory_model model = {0};
    int64_t there[N_LISTED] = {0};
    theory_load(&model, "tests/verify/people.yaml");
    assert_int_equal(model.scenario.n_months, LISTED_MONTHS);
    for (int r = 1; r <= LISTED_REPLICATIONS; r++) {
        struct leaving leaving = {0};
        const struct ech_sink sink = {take_listed, &leaving};
        theory_run(&model, r, &sink);
        assert_int_equal(leaving.n_started, N_LISTED);
        for (int i = 0; i < N_LISTED; i++) {
            int due = retires_in(i);
            assert_true(!leaving.retired[i] || leaving.month[i] == due);
            assert_true(due > LISTED_MONTHS || leaving.month[i] > 0);
            there[i] += leaving.month[i] == 0 || leaving.month[i] > LISTED_LOOK ||
                        (leaving.retired[i] && due <= LISTED_LOOK);
        }
    }
    for (int i = 0; i < N_LISTED; i++) { /* those who retired before count as spared until then */
        theory_hold_binomial(listed[i].id, there[i], LISTED_REPLICATIONS,
                             spared(i, GSL_MIN(LISTED_LOOK, retires_in(i))), N_CHECKS);
    }
    theory_free(&model);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_exits_follow_a_table_of_levels_and_bands),
        cmocka_unit_test(test_entrants_of_one_age_make_the_age_profile),
        cmocka_unit_test(test_each_person_of_the_file_has_a_chance_of_his_own),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
