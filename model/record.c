#include "model/costs.h"
#include "model/exits.h"
#include "model/inequality.h"
#include "model/leaving.h"
#include "model/performance.h"
#include "model/reserve.h"
#include "model/review.h"
#include "model/rotation.h"
#include "model/steps.h"
#include "model/strain.h"
#include "model/training.h"

enum {
    NEW_TENURE = 12,
    SHORT_TENURE = 24,
    LONG_TENURE = 120,
    YOUNG_FROM = 28 * 12,
    YOUNG_UNTIL = 33 * 12
};

/* Performance of a leader; that of teams is counted by unit. */
static void record_performance(const struct ech_run *run, const struct ech_person *person,
                               int64_t *row)
{
    const int *first = run->layout.first;
    int64_t *unit = run->unit_now + person->unit * run->layout.n_unit;
    struct ech_performance performance = ech_performance_by(run, (ech_id)(person - run->people));
    int month = ech_curve_month(run->month - person->post_month);
    unit[first[ECH_M_leaders_performing_NONE]]++;
    unit[first[ECH_M_leaders_performance_NONE]] +=
        ech_micro((performance.economic + performance.broad) / 2);
    row[first[ECH_M_leaders_economic_NONE]] += ech_micro(performance.economic);
    row[first[ECH_M_leaders_broad_NONE]] += ech_micro(performance.broad);
    row[first[ECH_M_leaders_learning_NONE]] += ech_micro(run->curves.learning[month]);
    row[first[ECH_M_leaders_stale_NONE]] += ech_micro(run->curves.staleness[month]);
}

/* What is counted by type only; `row` holds the counters of the leader's type. */
static void record_leader(struct ech_run *run, const struct ech_person *person, int64_t *row)
{
    ech_id id = (ech_id)(person - run->people);
    const int *first = run->layout.first;
    int age = run->month - person->birth_month;
    int role = (int)ech_kind_of(run, person->post)->role;
    int band = ech_age_band(age / 12);
    row[first[ECH_M_leaders_ROLE] + role]++;
    row[first[ECH_M_leaders_age_months_ROLE] + role] += age;
    row[first[ECH_M_leaders_post_months_ROLE] + role] += run->month - person->post_month;
    bool degree = person->education >= ECH_EDU_BACHELOR;
    row[first[ECH_M_leaders_outsiders_NONE]] += person->outsider;
    row[first[ECH_M_leaders_fulltime_NONE]] += degree && person->fulltime;
    row[first[ECH_M_leaders_age_AGE] + band]++;
    row[first[ECH_M_leaders_age_women_AGE] + band] += person->sex == ECH_FEMALE;
    row[first[ECH_M_leaders_merit_NONE]] += person->merit_micro;
    if (run->exit_refresh[id] <= run->month) {
        ech_exits_refresh(run, id);
    }
    row[first[ECH_M_leaders_wanting_NONE]] += ech_leaving_wants(run, id);
    row[first[ECH_M_rotation_overdue_NONE]] += ech_rotation_overdue(run, person);
    if (run->curves.on) {
        record_performance(run, person, row);
    }
}

/* How far the leaders have been trained. */
static void record_training(const struct ech_run *run, const struct ech_person *person,
                            int64_t *row)
{
    const struct ech_params *policy = ech_policy_county(run);
    const int *first = run->layout.first;
    bool due = run->month - person->level_month == policy->training_appointees_within &&
               person->level_month > 0;
    row[first[ECH_M_leaders_trained_NONE]] +=
        run->month - person->trained_month < policy->training_cycle;
    row[first[ECH_M_leaders_boost_NONE]] += ech_micro(ech_training_boost(run, person));
    row[first[ECH_M_appointees_due_NONE]] += due;
    row[first[ECH_M_appointees_trained_NONE]] += due && person->trained_month > person->level_month;
}

/* A place on a list costs `cost` a month, in millionths. */
static void record_listed(struct ech_run *run, const struct ech_person *person, int64_t cost)
{
    enum ech_class class = (enum ech_class)person->listed;
    bool ready = ech_reserve_qualifies(run, person, class, 0);
    ech_count(run, ECH_M_reserve_NONE, 0, person->unit, 1);
    ech_count(run, ECH_M_reserve_CLASS, (int)class, person->unit, 1);
    ech_count(run, ECH_M_reserve_ready_NONE, 0, person->unit, ready);
    ech_count(run, ECH_M_reserve_ready_CLASS, (int)class, person->unit, ready);
    ech_count(run, ECH_M_cost_reserve_NONE, 0, person->unit, cost);
}

static void record_strain(const struct ech_run *run, ech_id id, int64_t *row)
{
    const int *first = run->layout.first;
    int64_t micro = (int64_t)(run->strain[id] * 1e6 + 0.5);
    row[first[ECH_M_strain_NONE]] += run->people[id].track == ECH_ADMIN ? micro : 0;
    row[first[ECH_M_strain_leaders_NONE]] += run->people[id].post != ECH_NONE ? micro : 0;
}

static void record_people(struct ech_run *run)
{
    const int *first = run->layout.first;
    const int64_t pay = ech_micro(ech_policy_county(run)->grade_pay);
    int64_t cost = ech_micro(ech_policy_county(run)->reserve_cost / 12);
    for (ech_id id = 0; id < run->n_people; id++) {
        const struct ech_person *person = &run->people[id];
        if (person->presence != ECH_SERVING) {
            continue;
        }
        int64_t *row = run->type_now + run->scenario->units[person->unit].type * run->layout.n;
        int age = run->month - person->birth_month;
        bool admin = person->track == ECH_ADMIN;
        row[first[ECH_M_heads_LEVEL] + person->level] += admin;
        row[first[ECH_M_heads_GRADE] + person->grade] += admin;
        row[first[ECH_M_grade_ceiling_NONE]] += person->at_ceiling;
        if (person->grade != ECH_GRADE_NONE) {
            row[first[ECH_M_graded_NONE]]++;
            row[first[ECH_M_cost_grades_NONE]] += (person->grade - 1) * pay;
        }
        row[first[ECH_M_person_months_AGE] + ech_age_band(age / 12)] += admin;
        row[first[ECH_M_in_village_NONE]] += ech_in_village(run, person);
        row[first[ECH_M_young_NONE]] += age >= YOUNG_FROM && age < YOUNG_UNTIL;
        if (person->post != ECH_NONE) {
            record_leader(run, person, row);
            record_training(run, person, row);
        }
        if (run->strain_on) {
            record_strain(run, id, row);
        }
        if (person->listed != ECH_UNLISTED) {
            record_listed(run, person, cost);
        }
    }
}

static void record_posts(struct ech_run *run)
{
    const struct ech_county *county = run->county;
    for (ech_id post = county->first_post; post < county->first_post + county->n_posts; post++) {
        ech_id unit = run->scenario->posts[post].unit;
        if (run->posts[post].holder == ECH_NONE) {
            ech_count(run, ECH_M_posts_vacant_NONE, 0, unit, 1);
            ech_count(run, ECH_M_posts_vacant_REMOTENESS, ech_remoteness_band(run, unit), unit, 1);
            ech_count(run, ECH_M_posts_vacant_VACANCY, (int)run->posts[post].reason, unit, 1);
        }
    }
}

/* Whether a unit has two chiefs or more, all of them less than a year in post. */
static bool all_chiefs_new(const struct ech_run *run, ech_id unit)
{
    const struct ech_unit *facts = &run->scenario->units[unit];
    int n_chiefs = 0;
    int n_new = 0;
    for (ech_id post = facts->first_post; post < facts->first_post + facts->n_posts; post++) {
        ech_id holder = run->posts[post].holder;
        if (holder == ECH_NONE || ech_class_of(run, post) != ECH_CLASS_CHIEF) {
            continue;
        }
        n_chiefs++;
        n_new += run->month - run->people[holder].post_month < NEW_TENURE;
    }
    return n_chiefs >= 2 && n_new == n_chiefs;
}

static void record_unit(struct ech_run *run, ech_id unit)
{
    const struct ech_unit_state *state = &run->units[unit];
    bool free = run->scenario->units[unit].free; /* its establishment is whoever is there */
    int heads = state->heads[ECH_ADMIN];
    int places = free ? heads : state->places[ECH_ADMIN];
    int band = ech_remoteness_band(run, unit);
    ech_count(run, ECH_M_posts_NONE, 0, unit, run->scenario->units[unit].n_posts);
    ech_count(run, ECH_M_posts_REMOTENESS, band, unit, run->scenario->units[unit].n_posts);
    ech_count(run, ECH_M_heads_NONE, 0, unit, heads);
    ech_count(run, ECH_M_person_months_REMOTENESS, band, unit, heads);
    ech_count(run, ECH_M_seconded_NONE, 0, unit, state->away);
    ech_count(run, ECH_M_in_training_NONE, 0, unit, state->training);
    ech_count(run, ECH_M_heads_present_NONE, 0, unit, ech_heads_present(run, unit));
    ech_count(run, ECH_M_work_NONE, 0, unit,
              ech_micro(ech_load_now(run, unit) * ech_heads_present(run, unit)));
    ech_count(run, ECH_M_establishment_NONE, 0, unit, places);
    ech_count(run, ECH_M_establishment_vacant_NONE, 0, unit, places - heads);
    ech_count(run, ECH_M_establishment_REMOTENESS, band, unit, places);
    ech_count(run, ECH_M_establishment_vacant_REMOTENESS, band, unit, places - heads);
    for (int track = 0; track < ECH_N_TRACKS; track++) {
        int of_track = free ? state->heads[track] : state->places[track];
        int vacant = of_track - state->heads[track];
        ech_count(run, ECH_M_heads_TRACK, track, unit, state->heads[track]);
        ech_count(run, ECH_M_establishment_TRACK, track, unit, of_track);
        ech_count(run, ECH_M_establishment_vacant_TRACK, track, unit, vacant);
    }
    for (int class = 0; class < ECH_N_CLASSES; class ++) {
        ech_count(run, ECH_M_posts_CLASS, class, unit, state->n_posts[class]);
        ech_count(run, ECH_M_reserve_needed_NONE, 0, unit, state->needed[class]);
        ech_count(run, ECH_M_reserve_needed_CLASS, class, unit, state->needed[class]);
    }
    ech_count(run, ECH_M_chiefs_both_new_NONE, 0, unit, all_chiefs_new(run, unit));
    ech_count(run, ECH_M_chief_units_NONE, 0, unit, state->n_posts[ECH_CLASS_CHIEF] > 0);
    ech_count(run, ECH_M_break_yet_NONE, 0, unit, state->had_break);
}

/* Counts who is under a block and forgets who no longer is; the order of the list does not matter. */
static void record_blocked(struct ech_run *run)
{
    int n = 0;
    for (int i = 0; i < run->n_blocked; i++) {
        const struct ech_person *person = &run->people[run->blocked[i]];
        if (person->presence == ECH_SERVING && person->blocked_until > run->month) {
            ech_count(run, ECH_M_blocked_NONE, 0, person->unit, 1);
            run->blocked[n++] = run->blocked[i];
        }
    }
    run->n_blocked = n;
}

void ech_record_step(struct ech_run *run)
{
    const struct ech_county *county = run->county;
    for (ech_id unit = county->first_unit; unit < county->first_unit + county->n_units; unit++) {
        record_unit(run, unit);
    }
    ech_review_record(run);
    record_posts(run);
    record_people(run);
    record_blocked(run);
    ech_inequality_record(run);
    ech_costs_record(run);
}
