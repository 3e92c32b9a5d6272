/* Good scenario files: merging, stamping, precedence, epochs, order, settings. */
#include "tests/input_fixture.h"

#include "model/key.h"

#define BASELINE ECH_SOURCE_DIR "/scenarios/nanpiao/baseline.yaml"

static void test_baseline_has_the_printed_totals(void **state)
{
    struct fixture *f = *state;
    assert_int_equal(ech_scenario_load(BASELINE, NULL, &f->scenario, &f->error), ECH_OK);
    const struct ech_scenario *s = &f->scenario;
    int places[ECH_N_TRACKS] = {0};
    int people = 0;
    for (int u = 0; u < s->n_units; u++) {
        places[ECH_ADMIN] += s->units[u].establishment[ECH_ADMIN];
        places[ECH_INSTITUTION] += s->units[u].establishment[ECH_INSTITUTION];
    }
    for (int b = 0; b < s->n_blocks; b++) {
        people += s->blocks[b].count;
    }
    assert_int_equal(s->n_units, 71);
    assert_int_equal(s->n_posts, 418);
    assert_int_equal(places[ECH_ADMIN], 603);
    assert_int_equal(places[ECH_INSTITUTION], 120);
    assert_int_equal(people, 603 + 120);
    assert_int_equal(s->n_counties, 1);
    assert_int_equal(s->counties[0].n_posts, 418);
    assert_int_equal(s->counties[0].n_limits, 2);
    assert_int_equal(s->start_month, 2019 * 12 + 7);
    assert_int_equal(s->n_months, 180);
    assert_string_equal(s->name, "baseline");
    assert_null(s->extends);
    assert_int_equal(s->tables.n_retirement[ECH_MALE], 13 * 12);
    assert_true(s->tables.mortality_b[ECH_FEMALE] > 0);
    assert_int_equal(s->n_files, 5);
    assert_int_equal(strlen(s->files[0].sha256), 64);
    assert_string_equal(s->files[0].path, "../counties/nanpiao_2019.yaml");
}

static void test_retirement_table_rises_by_months(void **state)
{
    struct fixture *f = *state;
    assert_int_equal(ech_scenario_load(BASELINE, NULL, &f->scenario, &f->error), ECH_OK);
    for (int sex = 0; sex < ECH_N_SEXES; sex++) {
        const struct ech_retirement_row *rows = f->scenario.tables.retirement[sex];
        int n = f->scenario.tables.n_retirement[sex];
        assert_true(n > 100);
        for (int i = 1; i < n; i++) {
            assert_int_equal(rows[i].birth_month, rows[i - 1].birth_month + 1);
            assert_true(rows[i].age_months >= rows[i - 1].age_months);
        }
        assert_int_equal(rows[n - 1].age_months, sex == ECH_MALE ? 63 * 12 : 58 * 12);
    }
}

static void test_stamping_numbers_ids_titles_and_spreads(void **state)
{
    struct fixture *f = *state;
    fixture_extend_well(f, "");
    const struct ech_unit *unit = &f->scenario.units[fixture_unit(f, "town_02")];
    assert_string_equal(unit->title.text[ECH_LANG_EN], "Town 2");
    assert_string_equal(unit->title.text[ECH_LANG_ZH], "镇2");
    assert_true(unit->remoteness > 0.4999 && unit->remoteness < 0.5001);
    assert_true(unit->workload == 1 && unit->development == 0);
    assert_string_equal(f->scenario.units[0].id, "art"); /* sorted by id */
    assert_string_equal(f->scenario.units[0].title.text[ECH_LANG_ZH], "art");
    assert_true(unit->key == ech_key_of("c", "town_02"));
}

static void test_stamping_widens_ids_with_the_last_number(void **state)
{
    struct fixture *f = *state;
    fixture_extend_well(f, "units: [{id: x, first: 7, count: 94, type: town},\n"
                           "        {id: y, first: 99, count: 2, type: town}]\n");
    fixture_unit(f, "x_007");
    fixture_unit(f, "x_100");
    fixture_unit(f, "y_099");
    assert_int_equal(f->scenario.n_units, 5 + 94 + 2);
}

static void test_posts_follow_unit_kind_and_ordinal(void **state)
{
    struct fixture *f = *state;
    static const char *const expected[] = {"tax/head",     "tax/aide/1",   "tax/aide/2",
                                           "town_01/head", "town_01/aide", "town_02/head"};
    fixture_extend_well(f, "");
    assert_int_equal(f->scenario.n_posts, 9);
    for (int p = 0; p < 6; p++) {
        assert_string_equal(f->scenario.posts[p].id, expected[p]);
    }
    assert_true(f->scenario.posts[4].key == ech_key_of("c", "town_01/aide/1"));
    const struct ech_unit *tax = &f->scenario.units[fixture_unit(f, "tax")];
    assert_int_equal(tax->first_post, 0);
    assert_int_equal(tax->n_posts, 3);
}

static void test_later_units_merge_by_id(void **state)
{
    struct fixture *f = *state;
    fixture_extend_well(f, "units: [{id: town_02, posts: {aide: 3}, remoteness: 1},\n"
                           "        {id: town, count: 2, establishment: 6}]\n");
    const struct ech_unit *second = &f->scenario.units[fixture_unit(f, "town_02")];
    assert_int_equal(f->scenario.n_units, 5);
    assert_int_equal(second->n_posts, 4); /* head of the first file, three aides of the second */
    assert_true(second->remoteness == 1);
    assert_int_equal(second->establishment[ECH_ADMIN], 6);
    assert_int_equal(second->establishment[ECH_INSTITUTION], 2);
    assert_int_equal(f->scenario.units[fixture_unit(f, "town_03")].establishment[ECH_ADMIN], 5);
    assert_string_equal(second->title.text[ECH_LANG_EN], "Town 2");
    assert_non_null(fixture_setting(f, "units.remoteness", "town_02", 0));
    const struct ech_setting *places =
        fixture_setting(f, "units.establishment", "town_01..town_02", 0);
    assert_string_equal(places->value, "6");
    assert_int_equal(places->line, 3);
}

static void test_precedence_is_policy_type_level_unit(void **state)
{
    struct fixture *f = *state;
    fixture_extend_well(f, "by_unit: {town_03: {exit.resign.rate: 0.5}}\n"
                           "by_level: {high: {exit.resign.rate: 0.4}}\n"
                           "by_type: {town: {exit.resign.rate: 0.3}}\n"
                           "policy: {exit.resign.rate: 0.2}\n");
    assert_true(fixture_params(f, "tax", 0, 0)->exit_resign_rate.value[0] == 0.2);
    assert_true(fixture_params(f, "town_01", 0, 0)->exit_resign_rate.value[0] == 0.3);
    assert_true(fixture_params(f, "town_01", 1, 0)->exit_resign_rate.value[0] == 0.4);
    assert_true(fixture_params(f, "tax", 1, 0)->exit_resign_rate.value[0] == 0.4);
    assert_true(fixture_params(f, "town_03", 0, 0)->exit_resign_rate.value[0] == 0.5);
    assert_true(fixture_params(f, "town_03", 1, 0)->exit_resign_rate.value[0] == 0.5);
    assert_int_equal(f->scenario.n_sets, 4);
}

static void test_kinds_are_narrower_than_levels_and_wider_than_units(void **state)
{
    struct fixture *f = *state;
    fixture_extend_well(f, "by_unit: {town_03: {exit.resign.rate: 0.5}}\n"
                           "by_kind: {aide: {exit.resign.rate: 0.45, procedure.months: 7}}\n"
                           "by_level: {low: {exit.resign.rate: 0.4}}\n"
                           "changes: [{from: 2020-01, by_kind: {head: {procedure.months: 9}}}]\n");
    int head = f->scenario.kinds[0].column;
    int aide = f->scenario.kinds[1].column;
    assert_int_equal(f->scenario.n_columns, 4);
    assert_true(fixture_params(f, "tax", 0, 0)->exit_resign_rate.value[0] == 0.4);
    assert_true(fixture_params(f, "tax", aide, 0)->exit_resign_rate.value[0] == 0.45);
    assert_true(fixture_params(f, "tax", head, 0)->exit_resign_rate.value[0] == 0.0017);
    assert_true(fixture_params(f, "town_03", aide, 0)->exit_resign_rate.value[0] == 0.5);
    assert_int_equal(fixture_params(f, "town_03", aide, 0)->procedure_months, 7);
    assert_int_equal(fixture_params(f, "tax", head, 4)->procedure_months, 2);
    assert_int_equal(fixture_params(f, "tax", head, 5)->procedure_months, 9);
    assert_int_equal(fixture_params(f, "tax", 1, 5)->procedure_months, 2);
    assert_string_equal(fixture_setting(f, "procedure.months", "head", 5)->value, "9");
}

static void test_kind_of_the_name_of_a_level_is_told_apart(void **state)
{
    struct fixture *f = *state;
    fixture_extend_well(f, "levels: [{id: aide}]\n"
                           "by_kind: {aide: {procedure.months: 7}}\n"
                           "by_level: {aide: {procedure.months: 8}}\n");
    assert_string_equal(fixture_setting(f, "procedure.months", "aide", 0)->value, "8");
    assert_string_equal(fixture_setting(f, "procedure.months", "kind:aide", 0)->value, "7");
}

/** Step-down age of a cohort of `town_01` from a month on, in years. */
static int stepdown_years(const struct fixture *f, int epoch, int cohort)
{
    return ech_scenario_cohort_params(&f->scenario, epoch, cohort, fixture_unit(f, "town_01"), 1)
               ->stepdown_age /
           12;
}

static void test_change_that_spares_whoever_is_in_office_makes_a_cohort(void **state)
{
    struct fixture *f = *state;
    fixture_extend_well(f, "policy: {stepdown.age: 60}\n"
                           "changes:\n"
                           "  - {from: 2020-01, policy: {stepdown.age: 52}, grandfather: true}\n"
                           "  - {from: 2020-09, policy: {stepdown.age: 50}, grandfather: true}\n"
                           "  - {from: 2021-01, by_unit: {town_01: {stepdown.age: 49}}}\n");
    assert_int_equal(f->scenario.n_grandfathered, 2);
    assert_int_equal(f->scenario.epochs[0].n_cohorts, 1);
    assert_int_equal(f->scenario.epochs[3].n_cohorts, 3);
    assert_int_equal(stepdown_years(f, 1, 0), 52);
    assert_int_equal(stepdown_years(f, 1, 1), 60);
    assert_int_equal(stepdown_years(f, 2, 0), 50);
    assert_int_equal(stepdown_years(f, 2, 1), 52);
    assert_int_equal(stepdown_years(f, 2, 2), 60);
    for (int cohort = 0; cohort < 3; cohort++) {
        assert_int_equal(stepdown_years(f, 3, cohort), 49);
    }
    assert_string_equal(fixture_setting(f, "stepdown.age", "", 5)->value, "52");
    assert_string_equal(fixture_setting(f, "stepdown.age.grandfather", "", 5)->value, "true");
    assert_null(fixture_setting(f, "stepdown.age.grandfather", "town_01", 17));
}

/* In one file neither of two can go before the other: they are refused, unless one spares some. */
static void test_two_changes_of_one_month_have_no_order(void **state)
{
    static const char *const layers[] = {
        "policy: {procedure.months: %d}", "by_type: {town: {procedure.months: %d}}",
        "by_level: {low: {procedure.months: %d}}", "by_kind: {head: {procedure.months: %d}}",
        "by_unit: {town_01: {procedure.months: %d}}"};
    struct fixture *f = *state;
    for (size_t i = 0; i < sizeof layers / sizeof layers[0]; i++) {
        char text[500], first[100], second[100];
        snprintf(first, sizeof first, layers[i], 3);
        snprintf(second, sizeof second, layers[i], 4);
        snprintf(text, sizeof text, "changes:\n  - {from: 2020-01, %s}\n  - {from: 2020-01, %s}\n",
                 first, second);
        fixture_forget(f);
        assert_int_equal(fixture_extend(f, text), ECH_USAGE);
        assert_int_equal(f->error.n_problems, 1);
        assert_int_equal(fixture_count(f, ECH_ERR_DUPLICATE, 4, 0, "'procedure.months' is given"),
                         1);
        assert_int_equal(fixture_count(f, ECH_ERR_DUPLICATE, 4, 0, "over.yaml:3:"), 1);
        fixture_forget(f);
        snprintf(text, sizeof text, "changes:\n  - {from: 2020-01, %s}\n  - {from: 2020-02, %s}\n",
                 first, second);
        fixture_extend_well(f, text);
    }
}

static void test_change_that_spares_some_stands_over_one_for_everybody_in_any_order(void **state)
{
    static const char *const texts[] = {
        "changes:\n"
        "  - {from: 2020-01, policy: {stepdown.age: 55}}\n"
        "  - {from: 2020-01, policy: {stepdown.age: 52}, grandfather: true}\n",
        "changes:\n"
        "  - {from: 2020-01, policy: {stepdown.age: 52}, grandfather: true}\n"
        "  - {from: 2020-01, policy: {stepdown.age: 55}}\n"};
    struct fixture *f = *state;
    for (int i = 0; i < 2; i++) {
        fixture_forget(f);
        fixture_extend_well(f, texts[i]);
        assert_int_equal(stepdown_years(f, 1, 0), 52);
        assert_int_equal(stepdown_years(f, 1, 1), 55);
    }
}

static void test_change_for_everybody_beside_one_that_spares_some_counts(void **state)
{
    struct fixture *f = *state;
    fixture_extend_well(f, "changes:\n"
                           "  - {from: 2020-01, policy: {stepdown.age: 55}}\n"
                           "  - {from: 2020-01, policy: {stepdown.age: 52}, grandfather: true}\n"
                           "  - {from: 2020-09, policy: {stepdown.age: 50}, grandfather: true}\n"
                           "  - {from: 2020-10, policy: {stepdown.age: 58}, grandfather: true}\n");
    fixture_forget(f);
    fixture_write(f, "again.yaml",
                  "extends: over.yaml\nchanges:\n"
                  "  - {from: 2020-09, policy: {stepdown.age: 51}, grandfather: true}\n"
                  "  - {from: 2020-10, policy: {stepdown.age: 57}}\n");
    assert_int_equal(fixture_load(f, "again.yaml"), ECH_OK);
    assert_int_equal(stepdown_years(f, 1, 0), 52);
    assert_int_equal(stepdown_years(f, 1, 1), 55);
    assert_int_equal(stepdown_years(f, 2, 0), 51);
    assert_int_equal(stepdown_years(f, 2, 2), 55);
    assert_int_equal(f->scenario.n_grandfathered, 2); /* nothing of the last is left */
    for (int cohort = 0; cohort < 3; cohort++) {
        assert_int_equal(stepdown_years(f, 3, cohort), 57);
    }
}

static void test_equal_values_share_one_set(void **state)
{
    struct fixture *f = *state;
    fixture_extend_well(
        f, "policy: {hiring.quota: 9.4, hiring.min_service: 60, hiring.fill_share: 1}\n"
           "by_unit: {town_03: {hiring.min_service: 60}}\n"
           "by_type: {town: {hiring.fill_share: 1}}\n"
           "changes: [{from: 2020-01, policy: {hiring.quota: 9.4}}]\n");
    assert_int_equal(f->scenario.n_sets, 1);
    assert_int_equal(f->scenario.n_epochs, 2);
}

static void test_changes_make_epochs(void **state)
{
    struct fixture *f = *state;
    fixture_extend_well(f, "policy: {hiring.quota: 3}\n"
                           "changes:\n"
                           "  - {from: 2020-09, policy: {hiring.quota: off}}\n"
                           "  - {from: 2019-09, policy: {hiring.quota: 5}}\n"
                           "  - {from: 2020-09, by_type: {town: {incentive.allowance: 800}}}\n");
    assert_int_equal(f->scenario.n_epochs, 3);
    assert_int_equal(f->scenario.epochs[1].from_month, 1);
    assert_int_equal(f->scenario.epochs[2].from_month, 13);
    assert_true(fixture_params(f, "tax", 0, 0)->hiring_quota == 3);
    assert_true(fixture_params(f, "tax", 0, 1)->hiring_quota == 5);
    assert_true(fixture_params(f, "tax", 0, 12)->hiring_quota == 5);
    assert_true(fixture_params(f, "tax", 0, 13)->hiring_quota > 1e300);
    assert_true(fixture_params(f, "town_01", 0, 12)->incentive_allowance == 0);
    assert_true(fixture_params(f, "town_01", 0, 13)->incentive_allowance == 800);
    assert_string_equal(fixture_setting(f, "hiring.quota", "", 13)->value, "off");
}

static void test_changes_of_one_date_apply_in_order_of_extends(void **state)
{
    struct fixture *f = *state;
    fixture_write(f, "small.yaml", small);
    fixture_write(f, "a.yaml",
                  "extends: small.yaml\n"
                  "changes: [{from: 2020-01, policy: {hiring.quota: 11}}]\n");
    fixture_write(f, "b.yaml",
                  "extends: small.yaml\n"
                  "changes: [{from: 2020-01, policy: {hiring.quota: 12}}]\n");
    fixture_write(f, "ab.yaml", "extends: [a.yaml, b.yaml]\n");
    fixture_write(f, "ba.yaml", "extends: [b.yaml, a.yaml]\n");
    assert_int_equal(fixture_load(f, "ab.yaml"), ECH_OK);
    assert_true(fixture_params(f, "tax", 0, 5)->hiring_quota == 12);
    assert_int_equal(fixture_load(f, "ba.yaml"), ECH_OK);
    assert_true(fixture_params(f, "tax", 0, 5)->hiring_quota == 11);
    assert_string_equal(f->scenario.extends, "b");
}

/* base <- a, base <- b, [a, b]: base counts once, at its first place, so it cannot undo a. */
static void test_a_file_reached_twice_applies_once(void **state)
{
    struct fixture *f = *state;
    fixture_write(f, "small.yaml", small);
    fixture_write(f, "base.yaml",
                  "extends: small.yaml\nname: base\ntitle: Base\n"
                  "policy: {hiring.quota: 1, entry.transfer_in: 0.25}\n");
    fixture_write(f, "a.yaml", "extends: base.yaml\npolicy: {hiring.quota: 2}\n");
    fixture_write(f, "b.yaml", "extends: base.yaml\npolicy: {entry.transfer_in: 0.5}\n");
    fixture_write(f, "both.yaml", "extends: [a.yaml, b.yaml]\n");
    assert_int_equal(fixture_load(f, "both.yaml"), ECH_OK);
    assert_true(fixture_params(f, "tax", 0, 0)->hiring_quota == 2);
    assert_true(fixture_params(f, "tax", 0, 0)->entry_transfer_in == 0.5);
    assert_string_equal(f->scenario.name, "both"); /* names and titles are not inherited */
    assert_string_equal(f->scenario.title.text[ECH_LANG_EN], "both");
    assert_string_equal(f->scenario.extends, "a");
    assert_int_equal(f->scenario.n_files, 5);
    assert_string_equal(fixture_setting(f, "hiring.quota", "", 0)->file, "a.yaml");
}

static void test_months_of_a_later_file_replace_years(void **state)
{
    struct fixture *f = *state;
    fixture_extend_well(f, "years: 3\nstart: 2020-01\n");
    assert_int_equal(f->scenario.n_months, 36);
    assert_int_equal(f->scenario.start_month, 2020 * 12);
    assert_string_equal(fixture_setting(f, "years", "", 0)->value, "3");
    assert_string_equal(fixture_setting(f, "start", "", 0)->value, "2020-01");
    fixture_extend_well(f, "months: 0\n");
    assert_int_equal(f->scenario.n_months, 0);
}

static void assert_same_county(const struct ech_scenario *a, const struct ech_scenario *b)
{
    assert_int_equal(a->n_units, b->n_units);
    assert_int_equal(a->n_posts, b->n_posts);
    assert_int_equal(a->n_blocks, b->n_blocks);
    for (int u = 0; u < a->n_units; u++) {
        assert_string_equal(a->units[u].id, b->units[u].id);
        assert_true(a->units[u].key == b->units[u].key);
        assert_true(a->units[u].remoteness == b->units[u].remoteness);
        assert_int_equal(a->units[u].type, b->units[u].type);
    }
    for (int p = 0; p < a->n_posts; p++) {
        assert_string_equal(a->posts[p].id, b->posts[p].id);
        assert_true(a->posts[p].key == b->posts[p].key);
    }
}

static void test_order_of_units_in_the_file_does_not_matter(void **state)
{
    struct fixture *f = *state;
    static const char *const head =
        "county: {id: c}\nstart: 2019-08\nyears: 1\nlevels: [{id: low}]\n"
        "kinds: [{id: aide, level: low, role: deputy}]\ntypes: [{id: town}]\n"
        "policy: {retirement.rule: old, exit.death.factor: 0}\n";
    static const char *const units[] = {
        "  - {id: m, count: 3, type: town, establishment: 3, posts: {aide: 2}}\n",
        "  - {id: b, type: town, establishment: 2, remoteness: 0.7, posts: {aide: 1}}\n"};
    struct ech_scenario first = {0};
    char text[2000];
    snprintf(text, sizeof text, "%sunits:\n%s%s", head, units[0], units[1]);
    fixture_write(f, "one.yaml", text);
    snprintf(text, sizeof text, "%sunits:\n%s%s", head, units[1], units[0]);
    fixture_write(f, "two.yaml", text);
    assert_int_equal(ech_scenario_load(fixture_path(f, "one.yaml"), NULL, &first, NULL), ECH_OK);
    assert_int_equal(fixture_load(f, "two.yaml"), ECH_OK);
    assert_same_county(&first, &f->scenario);
    ech_scenario_free(&first);
    ech_scenario_free(&first);
}

static void test_several_counties_own_ranges_and_blocks(void **state)
{
    struct fixture *f = *state;
    fixture_write(
        f, "two.yaml",
        "counties: [{id: west}, {id: east}]\nstart: 2019-08\nyears: 1\n"
        "levels: [{id: low}]\nkinds: [{id: aide, level: low, role: deputy}]\n"
        "types: [{id: town}]\n"
        "units:\n"
        "  - {id: a, type: town, county: west, establishment: 3, posts: {aide: 2}}\n"
        "  - {id: b, type: town, county: east, establishment: 2, posts: {aide: 1}}\n"
        "  - {id: c, type: town, county: west, establishment: 2, posts: {aide: 1}}\n"
        "initial:\n"
        "  blocks: [{id: all, fill: posts, ages: [[30, 40, rest]]},\n"
        "           {id: few, fill: staff, county: west, count: 1, ages: [[30, 40, 1]]}]\n"
        "policy: {retirement.rule: old, exit.death.factor: 0}\n");
    enum ech_status status = fixture_load(f, "two.yaml");
    fixture_print(&f->error);
    assert_int_equal(status, ECH_OK);
    const struct ech_scenario *s = &f->scenario;
    assert_string_equal(s->counties[0].id, "east");
    assert_string_equal(s->units[0].id, "b");
    assert_int_equal(s->counties[1].first_unit, 1);
    assert_int_equal(s->counties[1].n_units, 2);
    assert_int_equal(s->counties[1].first_post, 1);
    assert_int_equal(s->counties[1].n_posts, 3);
    assert_int_equal(s->counties[0].n_blocks, 1);
    assert_int_equal(s->counties[1].n_blocks, 2);
    assert_int_equal(s->blocks[0].count, 1);
    assert_int_equal(s->blocks[1].count, 3);
    assert_true(s->blocks[0].key == ech_key_of("east", "block:all"));
}

static void test_block_fields_are_read(void **state)
{
    struct fixture *f = *state;
    fixture_extend_well(
        f, "initial:\n"
           "  blocks:\n"
           "    - {id: heads, fill: posts, type: town, ages: [[40, 44, 2], [45, 49, rest]],\n"
           "       level_time: {from: 0, to: 2 y}, post_time: {from: 0, to: 0}}\n"
           "    - {id: young, fill: staff, count: 4, ages: [[22, 25, 4]], age_at_entry: true,\n"
           "       service: {from: 0, to: 59}, bond: 5 y}\n"
           "    - {id: others, fill: staff, ages: [[30, 50, rest]], women: 3}\n"
           "    - {id: pool, fill: staff, track: institution, ages: [[24, 39, rest]]}\n");
    const struct ech_block *b = f->scenario.blocks;
    assert_int_equal(f->scenario.n_blocks, 4);
    assert_int_equal(b[0].count, 6);
    assert_int_equal(b[0].bands[1].n, 4);
    assert_int_equal(b[0].level_to, 24);
    assert_int_equal(b[0].post_from, 0);
    assert_int_equal(b[0].service_from, ECH_NONE);
    assert_int_equal(b[0].education[ECH_EDU_COLLEGE], 6);
    assert_int_equal(b[1].bond, 60);
    assert_true(b[1].age_at_entry);
    assert_int_equal(b[1].service_to, 59);
    assert_int_equal(b[1].post_to, ECH_NONE);
    assert_int_equal(b[2].count, 11 - 4); /* 20 places, 9 posts, 4 young people */
    assert_int_equal(b[2].women, 3);
    assert_int_equal(b[2].level_from, ECH_NONE);
    assert_int_equal(b[3].count, 6);
    assert_int_equal(b[3].track, ECH_INSTITUTION);
}

static void test_later_blocks_merge_by_id(void **state)
{
    struct fixture *f = *state;
    fixture_write(f, "small.yaml", small);
    fixture_write(f, "base.yaml",
                  "extends: small.yaml\n"
                  "initial: {blocks: [{id: all, fill: posts, ages: [[30, 39, 9]], women: 4}]}\n");
    fixture_write(f, "top.yaml",
                  "extends: base.yaml\n"
                  "initial: {blocks: [{id: all, women: 7}]}\n");
    assert_int_equal(fixture_load(f, "top.yaml"), ECH_OK);
    assert_int_equal(f->scenario.n_blocks, 1);
    assert_int_equal(f->scenario.blocks[0].women, 7);
    assert_int_equal(f->scenario.blocks[0].bands[0].n, 9);
    assert_string_equal(fixture_setting(f, "initial.blocks[all].women", "", 0)->value, "7");
    assert_null(fixture_setting(f, "initial.blocks[all].ages", "", 0));
}

static void test_no_initial_block_means_nobody(void **state)
{
    struct fixture *f = *state;
    fixture_extend_well(f, "");
    assert_int_equal(f->scenario.n_blocks, 0);
}

static void test_events_are_sorted_and_resolved(void **state)
{
    struct fixture *f = *state;
    fixture_extend_well(f, "events:\n"
                           "  - {at: 2021-05, kind: exam_window, track: institution, share: 0.3}\n"
                           "  - {at: 2020-05, kind: exam_window, track: admin, share: 0.1, ages: "
                           "[18, 40], cause: upward}\n"
                           "  - {at: 2031-05, kind: exam_window, track: admin, share: 0.1}\n");
    assert_int_equal(f->scenario.n_events, 2);
    assert_int_equal(f->scenario.events[0].month, 9);
    assert_int_equal(f->scenario.events[0].age_to, 40);
    assert_int_equal(f->scenario.events[0].cause, ECH_CAUSE_UPWARD);
    assert_int_equal(f->scenario.events[1].month, 21);
    assert_int_equal(f->scenario.events[1].age_from, 0);
    assert_int_equal(f->scenario.events[1].age_to, 120);
    assert_int_equal(f->scenario.events[1].cause, ECH_CAUSE_OUTWARD);
    assert_int_equal(f->scenario.n_remarks, 1);
    assert_non_null(strstr(f->scenario.remarks[0].text[ECH_LANG_EN], "2031-05 lies after the end"));
    assert_string_equal(fixture_setting(f, "events[2021-05 exam_window].share", "", 21)->value,
                        "0.3");
}

static void test_change_after_the_end_is_remarked(void **state)
{
    struct fixture *f = *state;
    fixture_extend_well(f, "changes: [{from: 2021-08, policy: {hiring.quota: 1}},\n"
                           "          {from: 2021-09, policy: {hiring.quota: 2}}]\n");
    assert_int_equal(f->scenario.n_epochs, 2);
    assert_int_equal(f->scenario.epochs[1].from_month, 24);
    assert_int_equal(f->scenario.n_remarks, 1);
    assert_non_null(strstr(f->scenario.remarks[0].text[ECH_LANG_ZH], "2021-09"));
    assert_null(fixture_setting(f, "hiring.quota", "", 25));
}

static void test_extra_places_allow_more_posts(void **state)
{
    struct fixture *f = *state;
    fixture_extend_well(f, "units: [{id: art, posts: {aide: 2}}]\n"
                           "by_unit: {art: {establishment.extra: 1}}\n");
    assert_int_equal(fixture_params(f, "art", 0, 0)->establishment_extra, 1);
}

static void test_settings_begin_with_every_parameter(void **state)
{
    struct fixture *f = *state;
    fixture_extend_well(f, "policy: {selection.rule: seniority, stepdown.age: 52.5}\n");
    for (int i = 0; i < ECH_N_PARAMS; i++) {
        char path[128];
        ech_param_path(&ech_param_rows[i], path, sizeof path);
        assert_string_equal(f->scenario.settings[i].path, path);
        assert_string_equal(f->scenario.settings[i].scope, "");
        assert_int_equal(f->scenario.settings[i].from_month, 0);
    }
    const struct ech_setting *rule = fixture_setting(f, "selection.rule", "", 0);
    assert_string_equal(rule->value, "seniority");
    assert_string_equal(rule->basis, "assumed");
    assert_string_equal(rule->file, "over.yaml");
    assert_int_equal(rule->line, 2);
    assert_string_equal(fixture_setting(f, "stepdown.age", "", 0)->value, "52.5");
    const struct ech_setting *silent = fixture_setting(f, "exit.death.factor", "", 0);
    assert_string_equal(silent->value, "0");
    assert_string_equal(silent->file, "small.yaml");
    silent = fixture_setting(f, "retirement.age_men", "", 0);
    assert_string_equal(silent->value, "60");
    assert_string_equal(silent->file, "");
    assert_int_equal(silent->line, 0);
    assert_string_equal(fixture_setting(f, "rotation.max_tenure", "", 0)->value, "120");
    assert_string_equal(fixture_setting(f, "retirement.rule", "", 0)->file, "small.yaml");
}

static void test_files_are_named_relative_to_the_base(void **state)
{
    struct fixture *f = *state;
    assert_int_equal(ech_scenario_load(BASELINE, ECH_SOURCE_DIR, &f->scenario, &f->error), ECH_OK);
    assert_string_equal(f->scenario.files[1].path, "scenarios/nanpiao/baseline.yaml");
    assert_string_equal(fixture_setting(f, "years", "", 0)->file,
                        "scenarios/nanpiao/baseline.yaml");
}

static void test_digest_is_sha256_of_the_bytes(void **state)
{
    struct fixture *f = *state;
    fixture_write(f, "small.yaml", small);
    fixture_write(f, "abc.yaml", "extends: small.yaml\n");
    assert_int_equal(fixture_load(f, "abc.yaml"), ECH_OK);
    assert_string_equal(f->scenario.files[1].sha256,
                        "3ac9369c205d2de0e63f8bd2a52c3fc3abef38f46a2918504d534cacc29a756b");
}

static void test_byte_order_mark_and_crlf_are_accepted(void **state)
{
    struct fixture *f = *state;
    fixture_write(f, "small.yaml", small);
    fixture_write(f, "bom.yaml",
                  "\xEF\xBB\xBF"
                  "extends: small.yaml\r\npolicy:\r\n  hiring.quota: 7\r\n");
    assert_int_equal(fixture_load(f, "bom.yaml"), ECH_OK);
    assert_true(fixture_params(f, "tax", 0, 0)->hiring_quota == 7);
}

static void test_words_become_one_line(void **state)
{
    struct fixture *f = *state;
    fixture_extend_well(f, "title: {en: \"two\\nlines\", zh: 行}\nnote: |\n  first\n  second\n");
    assert_string_equal(f->scenario.title.text[ECH_LANG_EN], "two lines");
    assert_string_equal(f->scenario.note.text[ECH_LANG_ZH], "first second");
}

static void test_notes_of_all_files_are_joined(void **state)
{
    struct fixture *f = *state;
    fixture_extend_well(f, "notes: [{kind: contradiction, source: here, text: {zh: 注, en: N}}]\n");
    assert_int_equal(f->scenario.n_notes, 1);
    assert_int_equal(f->scenario.notes[0].kind, ECH_NOTE_CONTRADICTION);
    assert_string_equal(f->scenario.notes[0].text.text[ECH_LANG_ZH], "注");
    assert_string_equal(f->scenario.notes[0].source, "here");
}

/* Where two rules act on one person, check says which goes first; once, however many units it meets. */
static void test_rules_that_go_before_others_are_remarked(void **state)
{
    static const struct {
        const char *policy;
        int n;
        const char *words; /* of the last remark */
    } cases[] = {
        {"stepdown.age: 59", 0, NULL},
        {"stepdown.age: 60", 1, "stepdown.age: 60, retirement.age_men: 60: everybody has retired"},
        {"stepdown.age: 60, retirement.rule: none", 0, NULL},
        {"term.age: 60, term.first: 2021-06", 1,
         "term.age: 60, retirement.age_men: 60: everybody has retired before"},
        {"stepdown.age: 50", 0, NULL},
        {"stepdown.age: 49", 1, "eligibility.max_age: 50, stepdown.age: 49: stepping down goes"},
        {"stepdown.age: 45, eligibility.max_age: 45", 0, NULL},
        {"stepdown.age: 45, eligibility.max_age: 45, selection.scope: outside", 1,
         "outside.age_max: 45, stepdown.age: 45: stepping down goes first"},
        {"hiring.age_max: 54", 0, NULL},
        {"hiring.age_max: 55", 1, "hiring.age_max: 55, retirement.age_women: 55: whoever is past"},
        {"entry.age_max: 55", 1, "entry.age_max: 55, retirement.age_women: 55: whoever is past"},
        {"outside.age_max: 55, selection.scope: outside", 1,
         "outside.age_max: 55, retirement.age_women: 55: whoever is past"},
        {"eligibility.min_service: 335, reserve.within: 60", 0, NULL},
        {"eligibility.min_service: 336, reserve.within: 60, initial.entry_age: 21", 1,
         "hiring.age_min: 22, eligibility.max_age: 50: no recruit meets the clauses"},
        {"eligibility.min_service: 336, reserve.within: 60", 2,
         "entry.age_min: 28, eligibility.max_age: 50: neither recruits nor people transferred in"},
        {"rotation.share: 0.16", 0, NULL},
        {"rotation.share: 0.17", 1,
         "rotation.share: 0.17, rotation.share_cap: 0.2: the cap goes first"},
        {"rotation.share: 0.2, rotation.month: 12", 0, NULL},
        {"eligibility.min_level_time: 311, eligibility.max_age: off", 0, NULL},
        {"eligibility.min_level_time: 312, eligibility.max_age: off", 1,
         "hiring.age_min: 22, reserve.max_age: 45: no recruit comes near"},
        {"eligibility.min_level_time: 311", 1,
         "hiring.age_max: 30, eligibility.max_age: 50: most who come are too old"},
        {"eligibility.min_level_time: 312", 2,
         "hiring.age_max: 30, eligibility.max_age: 50: most who come are too old"},
    };
    struct fixture *f = *state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        char text[400];
        snprintf(text, sizeof text, "policy: {%s}\nby_type: {town: {incentive.allowance: 300}}\n",
                 cases[i].policy);
        fixture_extend_well(f, text);
        assert_int_equal(f->scenario.n_remarks, cases[i].n);
        for (int lang = 0; lang < ECH_N_LANGS && cases[i].n > 0; lang++) {
            const char *said = f->scenario.remarks[cases[i].n - 1].text[lang];
            assert_non_null(strstr(said, lang == ECH_LANG_EN ? cases[i].words : "，"));
        }
    }
}

static int posts_of(const struct fixture *f, const char *unit, const char *kind)
{
    const struct ech_unit *facts = &f->scenario.units[fixture_unit(f, unit)];
    int n = 0;
    for (int p = facts->first_post; p < facts->first_post + facts->n_posts; p++) {
        n += strcmp(f->scenario.kinds[f->scenario.posts[p].kind].id, kind) == 0;
    }
    return n;
}

static void test_types_speak_for_units_that_are_silent(void **state)
{
    struct fixture *f = *state;
    fixture_extend_well(f, "types: [{id: town, remoteness: 0.3, workload: 1.2,\n"
                           "  establishment: {admin: 7, institution: 1}, posts: {aide: 3}}]\n"
                           "units: [{id: far, type: town, remoteness: 0.9, posts: {head: 1}},\n"
                           "  {id: near, type: town, establishment: 8}]\n");
    const struct ech_unit *far = &f->scenario.units[fixture_unit(f, "far")];
    const struct ech_unit *near = &f->scenario.units[fixture_unit(f, "near")];
    const struct ech_unit *town = &f->scenario.units[fixture_unit(f, "town_01")];
    assert_true(far->remoteness == 0.9 && near->remoteness == 0.3 && town->remoteness == 0.2);
    assert_true(far->workload == 1.2 && near->workload == 1.2 && town->workload == 1.2);
    assert_int_equal(far->establishment[ECH_ADMIN], 7);
    assert_int_equal(near->establishment[ECH_ADMIN], 8);
    assert_int_equal(near->establishment[ECH_INSTITUTION], 1);
    assert_int_equal(town->establishment[ECH_INSTITUTION], 2);
    assert_int_equal(posts_of(f, "far", "head"), 1);
    assert_int_equal(posts_of(f, "far", "aide"), 3);
    assert_int_equal(posts_of(f, "town_01", "aide"), 1); /* it says so itself */
    assert_non_null(fixture_setting(f, "types[town].remoteness", "", 0));
}

static void test_posts_can_stand_in_a_table(void **state)
{
    struct fixture *f = *state;
    fixture_write(f, "posts.csv",
                  "count,unit,kind\r\n1,art,aide\r\n0,tax,aide\r\n1,art,head\r\n,,\r\n");
    fixture_extend_well(f, "posts_table: posts.csv\n"
                           "types: [{id: bureau, posts: {aide: 2}}]\n"
                           "units: [{id: art, establishment: 3, posts: {head: 2}},\n"
                           "  {id: law, type: bureau, establishment: 2}]\n");
    assert_int_equal(posts_of(f, "art", "aide"), 1); /* over the type */
    assert_int_equal(posts_of(f, "art", "head"), 2); /* the unit over the table */
    assert_int_equal(posts_of(f, "tax", "aide"), 2);
    assert_int_equal(posts_of(f, "law", "aide"), 2); /* the table is silent */
    assert_string_equal(f->scenario.files[2].path, "posts.csv");
    assert_int_equal(strlen(f->scenario.files[2].sha256), 64);
}

static void test_whatever_is_wrong_in_a_table_of_posts_is_named(void **state)
{
    struct fixture *f = *state;
    fixture_write(f, "posts.csv",
                  "unit,kind,count\nart,aide,x\nartt,aide,1\nart,aid,2\nart,aide,1\n"
                  "tax,head,1\ntax,head,1\ntax,aide,-1\n");
    assert_int_equal(fixture_extend(f, "posts_table: posts.csv\n"), ECH_USAGE);
    assert_int_equal(fixture_count(f, ECH_ERR_TYPE, 2, 10, "'count' is 'x'"), 1);
    assert_int_equal(fixture_count(f, ECH_ERR_UNKNOWN_NAME, 3, 1, "did you mean 'art'?"), 1);
    assert_int_equal(fixture_count(f, ECH_ERR_UNKNOWN_NAME, 4, 5, "did you mean 'aide'?"), 1);
    assert_int_equal(fixture_count(f, ECH_ERR_DUPLICATE, 5, 5, "posts.csv:2"), 1);
    assert_int_equal(fixture_count(f, ECH_ERR_DUPLICATE, 7, 5, "posts.csv:6"), 1);
    assert_int_equal(fixture_count(f, ECH_ERR_RANGE, 8, 10, "must lie in [0, 20000000]"), 1);
    assert_int_equal(f->error.n_problems, 6);
    fixture_write(f, "posts.csv", "unit,kind,cuont\nart,aide,1\n");
    assert_int_equal(fixture_extend(f, "posts_table: posts.csv\n"), ECH_USAGE);
    assert_int_equal(fixture_count(f, ECH_ERR_MISSING, 1, 0, "'count'"), 1);
    assert_int_equal(fixture_count(f, ECH_ERR_UNKNOWN_NAME, 1, 11, "did you mean 'count'?"), 1);
    assert_int_equal(f->error.n_problems, 2);
    assert_int_equal(fixture_extend(f, "posts_table: none.csv\n"), ECH_USAGE);
    fixture_only(f, ECH_ERR_READ, 2, 14, "none.csv");
    fixture_write(f, "posts.csv", "unit,kind,count\nart,aide,2\n");
    assert_int_equal(fixture_extend(f, "posts_table: posts.csv\n"), ECH_USAGE);
    fixture_only(f, ECH_ERR_CONFLICT, 11, 5, "art, 2 leading posts contradicts 1 administrative");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        WITH_FOLDER(test_baseline_has_the_printed_totals),
        WITH_FOLDER(test_retirement_table_rises_by_months),
        WITH_FOLDER(test_stamping_numbers_ids_titles_and_spreads),
        WITH_FOLDER(test_stamping_widens_ids_with_the_last_number),
        WITH_FOLDER(test_posts_follow_unit_kind_and_ordinal),
        WITH_FOLDER(test_later_units_merge_by_id),
        WITH_FOLDER(test_precedence_is_policy_type_level_unit),
        WITH_FOLDER(test_kinds_are_narrower_than_levels_and_wider_than_units),
        WITH_FOLDER(test_kind_of_the_name_of_a_level_is_told_apart),
        WITH_FOLDER(test_change_that_spares_whoever_is_in_office_makes_a_cohort),
        WITH_FOLDER(test_two_changes_of_one_month_have_no_order),
        WITH_FOLDER(test_change_that_spares_some_stands_over_one_for_everybody_in_any_order),
        WITH_FOLDER(test_change_for_everybody_beside_one_that_spares_some_counts),
        WITH_FOLDER(test_equal_values_share_one_set),
        WITH_FOLDER(test_changes_make_epochs),
        WITH_FOLDER(test_changes_of_one_date_apply_in_order_of_extends),
        WITH_FOLDER(test_a_file_reached_twice_applies_once),
        WITH_FOLDER(test_months_of_a_later_file_replace_years),
        WITH_FOLDER(test_order_of_units_in_the_file_does_not_matter),
        WITH_FOLDER(test_several_counties_own_ranges_and_blocks),
        WITH_FOLDER(test_block_fields_are_read),
        WITH_FOLDER(test_later_blocks_merge_by_id),
        WITH_FOLDER(test_no_initial_block_means_nobody),
        WITH_FOLDER(test_events_are_sorted_and_resolved),
        WITH_FOLDER(test_change_after_the_end_is_remarked),
        WITH_FOLDER(test_extra_places_allow_more_posts),
        WITH_FOLDER(test_settings_begin_with_every_parameter),
        WITH_FOLDER(test_files_are_named_relative_to_the_base),
        WITH_FOLDER(test_digest_is_sha256_of_the_bytes),
        WITH_FOLDER(test_byte_order_mark_and_crlf_are_accepted),
        WITH_FOLDER(test_words_become_one_line),
        WITH_FOLDER(test_notes_of_all_files_are_joined),
        WITH_FOLDER(test_rules_that_go_before_others_are_remarked),
        WITH_FOLDER(test_types_speak_for_units_that_are_silent),
        WITH_FOLDER(test_posts_can_stand_in_a_table),
        WITH_FOLDER(test_whatever_is_wrong_in_a_table_of_posts_is_named),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
