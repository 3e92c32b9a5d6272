/* The printed margins of the district are met to the person at month 0 of every replication:
   read from the data file itself, compared with the log and with the counters. */
#include "margins.h"
#include "model/state.h"

enum { N_REPLICATIONS = 7, MAX_ROWS = 64 };

/** The rows of nanpiao_district_2019.csv: key and value. */
struct printed {
    int n;
    char key[MAX_ROWS][48];
    double value[MAX_ROWS];
};

static void read_printed(struct printed *printed)
{
    char line[512];
    FILE *file = fopen(ECH_SOURCE_DIR "/scenarios/data/nanpiao_district_2019.csv", "r");
    assert_non_null(file);
    while (fgets(line, sizeof line, file)) {
        assert_true(printed->n < MAX_ROWS);
        int fields = sscanf(line, "%47[^,],%*[^,],%lf", printed->key[printed->n],
                            &printed->value[printed->n]);
        printed->n += fields == 2; /* the head of the table has no number */
    }
    fclose(file);
    assert_in_range(printed->n, 30, MAX_ROWS);
}

static int value(const struct printed *printed, const char *key)
{
    for (int i = 0; i < printed->n; i++) {
        if (strcmp(printed->key[i], key) == 0) {
            return (int)printed->value[i];
        }
    }
    fail_msg("no row %s", key);
    return 0;
}

/** The baseline after one replication. */
struct district {
    struct printed printed;
    struct ech_scenario scenario;
    struct ech_run *run;
    struct table table;
    struct margins_roll roll;
    int n_recruits; /* staff of the administrative track with less than five years of service */
};

/* The log does not tell service; the state does. */
static void count_recruits(const struct ech_run *run, const char *process, void *context)
{
    int *n_recruits = context;
    *n_recruits = 0;
    for (ech_id id = 0; id < run->n_people; id++) {
        const struct ech_person *person = &run->people[id];
        *n_recruits += person->presence == ECH_SERVING && person->track == ECH_ADMIN &&
                       person->post == ECH_NONE && run->month - person->entry_month < 60;
    }
}

static struct district *load(void)
{
    struct district *district = calloc(1, sizeof *district);
    assert_non_null(district);
    read_printed(&district->printed);
    load_file(BASELINE, &district->scenario);
    district->scenario.n_months = 0;
    assert_int_equal(ech_run_create(&district->scenario, &district->run, NULL), ECH_OK);
    district->table = make_table(&district->scenario);
    district->roll.scenario = &district->scenario;
    ech_run_set_check(district->run, count_recruits, &district->n_recruits);
    return district;
}

static void run(struct district *district, int replication)
{
    const struct ech_sink sink = {margins_take, &district->roll};
    district->roll.n = 0;
    assert_int_equal(
        ech_run_replication(district->run, 7, replication, &district->table.output, &sink, NULL),
        ECH_OK);
}

static void unload(struct district *district)
{
    free_table(&district->table);
    ech_run_free(district->run);
    ech_scenario_free(&district->scenario);
    free(district);
}

static int64_t counter(const struct district *district, enum ech_count_id row, int index)
{
    return county_at(&district->table, 0, (int)row, index);
}

static int units_of_type(const struct ech_scenario *scenario, const char *type)
{
    int n = 0;
    for (int u = 0; u < scenario->n_units; u++) {
        n += strcmp(scenario->types[scenario->units[u].type].id, type) == 0;
    }
    return n;
}

static void check_teams(const struct district *district)
{
    const struct ech_scenario *scenario = &district->scenario;
    const struct printed *printed = &district->printed;
    assert_int_equal(scenario->n_units, value(printed, "teams_total"));
    assert_int_equal(units_of_type(scenario, "township"), value(printed, "teams_township"));
    assert_int_equal(units_of_type(scenario, "subdistrict"), value(printed, "teams_subdistrict"));
    assert_int_equal(units_of_type(scenario, "department"), value(printed, "teams_department"));
}

static void check_ages(const struct district *district, const struct margins_tally *leaders)
{
    const struct printed *printed = &district->printed;
    static const struct {
        const char *key;
        int from, to;
    } bands[ECH_N_AGE_BANDS] = {{"age_le_35", 28, 35}, {"age_36_40", 36, 40},
                                {"age_41_45", 41, 45}, {"age_46_50", 46, 50},
                                {"age_51_55", 51, 55}, {"age_ge_56", 56, 59}};
    for (int b = 0; b < ECH_N_AGE_BANDS; b++) {
        int n = value(printed, bands[b].key);
        assert_int_equal(margins_of_ages(leaders, bands[b].from, bands[b].to), n);
        assert_int_equal(counter(district, ECH_M_leaders_age_AGE, b), n);
    }
}

static void check_education(const struct district *district, const struct margins_tally *leaders)
{
    const struct printed *printed = &district->printed;
    int postgraduates = value(printed, "edu_postgraduate");
    int bachelors = value(printed, "edu_bachelor");
    int fulltime = value(printed, "edu_postgraduate_fulltime");
    int fulltime_bachelors = value(printed, "edu_bachelor_fulltime");
    assert_int_equal(leaders->education[ECH_EDU_POSTGRADUATE], postgraduates);
    assert_int_equal(leaders->education[ECH_EDU_BACHELOR], bachelors);
    assert_int_equal(leaders->education[ECH_EDU_COLLEGE], value(printed, "edu_junior_college"));
    assert_int_equal(leaders->education[ECH_EDU_OTHER], value(printed, "edu_other"));
    assert_int_equal(leaders->fulltime[ECH_EDU_POSTGRADUATE], fulltime);
    assert_int_equal(leaders->fulltime[ECH_EDU_BACHELOR], fulltime_bachelors);
    assert_int_equal(counter(district, ECH_M_leaders_bachelor_NONE, 0), postgraduates + bachelors);
    assert_int_equal(counter(district, ECH_M_leaders_fulltime_NONE, 0),
                     fulltime + fulltime_bachelors);
}

static void check_leaders(const struct district *district)
{
    const struct printed *printed = &district->printed;
    const struct margins_group group = {ECH_NONE, ECH_N_TRACKS, MARGINS_LEADERS};
    struct margins_tally leaders = margins_count(&district->roll, group);
    assert_int_equal(leaders.n, value(printed, "keji_leaders_total"));
    assert_int_equal(counter(district, ECH_M_leaders_NONE, 0), leaders.n);
    assert_int_equal(counter(district, ECH_M_posts_NONE, 0), leaders.n);
    assert_int_equal(counter(district, ECH_M_posts_vacant_NONE, 0), 0);
    assert_int_equal(leaders.women, value(printed, "women"));
    assert_int_equal(counter(district, ECH_M_leaders_women_NONE, 0), leaders.women);
    assert_int_equal(leaders.nonparty, value(printed, "non_party"));
    assert_int_equal(counter(district, ECH_M_leaders_nonparty_NONE, 0), leaders.nonparty);
    check_ages(district, &leaders);
    check_education(district, &leaders);
}

static void check_places(const struct district *district)
{
    const struct printed *printed = &district->printed;
    const struct margins_group group = {ECH_NONE, ECH_ADMIN, MARGINS_ALL};
    int places = value(printed, "admin_posts");
    assert_int_equal(margins_count(&district->roll, group).n, places);
    assert_int_equal(counter(district, ECH_M_heads_NONE, 0), places);
    assert_int_equal(counter(district, ECH_M_establishment_NONE, 0), places);
    assert_int_equal(counter(district, ECH_M_establishment_vacant_NONE, 0), 0);
}

/* Fewer than 130 of about 30, read as 28 to 32 on both tracks; the pool of the institution
   track. */
static void check_young(const struct district *district)
{
    const struct margins_group everybody = {ECH_NONE, ECH_N_TRACKS, MARGINS_ALL};
    const struct margins_group pool = {ECH_NONE, ECH_INSTITUTION, MARGINS_ALL};
    struct margins_tally all = margins_count(&district->roll, everybody);
    struct margins_tally institution = margins_count(&district->roll, pool);
    int young = margins_of_ages(&all, 28, 32);
    assert_true(young < value(&district->printed, "young_about_30"));
    assert_int_equal(counter(district, ECH_M_young_NONE, 0), young);
    assert_int_equal(institution.n, 120);
    assert_int_equal(margins_of_ages(&institution, 24, 39), 120);
    assert_true(margins_of_ages(&institution, 28, 32) <= 77);
}

/* Chiefs and deputies by the source's own reading, and what the reserve rule asks for. */
static void check_reserve(const struct district *district)
{
    const struct printed *printed = &district->printed;
    int chiefs = value(printed, "principals_est"), deputies = value(printed, "deputies_est");
    int n_chiefs = 0;
    for (int p = 0; p < district->scenario.n_posts; p++) {
        const struct ech_post *post = &district->scenario.posts[p];
        n_chiefs += district->scenario.kinds[post->kind].role <= ECH_ROLE_DEPARTMENT_CHIEF;
    }
    assert_int_equal(n_chiefs, chiefs);
    assert_int_equal(district->scenario.n_posts - n_chiefs, deputies);
    assert_int_equal(counter(district, ECH_M_reserve_needed_CLASS, ECH_CLASS_CHIEF),
                     chiefs * value(printed, "reserve_ratio_principal"));
    assert_int_equal(counter(district, ECH_M_reserve_needed_CLASS, ECH_CLASS_DEPUTY),
                     deputies * value(printed, "reserve_ratio_deputy"));
    assert_int_equal(counter(district, ECH_M_reserve_needed_NONE, 0),
                     value(printed, "reserve_needed_est"));
}

/* What the staff blocks of a track ask for together, for they share the same places. */
static struct margins_tally asked_of_staff(const struct ech_scenario *scenario,
                                           enum ech_track track)
{
    struct margins_tally asked = {0};
    for (int b = 0; b < scenario->n_blocks; b++) {
        const struct ech_block *block = &scenario->blocks[b];
        if (block->fill != ECH_FILL_STAFF || block->track != track) {
            continue;
        }
        asked.n += block->count;
        asked.women += block->women;
        asked.nonparty += block->non_party;
        asked.outsiders += block->outsiders;
        for (int e = 0; e < ECH_N_EDUCATIONS; e++) {
            asked.education[e] += block->education[e];
            asked.fulltime[e] += block->fulltime[e];
        }
    }
    return asked;
}

/* Below the leading posts the source prints the recruits of five years only; the rest of the county
   file is assumed, and met as exactly. */
static void check_staff(const struct district *district)
{
    const struct printed *printed = &district->printed;
    for (int track = 0; track < ECH_N_TRACKS; track++) {
        const struct margins_group group = {ECH_NONE, track, MARGINS_STAFF};
        struct margins_tally staff = margins_count(&district->roll, group);
        struct margins_tally asked = asked_of_staff(&district->scenario, (enum ech_track)track);
        assert_int_equal(staff.n, asked.n);
        assert_int_equal(staff.women, asked.women);
        assert_int_equal(staff.nonparty, asked.nonparty);
        assert_int_equal(staff.outsiders, asked.outsiders);
        assert_memory_equal(staff.education, asked.education, sizeof asked.education);
        assert_memory_equal(staff.fulltime, asked.fulltime, sizeof asked.fulltime);
        assert_int_equal(staff.n, track == ECH_ADMIN ? value(printed, "admin_posts") -
                                                           value(printed, "keji_leaders_total")
                                                     : 120);
    }
    assert_int_equal(district->n_recruits, value(printed, "hired_5y"));
}

static void test_printed_margins_are_met_in_every_replication(void **state)
{
    struct district *district = load();
    check_teams(district);
    for (int r = 1; r <= N_REPLICATIONS; r++) {
        run(district, r);
        check_leaders(district);
        check_places(district);
        check_young(district);
        check_reserve(district);
        check_staff(district);
    }
    unload(district);
}

/* The joint distribution is unknown, so it is drawn anew: two replications differ in who is
   where. */
static void test_replications_differ_within_the_margins(void **state)
{
    struct district *district = load();
    run(district, 1);
    struct margins_roll *first = malloc(sizeof *first);
    assert_non_null(first);
    *first = district->roll;
    run(district, 2);
    assert_int_equal(first->n, district->roll.n);
    int n_other_ages = 0;
    for (int i = 0; i < first->n; i++) {
        n_other_ages += first->people[i].age != district->roll.people[i].age;
    }
    assert_true(n_other_ages > first->n / 2);
    free(first);
    unload(district);
}

/** Holders of a kind at month 0. */
struct waits {
    const char *kind;
    int n_late; /* who reached their level less than 20 years after entry: 16 and 4 are asked for */
    int n;
};

static void count_late(const struct ech_run *run, const char *process, void *context)
{
    struct waits *waits = context;
    waits->n = 0;
    waits->n_late = 0;
    for (ech_id id = 0; id < run->n_people; id++) {
        const struct ech_person *p = &run->people[id];
        if (p->presence == ECH_SERVING && p->post != ECH_NONE &&
            strcmp(ech_kind_of(run, p->post)->id, waits->kind) == 0) {
            waits->n++;
            waits->n_late += p->level_month < 0 && p->level_month - p->entry_month < 240;
        }
    }
}

/* What a kind of post asks for shapes the clocks of its holders at month 0, and of nobody else. */
static void test_the_wait_for_a_kind_of_post_shapes_its_holders(void **state)
{
    static const struct {
        const char *policy;
        const char *kind;
        bool some_late;
    } cases[] = {
        {"", "party_secretary", true},
        {"by_kind: {party_secretary: {eligibility.min_level_time: 192}}\n", "party_secretary",
         false},
        {"by_kind: {party_secretary: {eligibility.min_level_time: 192}}\n", "township_head", true}};
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct ech_scenario s = {0};
        struct waits waits = {.kind = cases[i].kind};
        char text[400];
        snprintf(text, sizeof text, "extends: " BASELINE "\nname: t\nmonths: 0\n%s",
                 cases[i].policy);
        load_text(text, &s);
        struct table t = run_table(&s, 42, 1, count_late, &waits);
        assert_int_equal(waits.n, 17);
        assert_int_equal(waits.n_late > 0, cases[i].some_late);
        free_table(&t);
        ech_scenario_free(&s);
    }
}

static void count_old_women(const struct ech_run *run, const char *process, void *context)
{
    for (ech_id id = 0; id < run->n_people; id++) {
        const struct ech_person *p = &run->people[id];
        *(int *)context += p->sex == ECH_FEMALE && -p->birth_month >= 55 * 12;
    }
}

/* Women past an age of retirement are there at month 0 where nobody retires, and only there. */
static void test_without_retirement_its_ages_shape_nobody(void **state)
{
    static const char *const rules[] = {"none", "old"};
    for (int i = 0; i < 2; i++) {
        struct ech_scenario s = {0};
        char text[700];
        snprintf(text, sizeof text,
                 "extends: " ECH_SOURCE_DIR "/tests/verify/quiet.yaml\nname: t\nmonths: 0\n"
                 "county: {id: c}\nlevels: [{id: staff}]\ntypes: [{id: a}]\n"
                 "units: [{id: u, type: a, establishment: {admin: 20}}]\n"
                 "initial: {blocks: [{id: b, fill: staff, ages: [[51, 53, 13], [56, 58, rest]], "
                 "service: {from: 0, to: 0}, women: 13}]}\npolicy: {retirement.rule: %s}\n",
                 rules[i]);
        load_text(text, &s);
        int n_old = 0;
        struct table t = run_table(&s, 42, 1, count_old_women, &n_old);
        assert_int_equal(n_old > 0, i == 0);
        free_table(&t);
        ech_scenario_free(&s);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_printed_margins_are_met_in_every_replication),
        cmocka_unit_test(test_replications_differ_within_the_margins),
        cmocka_unit_test(test_the_wait_for_a_kind_of_post_shapes_its_holders),
        cmocka_unit_test(test_without_retirement_its_ages_shape_nobody),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
