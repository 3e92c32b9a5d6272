/* Each clause of eligibility, switched on: nobody is appointed who fails it, somebody is rejected by it
   and somebody still rises; its rejections are counted by unit, level and county alike. */
#include "fixture.h"

#include "model/background.h"
#include "model/state.h"

enum { MOST_PEOPLE = 2000 };

/** What somebody was when the month's openings were worked off, and before. */
struct facts {
    ech_key key;
    ech_id post, level;
    int base, trained_month, blocked_until, n_posts;
    uint8_t rating;
};

struct watch {
    bool (*met)(const struct ech_run *run, const struct facts *before, ech_id post);
    bool also_lateral;
    struct facts facts[MOST_PEOPLE];
    int n_appointed;
};

static struct facts facts_of(const struct ech_run *run, const struct ech_person *p)
{
    return (struct facts){.key = p->key,
                          .post = p->post,
                          .level = p->level,
                          .base =
                              p->presence == ECH_SERVING ? ech_background_base_time(run, p, 0) : 0,
                          .trained_month = p->trained_month,
                          .blocked_until = p->blocked_until,
                          .n_posts = p->n_posts,
                          .rating = p->rating};
}

/* Records that no process writes yet are written here: one in five is rated excellent, ..., trained in
   one month of the last four years, blocked for up to forty months. */
static void write_records(const struct ech_run *run)
{
    struct ech_person *people = run->people;
    for (ech_id id = 0; id < run->n_people; id++) {
        people[id].rating = (uint8_t)(people[id].key % ECH_N_RATINGS);
        people[id].trained_month = -(int)(people[id].key / 8 % 48);
        people[id].blocked_until = people[id].key / 512 % 4 == 0 ? (int)(people[id].key % 41) : -1;
    }
}

static void watch_month(const struct ech_run *run, const char *process, void *context)
{
    struct watch *watch = context;
    assert_in_range(run->n_people, 0, MOST_PEOPLE);
    if (strcmp(process, "start") == 0) {
        write_records(run);
    }
    for (ech_id id = 0; id < run->n_people; id++) {
        const struct ech_person *p = &run->people[id];
        const struct facts *before = &watch->facts[id];
        bool known = before->key == p->key && p->presence == ECH_SERVING;
        if (strcmp(process, "filling") == 0 && known && p->post != before->post &&
            p->post != ECH_NONE && (watch->also_lateral || p->level > before->level)) {
            watch->n_appointed++;
            assert_true(watch->met(run, before, p->post));
        }
        watch->facts[id] = facts_of(run, p);
    }
}

static void check_counters(const struct ech_scenario *s, const struct table *t, int clause)
{
    int64_t all = 0, by_level = 0, only = 0, only_by_level = 0;
    for (int month = 1; month <= s->n_months; month++) {
        all += county_at(t, month, ECH_M_rejections_CLAUSE, clause);
        only += county_at(t, month, ECH_M_rejections_only_CLAUSE, clause);
        for (int level = 0; level < s->n_levels; level++) {
            int slot = level * ECH_N_CLAUSES + clause;
            by_level += county_at(t, month, ECH_M_rejections_CLAUSE_LEVEL, slot);
            only_by_level += county_at(t, month, ECH_M_rejections_only_CLAUSE_LEVEL, slot);
        }
    }
    assert_true(all > 0 && only <= all);
    assert_int_equal(all, by_level);
    assert_int_equal(only, only_by_level);
}

static void check_clause(const char *policy, int clause, struct watch watch)
{
    char text[400];
    struct ech_scenario s = {0};
    snprintf(text, sizeof text, "extends: " BASELINE "\nname: t\nyears: 8\npolicy: {%s}\n", policy);
    load_text(text, &s);
    struct table t = run_table(&s, 3, 1, watch_month, &watch);
    check_counters(&s, &t, clause);
    assert_true(watch.n_appointed > 10);
    free_table(&t);
    ech_scenario_free(&s);
}

static bool served_below(const struct ech_run *run, const struct facts *before, ech_id post)
{
    return before->base >= 31;
}

static void test_base_level_experience_is_asked_for(void **state)
{
    check_clause("eligibility.base_time: 31", ECH_CLAUSE_BASE_EXPERIENCE,
                 (struct watch){.met = served_below});
}

static bool is_free(const struct ech_run *run, const struct facts *before, ech_id post)
{
    return before->blocked_until <= run->month;
}

static void test_a_block_binds_promotions_and_lateral_moves(void **state)
{
    check_clause("procedure.months: 0", ECH_CLAUSE_SANCTION,
                 (struct watch){.met = is_free, .also_lateral = true});
}

static bool was_competent(const struct ech_run *run, const struct facts *before, ech_id post)
{
    return before->rating == ECH_RATING_NONE || before->rating >= ECH_RATING_COMPETENT;
}

static void test_the_last_rating_is_asked_for(void **state)
{
    check_clause("eligibility.min_rating: competent", ECH_CLAUSE_RATING,
                 (struct watch){.met = was_competent});
}

static bool was_trained(const struct ech_run *run, const struct facts *before, ech_id post)
{
    return run->month - before->trained_month <= 60;
}

static void test_training_must_be_recent(void **state)
{
    check_clause("eligibility.trained_within: 60, training.seats: 300", ECH_CLAUSE_TRAINING,
                 (struct watch){.met = was_trained});
}

static bool held_two(const struct ech_run *run, const struct facts *before, ech_id post)
{
    return before->post == ECH_NONE || before->n_posts >= 2;
}

static void test_the_hidden_step_asks_for_posts_held(void **state)
{
    check_clause("eligibility.hidden_posts: 2, initial.level_time: 1", ECH_CLAUSE_HIDDEN_STEP,
                 (struct watch){.met = held_two});
}

static bool comes_from_elsewhere(const struct ech_run *run, const struct facts *before, ech_id post)
{
    for (ech_id id = 0; id < run->n_people; id++) {
        const struct ech_person *p = &run->people[id];
        if (p->key == before->key && ech_is_chief(ech_kind_of(run, post)->role)) {
            return ech_background_home_of(run, p) != run->scenario->posts[post].unit;
        }
    }
    return true;
}

static void test_nobody_is_chief_where_he_grew_up(void **state)
{
    check_clause("eligibility.home_avoidance: true", ECH_CLAUSE_HOME_AVOIDANCE,
                 (struct watch){.met = comes_from_elsewhere, .also_lateral = true});
}

static bool always(const struct ech_run *run, const struct facts *before, ech_id post)
{
    return true;
}

static int64_t promotions(const char *policy)
{
    char text[400];
    struct ech_scenario s = {0};
    int64_t sum = 0;
    snprintf(text, sizeof text, "extends: " BASELINE "\nname: t\nyears: 4\npolicy: {%s}\n", policy);
    load_text(text, &s);
    struct table t = run_table(&s, 3, 1, NULL, NULL);
    for (int month = 1; month <= s.n_months; month++) {
        for (int level = 0; level < s.n_levels; level++) {
            sum += county_at(&t, month, ECH_M_promotions_LEVEL, level);
        }
    }
    free_table(&t);
    ech_scenario_free(&s);
    return sum;
}

static void test_the_qualifying_exam_lets_a_share_pass(void **state)
{
    check_clause("eligibility.exam_pass: 0.37", ECH_CLAUSE_EXAM, (struct watch){.met = always});
    assert_int_equal(promotions("eligibility.exam_pass: 0"), 0);
    assert_true(promotions("eligibility.exam_pass: 1") > 50);
}

static void test_whoever_has_no_record_of_training_is_not_promoted(void **state)
{
    assert_int_equal(promotions("eligibility.trained_within: 120, training.seats: 0,\n"
                                "  training.appointees: false, initial.trained: 0,\n"
                                "  selection.nobody: relax, exception.most: 0"),
                     0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_base_level_experience_is_asked_for),
        cmocka_unit_test(test_a_block_binds_promotions_and_lateral_moves),
        cmocka_unit_test(test_the_last_rating_is_asked_for),
        cmocka_unit_test(test_training_must_be_recent),
        cmocka_unit_test(test_the_hidden_step_asks_for_posts_held),
        cmocka_unit_test(test_nobody_is_chief_where_he_grew_up),
        cmocka_unit_test(test_the_qualifying_exam_lets_a_share_pass),
        cmocka_unit_test(test_whoever_has_no_record_of_training_is_not_promoted),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
