/* Conservation (tests/verify/everything.yaml and every file of scenarios/nanpiao/): in each
   month and group, stocks follow from flows and parts sum to wholes. All comparisons are exact. */
#include <dirent.h>

#include "random_scenario.h"
#include "theory.h"

enum { N_REPLICATIONS = 3 };

/** A replication, month and group: where a sum of counters is looked at. */
struct place {
    const struct theory_model *model;
    int replication;
    int month;
    int type; /* row, or ECH_NONE: the county */
};

static int64_t at(const struct place *place, int month, enum ech_count_id row, int index)
{
    return place->type == ECH_NONE ? theory_county(place->model, month, row, index)
                                   : theory_type(place->model, month, place->type, row, index);
}

static int64_t now(const struct place *place, enum ech_count_id row)
{
    return at(place, place->month, row, 0);
}

static void expect(const struct place *place, const char *what, int64_t left, int64_t right)
{
    if (left != right) {
        fail_msg("%s, replication %d, month %d, %s: %s: %lld is not %lld",
                 place->model->scenario.name, place->replication, place->month,
                 place->type == ECH_NONE ? "county" : place->model->scenario.types[place->type].id,
                 what, (long long)left, (long long)right);
    }
}

static void expect_at_most(const struct place *place, const char *what, int64_t left, int64_t right)
{
    expect(place, what, left > right, 0);
}

static int64_t parts_sum(const struct place *place, enum ech_count_id parts)
{
    int64_t sum = 0;
    int n = ech_dim_size(ech_count_rows[parts].dim, place->model->table.layout.n_levels);
    for (int i = 0; i < n; i++) {
        sum += at(place, place->month, parts, i);
    }
    return sum;
}

/* The values of a row with a dimension sum to the row without one. */
static void expect_parts(const struct place *place, enum ech_count_id parts,
                         enum ech_count_id whole)
{
    expect(place, ech_count_rows[parts].label[ECH_LANG_EN], parts_sum(place, parts),
           now(place, whole));
}

static void check_parts(const struct place *place)
{
    expect_parts(place, ECH_M_posts_vacant_VACANCY, ECH_M_posts_vacant_NONE);
    expect_parts(place, ECH_M_sanctions_SANCTION, ECH_M_sanctions_NONE);
    expect_parts(place, ECH_M_incidents_INCIDENT, ECH_M_incidents_NONE);
    expect_parts(place, ECH_M_conversions_LEVEL, ECH_M_conversions_NONE);
    expect_parts(place, ECH_M_heads_LEVEL, ECH_M_heads_NONE);
    expect_parts(place, ECH_M_heads_GRADE, ECH_M_heads_NONE);
    expect_parts(place, ECH_M_trained_COURSE, ECH_M_trained_NONE);
    expect_at_most(place, "leaders trained", now(place, ECH_M_leaders_trained_NONE),
                   now(place, ECH_M_leaders_NONE));
    expect_at_most(place, "appointees trained", now(place, ECH_M_appointees_trained_NONE),
                   now(place, ECH_M_appointees_due_NONE));
    expect_parts(place, ECH_M_grade_promotions_GRADE, ECH_M_grade_promotions_NONE);
    expect_parts(place, ECH_M_grade_wait_months_GRADE, ECH_M_grade_wait_months_NONE);
    expect(place, "people with a grade", now(place, ECH_M_graded_NONE),
           now(place, ECH_M_heads_NONE) - at(place, place->month, ECH_M_heads_GRADE, 0));
    expect_at_most(place, "at their ceiling", now(place, ECH_M_grade_ceiling_NONE),
                   now(place, ECH_M_graded_NONE));
    expect_parts(place, ECH_M_entries_CHANNEL, ECH_M_entries_NONE);
    expect_parts(place, ECH_M_exits_CAUSE, ECH_M_exits_NONE);
    expect_parts(place, ECH_M_entries_LEVEL, ECH_M_entries_NONE);
    expect_parts(place, ECH_M_exits_LEVEL, ECH_M_exits_NONE);
    expect_parts(place, ECH_M_reserve_CLASS, ECH_M_reserve_NONE);
    expect_parts(place, ECH_M_reserve_needed_CLASS, ECH_M_reserve_needed_NONE);
    expect_parts(place, ECH_M_reserve_ready_CLASS, ECH_M_reserve_ready_NONE);
    expect_parts(place, ECH_M_chains_ended_LEVEL, ECH_M_chains_ended_NONE);
    expect_parts(place, ECH_M_chains_ended_ENDING, ECH_M_chains_ended_NONE);
    expect_parts(place, ECH_M_chain_lengths_LENGTH_LEVEL, ECH_M_chains_ended_NONE);
    expect_parts(place, ECH_M_chain_moves_LEVEL, ECH_M_chain_moves_NONE);
    expect_parts(place, ECH_M_chain_months_LEVEL, ECH_M_chain_months_NONE);
    expect_parts(place, ECH_M_leaders_age_AGE, ECH_M_leaders_NONE);
    expect_parts(place, ECH_M_leaders_education_EDUCATION, ECH_M_leaders_NONE);
    expect_parts(place, ECH_M_leaders_tenure_TENURE, ECH_M_leaders_NONE);
    expect_parts(place, ECH_M_leaders_age_women_AGE, ECH_M_leaders_women_NONE);
}

/* Rows of two dimensions that count the same people, and sums of months over the levels. */
static void check_cuts(const struct place *place)
{
    int64_t chosen = at(place, place->month, ECH_M_exits_CAUSE, ECH_CAUSE_RESIGN) +
                     at(place, place->month, ECH_M_exits_CAUSE, ECH_CAUSE_UPWARD) +
                     at(place, place->month, ECH_M_exits_CAUSE, ECH_CAUSE_OUTWARD);
    expect(place, "left by choice, by age", parts_sum(place, ECH_M_exits_chosen_AGE), chosen);
    expect(place, "left by choice, by remoteness", parts_sum(place, ECH_M_exits_chosen_REMOTENESS),
           chosen);
    expect(place, "months of people by age", parts_sum(place, ECH_M_person_months_AGE),
           now(place, ECH_M_heads_NONE));
    expect_parts(place, ECH_M_person_months_REMOTENESS, ECH_M_heads_NONE);
    expect_parts(place, ECH_M_posts_REMOTENESS, ECH_M_posts_NONE);
    expect_parts(place, ECH_M_posts_vacant_REMOTENESS, ECH_M_posts_vacant_NONE);
    expect_parts(place, ECH_M_establishment_REMOTENESS, ECH_M_establishment_NONE);
    expect_parts(place, ECH_M_establishment_vacant_REMOTENESS, ECH_M_establishment_vacant_NONE);
    expect_parts(place, ECH_M_leaders_ROLE, ECH_M_leaders_NONE);
    expect_parts(place, ECH_M_leaders_age_months_ROLE, ECH_M_leaders_age_months_NONE);
    expect_parts(place, ECH_M_leaders_post_months_ROLE, ECH_M_leaders_post_months_NONE);
    expect_at_most(place, "time in level at promotion",
                   parts_sum(place, ECH_M_promotions_wait_months_LEVEL),
                   parts_sum(place, ECH_M_promotions_age_months_LEVEL));
}

/* The administrative track of a row by track is the row without one. */
static void check_tracks(const struct place *place)
{
    expect(place, "heads by track", now(place, ECH_M_heads_TRACK), now(place, ECH_M_heads_NONE));
    expect(place, "entries by track", now(place, ECH_M_entries_TRACK),
           now(place, ECH_M_entries_NONE));
    expect(place, "exits by track", now(place, ECH_M_exits_TRACK), now(place, ECH_M_exits_NONE));
    expect(place, "establishment by track", now(place, ECH_M_establishment_TRACK),
           now(place, ECH_M_establishment_NONE));
    for (int track = 0; track < ECH_N_TRACKS; track++) {
        expect(place, "vacant places",
               at(place, place->month, ECH_M_establishment_vacant_TRACK, track),
               at(place, place->month, ECH_M_establishment_TRACK, track) -
                   at(place, place->month, ECH_M_heads_TRACK, track));
    }
}

/* The total is the sum of every row that is called a cost, whatever its scale. */
static void check_costs(const struct place *place)
{
    int64_t sum = 0;
    for (int row = 0; row < ECH_N_COUNTS; row++) {
        const struct ech_measure_row *item = &ech_count_rows[row];
        if (strncmp(item->name, "cost_", 5) == 0 && row != ECH_M_cost_total_NONE) {
            sum += llround(item->scale * 1e6) * now(place, (enum ech_count_id)row);
        }
    }
    expect(place, "costs in all", now(place, ECH_M_cost_total_NONE), sum);
}

static void check_posts(const struct place *place)
{
    expect(place, "posts are held or vacant", now(place, ECH_M_posts_NONE),
           now(place, ECH_M_leaders_NONE) + now(place, ECH_M_posts_vacant_NONE));
    if (place->month > 0) {
        expect(place, "vacant before + openings - appointments",
               at(place, place->month - 1, ECH_M_posts_vacant_NONE, 0) +
                   now(place, ECH_M_openings_NONE) - now(place, ECH_M_appointments_NONE),
               now(place, ECH_M_posts_vacant_NONE));
    }
}

static void check_bounds(const struct place *place)
{
    expect(place, "plans are filled or fail", now(place, ECH_M_hiring_planned_NONE),
           now(place, ECH_M_hiring_filled_NONE) + now(place, ECH_M_hiring_failed_NONE));
    expect_at_most(place, "posts lost", now(place, ECH_M_posts_lost_NONE),
                   now(place, ECH_M_stepdowns_NONE));
    expect_at_most(place, "under a block", now(place, ECH_M_blocked_NONE),
                   now(place, ECH_M_heads_NONE));
    expect(place, "dismissals",
           at(place, place->month, ECH_M_sanctions_SANCTION, ECH_SANCTION_DISMISSAL) +
               at(place, place->month, ECH_M_consequences_CONSEQUENCE,
                  ECH_CONSEQUENCE_DISMISS - ECH_CONSEQUENCE_ADMONISH),
           at(place, place->month, ECH_M_exits_CAUSE, ECH_CAUSE_DISMISSED));
    expect_parts(place, ECH_M_consequences_CONSEQUENCE, ECH_M_consequences_NONE);
    expect_parts(place, ECH_M_consequences_right_CONSEQUENCE, ECH_M_consequences_right_NONE);
    expect_at_most(place, "right consequences", now(place, ECH_M_consequences_right_NONE),
                   now(place, ECH_M_consequences_NONE));
    expect(place, "excellent", at(place, place->month, ECH_M_ratings_RATING, ECH_RATING_EXCELLENT),
           now(place, ECH_M_excellent_NONE));
    expect_at_most(place, "rightly excellent", now(place, ECH_M_excellent_right_NONE),
                   now(place, ECH_M_excellent_NONE));
    expect_at_most(place, "performing", now(place, ECH_M_leaders_performing_NONE),
                   now(place, ECH_M_leaders_NONE));
    expect_at_most(place, "in villages", now(place, ECH_M_in_village_NONE),
                   now(place, ECH_M_heads_NONE));
    int64_t appointments = now(place, ECH_M_appointments_NONE);
    int64_t leaders = now(place, ECH_M_leaders_NONE);
    expect_at_most(place, "leaders who want to leave", now(place, ECH_M_leaders_wanting_NONE),
                   now(place, ECH_M_leaders_NONE));
    expect_at_most(place, "strain of 1 at most", now(place, ECH_M_strain_NONE),
                   1000000 * now(place, ECH_M_heads_NONE));
    expect_at_most(place, "strain of leaders", now(place, ECH_M_strain_leaders_NONE),
                   now(place, ECH_M_strain_NONE));
    expect_at_most(place, "from the reserve", now(place, ECH_M_appointments_reserve_NONE),
                   appointments);
    expect_at_most(place, "from outside", now(place, ECH_M_appointments_outside_NONE),
                   appointments);
    expect_at_most(place, "women appointed", now(place, ECH_M_appointments_women_NONE),
                   appointments);
    expect_at_most(place, "ready", now(place, ECH_M_reserve_ready_NONE),
                   now(place, ECH_M_reserve_NONE));
    expect_at_most(place, "breaks of the county", now(place, ECH_M_breaks_county_NONE),
                   now(place, ECH_M_breaks_NONE));
    expect(place, "heads present", now(place, ECH_M_heads_present_NONE),
           now(place, ECH_M_heads_NONE) - now(place, ECH_M_seconded_NONE) -
               now(place, ECH_M_in_training_NONE));
    expect_at_most(place, "applications granted", now(place, ECH_M_wishes_granted_NONE),
                   now(place, ECH_M_wishes_NONE));
    expect_at_most(place, "leaders who left by choice", now(place, ECH_M_exits_leaders_chosen_NONE),
                   now(place, ECH_M_exits_leaders_NONE));
    for (int quantity = 0; quantity < ECH_N_QUANTITIES && place->type == ECH_NONE; quantity++) {
        expect_at_most(place, "the Gini coefficient is below 1",
                       at(place, place->month, ECH_M_unit_distances_QUANTITY, quantity),
                       at(place, place->month, ECH_M_unit_sums_QUANTITY, quantity));
    }
    expect_at_most(place, "leaders who left", now(place, ECH_M_exits_leaders_NONE),
                   now(place, ECH_M_exits_NONE));
    expect_at_most(place, "short and long tenures",
                   now(place, ECH_M_leaders_short_NONE) + now(place, ECH_M_leaders_long_NONE),
                   leaders);
    expect_at_most(place, "demands met", now(place, ECH_M_team_met_NONE),
                   now(place, ECH_M_team_asked_NONE));
    expect_parts(place, ECH_M_team_met_DEMAND, ECH_M_team_met_NONE);
    expect_parts(place, ECH_M_team_gaps_SPECIALTY, ECH_M_team_gaps_NONE);
    expect_at_most(place, "youngest", now(place, ECH_M_team_youngest_NONE),
                   now(place, ECH_M_team_oldest_NONE));
    expect_at_most(place, "full-time degrees", now(place, ECH_M_leaders_fulltime_NONE),
                   now(place, ECH_M_leaders_bachelor_NONE));
    for (int clause = 0; clause < ECH_N_CLAUSES; clause++) {
        expect_at_most(place, "only obstacles",
                       at(place, place->month, ECH_M_rejections_only_CLAUSE, clause),
                       at(place, place->month, ECH_M_rejections_CLAUSE, clause));
    }
}

/* Sum of a row over the months up to this one. */
static int64_t so_far(const struct place *place, enum ech_count_id row)
{
    int64_t sum = 0;
    for (int month = 0; month <= place->month; month++) {
        sum += at(place, month, row, 0);
    }
    return sum;
}

/* A break is counted when an opening first looks for somebody, once: in the month in which the post
   fell vacant, or in the next if it did so after the filling of that month. */
static void check_breaks(const struct place *place)
{
    expect_at_most(place, "breaks so far", so_far(place, ECH_M_breaks_NONE),
                   so_far(place, ECH_M_chief_openings_NONE) +
                       at(place, 0, ECH_M_posts_vacant_NONE, 0));
    if (place->month > 0) {
        expect_at_most(place, "breaks", now(place, ECH_M_breaks_NONE),
                       now(place, ECH_M_chief_openings_NONE) +
                           at(place, place->month - 1, ECH_M_chief_openings_NONE, 0) +
                           at(place, 0, ECH_M_posts_vacant_NONE, 0));
    }
}

static void check_group(const struct place *place)
{
    check_breaks(place);
    check_parts(place);
    check_cuts(place);
    check_tracks(place);
    check_posts(place);
    check_costs(place);
    check_bounds(place);
}

/* Nobody appears or disappears but by entry, exit or a move; what leaves one unit arrives in
   another. */
static void check_people(const struct place *place)
{
    const struct theory_model *model = place->model;
    int month = place->month;
    for (int u = 0; u < model->scenario.n_units; u++) {
        expect(place, model->scenario.units[u].id,
               theory_unit(model, month - 1, u, ECH_M_heads_NONE, 0) +
                   theory_unit(model, month, u, ECH_M_entries_NONE, 0) -
                   theory_unit(model, month, u, ECH_M_exits_NONE, 0) +
                   theory_unit(model, month, u, ECH_M_moves_in_NONE, 0) -
                   theory_unit(model, month, u, ECH_M_moves_out_NONE, 0) +
                   theory_unit(model, month, u, ECH_M_conversions_NONE, 0),
               theory_unit(model, month, u, ECH_M_heads_NONE, 0));
    }
    expect(place, "moves in and out", now(place, ECH_M_moves_in_NONE),
           now(place, ECH_M_moves_out_NONE));
    for (int level = 0; level < model->scenario.n_levels; level++) {
        expect(place, "heads by level before + entries - exits + arrivals - departures",
               at(place, month - 1, ECH_M_heads_LEVEL, level) +
                   at(place, month, ECH_M_entries_LEVEL, level) -
                   at(place, month, ECH_M_exits_LEVEL, level) +
                   at(place, month, ECH_M_level_in_LEVEL, level) -
                   at(place, month, ECH_M_level_out_LEVEL, level) +
                   at(place, month, ECH_M_conversions_LEVEL, level),
               at(place, month, ECH_M_heads_LEVEL, level));
    }
    for (int track = 0; track < ECH_N_TRACKS; track++) {
        expect(place, "heads by track before + entries - exits + moves",
               at(place, month - 1, ECH_M_heads_TRACK, track) +
                   at(place, month, ECH_M_entries_TRACK, track) -
                   at(place, month, ECH_M_exits_TRACK, track) +
                   at(place, month, ECH_M_moves_in_TRACK, track) -
                   at(place, month, ECH_M_moves_out_TRACK, track),
               at(place, month, ECH_M_heads_TRACK, track));
    }
    expect(place, "moves onto the administrative track", now(place, ECH_M_moves_in_TRACK),
           now(place, ECH_M_moves_in_NONE) + now(place, ECH_M_conversions_NONE));
    expect(place, "moves off the institution track",
           at(place, month, ECH_M_moves_out_TRACK, ECH_INSTITUTION),
           at(place, month, ECH_M_moves_in_TRACK, ECH_INSTITUTION) +
               now(place, ECH_M_conversions_NONE));
}

/* Units sum to their types. */
static void check_units(const struct place *place)
{
    const struct theory_model *model = place->model;
    for (int slot = 0; slot < model->table.layout.n_unit; slot++) {
        int index = 0;
        enum ech_count_id row =
            (enum ech_count_id)ech_layout_row(&model->table.layout, slot, &index);
        int64_t sum = 0;
        for (int u = 0; u < model->scenario.n_units; u++) {
            bool mine = model->scenario.units[u].type == place->type;
            sum += mine ? theory_unit(model, place->month, u, row, index) : 0;
        }
        expect(place, ech_count_rows[row].label[ECH_LANG_EN], sum,
               at(place, place->month, row, index));
    }
}

/* Types sum to the county. */
static void check_types(const struct place *place)
{
    const struct theory_model *model = place->model;
    for (int slot = 0; slot < model->table.layout.n; slot++) {
        int index = 0;
        enum ech_count_id row =
            (enum ech_count_id)ech_layout_row(&model->table.layout, slot, &index);
        int64_t sum = 0;
        for (int t = 0; t < model->scenario.n_types; t++) {
            sum += theory_type(model, place->month, t, row, index);
        }
        expect(place, ech_count_rows[row].label[ECH_LANG_EN], sum,
               at(place, place->month, row, index));
    }
}

static void check_month(const struct theory_model *model, int replication, int month)
{
    struct place place = {model, replication, month, ECH_NONE};
    check_group(&place);
    check_types(&place);
    if (month > 0) {
        check_people(&place);
    }
    for (place.type = 0; place.type < model->scenario.n_types; place.type++) {
        check_group(&place);
        check_units(&place);
    }
}

/* Whether a row was ever anything but 0 in a random scenario: what never happens is not tested. */
static bool seen[ECH_N_COUNTS];

static void look(const struct theory_model *model, int month)
{
    for (int row = 0; row < ECH_N_COUNTS; row++) {
        int n = ech_dim_size(ech_count_rows[row].dim, model->table.layout.n_levels);
        for (int i = 0; i < n; i++) {
            seen[row] |= theory_county(model, month, (enum ech_count_id)row, i) != 0;
        }
    }
}

static void check_scenario(const char *path)
{
    struct theory_model model = {0};
    theory_load(&model, path);
    for (int r = 1; r <= N_REPLICATIONS; r++) {
        theory_run(&model, r, NULL);
        for (int month = 0; month <= model.scenario.n_months; month++) {
            check_month(&model, r, month);
            look(&model, month);
        }
    }
    theory_free(&model);
}

static void test_identities_hold_under_every_policy(void **state)
{
    DIR *folder = opendir(ECH_SOURCE_DIR "/scenarios/nanpiao");
    assert_non_null(folder);
    int n_files = 0;
    for (struct dirent *entry = readdir(folder); entry; entry = readdir(folder)) {
        if (strstr(entry->d_name, ".yaml")) {
            char path[512];
            snprintf(path, sizeof path, "scenarios/nanpiao/%s", entry->d_name);
            print_message("    %s\n", path);
            check_scenario(path);
            n_files++;
        }
    }
    closedir(folder);
    assert_in_range(n_files, 15, 1000);
}

static void test_identities_hold_with_every_process_on(void **state)
{
    check_scenario("tests/verify/everything.yaml");
    check_scenario("scenarios/counties/example_people.yaml");
}

static void test_identities_hold_in_random_scenarios(void **state)
{
    memset(seen, 0, sizeof seen);
    random_scenarios_check(check_scenario);
    for (int row = 0; row < ECH_N_COUNTS; row++) {
        if (!seen[row]) {
            fail_msg("%s (%s) is 0 in every random scenario", ech_count_rows[row].name,
                     ech_count_rows[row].label[ECH_LANG_EN]);
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_identities_hold_with_every_process_on),
        cmocka_unit_test(test_identities_hold_under_every_policy),
        cmocka_unit_test(test_identities_hold_in_random_scenarios),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
