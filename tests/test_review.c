/* What is counted of a leading team, person by person. */
#include "fixture.h"
#include "tests/input_fixture.h"

static const char header[] = "id,unit,post,sex,birth,entry,education,party,specialty,post_since\n";

/* A team of the small county, whose other units are empty; gives its counters at the start. */
static struct table begin(struct fixture *f, int aides, const char *people)
{
    char csv[1500], text[500];
    snprintf(csv, sizeof csv, "%s%s", header, people);
    fixture_write(f, "people.csv", csv);
    snprintf(text, sizeof text,
             "units: [{id: team, type: bureau, establishment: 6, posts: {head: 1, aide: %d},\n"
             "         specialties: {law: true, finance: true}}]\n"
             "initial: {people: people.csv}\nmonths: 0\n",
             aides);
    fixture_extend_well(f, text);
    return run_table(&f->scenario, 1, 1, NULL, NULL);
}

/* A counter of the team. */
static int of_team(const struct fixture *f, const struct table *table, int row, int index)
{
    for (int u = 0; u < f->scenario.n_units; u++) {
        if (strcmp(f->scenario.units[u].id, "team") == 0) {
            size_t slot = (size_t)(table->layout.first[row] + index);
            return (int)table->output.unit[(size_t)u * (size_t)table->layout.n_unit + slot];
        }
    }
    fail();
    return 0;
}

#define EXPECT(row, index, value) assert_int_equal(of_team(f, &table, ECH_M_##row, index), value)

/* Four of five posts are held, at the edges of the bands of time in post. */
static void test_a_team_is_counted_person_by_person(void **state)
{
    struct fixture *f = *state;
    struct table table =
        begin(f, 4,
              "L1,team,head,m,1964-01,1985-08,postgraduate,cpc,law,2009-07\n"  /* 55 y 7 m; 121 m */
              "L2,team,aide,f,1979-03,2001-08,bachelor,none,general,2015-08\n" /* 40 y 5 m; 48 m */
              "L3,team,aide,m,1985-08,2008-08,college,cpc,agriculture,2016-09\n" /* 34 y; 35 m */
              "L4,team,aide,m,1979-01,2001-08,other,cpc,general,2017-09\n"); /* 40 y 7 m; 23 m */
    EXPECT(teams_NONE, 0, 1);
    EXPECT(leaders_NONE, 0, 4);
    EXPECT(posts_vacant_NONE, 0, 1);
    EXPECT(leaders_women_NONE, 0, 1);
    EXPECT(leaders_nonparty_NONE, 0, 1);
    EXPECT(leaders_bachelor_NONE, 0, 2);
    EXPECT(leaders_age_months_NONE, 0, 667 + 485 + 408 + 487);
    EXPECT(leaders_post_months_NONE, 0, 121 + 48 + 35 + 23);
    EXPECT(leaders_short_NONE, 0, 1);
    EXPECT(leaders_long_NONE, 0, 1);
    EXPECT(team_oldest_NONE, 0, 667);
    EXPECT(team_youngest_NONE, 0, 408);
    for (int education = 0; education < ECH_N_EDUCATIONS; education++) {
        EXPECT(leaders_education_EDUCATION, education, 1);
    }
    static const int tenures[ECH_N_TENURES] = {2, 1, 1};
    for (int tenure = 0; tenure < ECH_N_TENURES; tenure++) {
        EXPECT(leaders_tenure_TENURE, tenure, tenures[tenure]);
    }
    free_table(&table);
}

static void test_each_demand_is_met_or_not(void **state)
{
    struct fixture *f = *state;
    struct table table = begin(f, 4,
                               "L1,team,head,m,1964-01,1985-08,postgraduate,cpc,law,2009-07\n"
                               "L2,team,aide,f,1979-03,2001-08,bachelor,none,general,2015-08\n"
                               "L3,team,aide,m,1985-08,2008-08,college,cpc,agriculture,2016-09\n"
                               "L4,team,aide,m,1979-01,2001-08,other,cpc,general,2017-09\n");
    static const int met[ECH_N_DEMANDS] = {
        [ECH_DEMAND_WOMAN] = 1, [ECH_DEMAND_AGES] = 1, [ECH_DEMAND_DEGREES] = 1};
    for (int demand = 0; demand < ECH_N_DEMANDS; demand++) {
        EXPECT(team_met_DEMAND, demand, met[demand]);
    }
    EXPECT(team_met_NONE, 0, 3);
    EXPECT(team_asked_NONE, 0, ECH_N_DEMANDS);
    EXPECT(team_gaps_NONE, 0, 1);
    for (int specialty = 0; specialty < ECH_N_SPECIALTIES; specialty++) {
        EXPECT(team_gaps_SPECIALTY, specialty, specialty == ECH_SPECIALTY_FINANCE);
    }
    free_table(&table);
}

/* Ten years to the month are not over ten years; the other three demands turn too. */
static void test_the_opposite_team_meets_the_others(void **state)
{
    struct fixture *f = *state;
    struct table table = begin(f, 2,
                               "L1,team,head,m,1964-01,1985-08,college,cpc,law,2009-08\n"
                               "L3,team,aide,m,1965-08,1988-08,college,cpc,finance,2016-09\n"
                               "L4,team,aide,m,1966-01,1991-08,bachelor,cpc,general,2017-09\n");
    static const int met[ECH_N_DEMANDS] = {
        [ECH_DEMAND_POSTS] = 1, [ECH_DEMAND_SPECIALTIES] = 1, [ECH_DEMAND_TENURE] = 1};
    for (int demand = 0; demand < ECH_N_DEMANDS; demand++) {
        EXPECT(team_met_DEMAND, demand, met[demand]);
    }
    EXPECT(team_gaps_NONE, 0, 0);
    EXPECT(leaders_long_NONE, 0, 0);
    free_table(&table);
}

static void test_a_unit_without_leaders_has_no_team(void **state)
{
    struct fixture *f = *state;
    struct table table = begin(f, 2, "S1,team,,m,1994-01,2015-08,college,cpc,law,\n");
    EXPECT(teams_NONE, 0, 0);
    EXPECT(team_asked_NONE, 0, 0);
    EXPECT(team_gaps_NONE, 0, 0);
    free_table(&table);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_a_team_is_counted_person_by_person, fixture_setup,
                                        fixture_teardown),
        cmocka_unit_test_setup_teardown(test_each_demand_is_met_or_not, fixture_setup,
                                        fixture_teardown),
        cmocka_unit_test_setup_teardown(test_the_opposite_team_meets_the_others, fixture_setup,
                                        fixture_teardown),
        cmocka_unit_test_setup_teardown(test_a_unit_without_leaders_has_no_team, fixture_setup,
                                        fixture_teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
