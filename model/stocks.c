#include "model/stocks.h"

#include <string.h>

#include "model/due.h"
#include "model/exits.h"
#include "model/performance.h"
#include "model/reserve.h"
#include "model/review.h"
#include "model/rotation.h"
#include "model/unit_stocks.h"

/* Completed months of age: the younger ones a plan for successors looks at. */
enum { YOUNG_FROM = 28 * 12, YOUNG_UNTIL = 33 * 12 };

static const struct ech_counted nobody = {.type = ECH_NONE, .role = ECH_N_ROLES};

void ech_stocks_empty(struct ech_run *run)
{
    size_t n = (size_t)(run->scenario->n_types * run->layout.n);
    memset(run->type_stock, 0, n * sizeof *run->type_stock);
    ech_unit_stocks_empty(run);
    for (ech_id id = 0; id < run->capacity; id++) {
        run->counted[id] = nobody;
    }
    for (ech_id unit = 0; unit < run->scenario->n_units; unit++) {
        memset(run->units[unit].listed, 0, sizeof run->units[unit].listed);
        memset(run->units[unit].ready, 0, sizeof run->units[unit].ready);
        run->units[unit].review = ECH_LONG_AGO;
    }
}

/* How far a leader has been trained. */
static void look_at_training(const struct ech_run *run, const struct ech_person *person,
                             struct ech_counted *counted)
{
    const struct ech_params *policy = ech_policy_county(run);
    counted->trained = run->month - person->trained_month < policy->training_cycle;
    counted->due = run->month - person->level_month == policy->training_appointees_within &&
                   person->level_month > 0;
    counted->due_trained = counted->due && person->trained_month > person->level_month;
}

static struct ech_counted look_at(const struct ech_run *run, const struct ech_person *person)
{
    int age = run->month - person->birth_month;
    struct ech_counted counted = {.type = run->scenario->units[person->unit].type,
                                  .unit = person->unit,
                                  .post_month = person->post_month,
                                  .role = ECH_N_ROLES,
                                  .admin = person->track == ECH_ADMIN,
                                  .level = person->level,
                                  .grade = person->grade,
                                  .at_ceiling = person->at_ceiling,
                                  .age_band = (uint8_t)ech_age_band(age / 12),
                                  .young = age >= YOUNG_FROM && age < YOUNG_UNTIL,
                                  .in_village = ech_in_village(run, person),
                                  .listed = person->listed};
    if (person->listed != ECH_UNLISTED) {
        counted.ready = ech_reserve_qualifies(run, person, (enum ech_class)person->listed, 0);
    }
    if (person->post != ECH_NONE) {
        counted.role = (uint8_t)ech_kind_of(run, person->post)->role;
        counted.overdue = ech_rotation_overdue(run, person);
        look_at_training(run, person, &counted);
    }
    return counted;
}

/* Month in which he is counted otherwise without an event. */
static int next_change(const struct ech_run *run, const struct ech_person *person)
{
    const struct ech_params *policy = ech_policy_county(run);
    int now = run->month;
    int next = person->birth_month + 12 * ech_next_age_band((now - person->birth_month) / 12);
    ech_due_bring_forward(&next, person->birth_month + YOUNG_FROM, now);
    ech_due_bring_forward(&next, person->birth_month + YOUNG_UNTIL, now);
    ech_due_bring_forward(&next, person->village_end, now);
    if (person->listed != ECH_UNLISTED) {
        ech_due_bring_forward(&next,
                              ech_reserve_change(run, person, (enum ech_class)person->listed), now);
    }
    if (person->post != ECH_NONE) {
        ech_due_bring_forward(&next, ech_rotation_change(run, person), now);
        ech_due_bring_forward(&next, person->trained_month + policy->training_cycle, now);
        ech_due_bring_forward(&next, person->level_month + policy->training_appointees_within, now);
        ech_due_bring_forward(&next, person->level_month + policy->training_appointees_within + 1,
                              now);
    }
    return next;
}

/* Leaders; sums of ages and of times in post stand as what is to be added to people x month. */
static void add_leader(const struct ech_run *run, const struct ech_person *person,
                       const struct ech_counted *counted, int by)
{
    const int *first = run->layout.first;
    int64_t *row = run->type_stock + counted->type * run->layout.n;
    bool degree = person->education >= ECH_EDU_BACHELOR;
    row[first[ECH_M_leaders_ROLE] + counted->role] += by;
    row[first[ECH_M_leaders_age_months_ROLE] + counted->role] -= by * person->birth_month;
    row[first[ECH_M_leaders_post_months_ROLE] + counted->role] -= by * counted->post_month;
    row[first[ECH_M_leaders_outsiders_NONE]] += by * person->outsider;
    row[first[ECH_M_leaders_fulltime_NONE]] += by * (degree && person->fulltime);
    row[first[ECH_M_leaders_age_AGE] + counted->age_band] += by;
    row[first[ECH_M_leaders_age_women_AGE] + counted->age_band] += by * (person->sex == ECH_FEMALE);
    row[first[ECH_M_leaders_merit_NONE]] += by * ech_micro(person->merit);
    row[first[ECH_M_rotation_overdue_NONE]] += by * counted->overdue;
    row[first[ECH_M_leaders_trained_NONE]] += by * counted->trained;
    row[first[ECH_M_appointees_due_NONE]] += by * counted->due;
    row[first[ECH_M_appointees_trained_NONE]] += by * counted->due_trained;
}

/* Puts somebody into the stocks (by 1) or takes him out (by -1). */
static void add(const struct ech_run *run, const struct ech_person *person,
                const struct ech_counted *counted, int by)
{
    const int *first = run->layout.first;
    if (counted->type == ECH_NONE) {
        return;
    }
    int64_t *row = run->type_stock + counted->type * run->layout.n;
    int admin = by * counted->admin;
    row[first[ECH_M_heads_LEVEL] + counted->level] += admin;
    row[first[ECH_M_heads_GRADE] + counted->grade] += admin;
    row[first[ECH_M_grade_ceiling_NONE]] += by * counted->at_ceiling;
    row[first[ECH_M_graded_NONE]] += by * (counted->grade != ECH_GRADE_NONE);
    row[first[ECH_M_person_months_AGE] + counted->age_band] += admin;
    row[first[ECH_M_in_village_NONE]] += by * counted->in_village;
    row[first[ECH_M_young_NONE]] += by * counted->young;
    if (counted->listed != ECH_UNLISTED) {
        run->units[counted->unit].listed[counted->listed] += by;
        run->units[counted->unit].ready[counted->listed] += by * counted->ready;
    }
    if (counted->role != ECH_N_ROLES) {
        add_leader(run, person, counted, by);
    }
}

/* A team that somebody leads is to be looked at. */
static void mark_team(struct ech_run *run, const struct ech_counted *counted)
{
    if (counted->role != ECH_N_ROLES) {
        run->units[counted->unit].review = ECH_LONG_AGO;
    }
}

static void count_as(struct ech_run *run, ech_id id, const struct ech_counted *now)
{
    const struct ech_counted *was = &run->counted[id];
    if (memcmp(was, now, sizeof *now) == 0) {
        return;
    }
    if (was->role != now->role || was->unit != now->unit || was->post_month != now->post_month) {
        mark_team(run, was);
        mark_team(run, now);
    }
    add(run, &run->people[id], was, -1);
    add(run, &run->people[id], now, 1);
    run->counted[id] = *now;
}

void ech_stocks_drop(struct ech_run *run, ech_id id)
{
    count_as(run, id, &nobody);
    run->recount[id] = INT_MAX;
}

/* Somebody who does not serve yet is counted when he enters, which makes him due. */
static void recount(struct ech_run *run, ech_id id)
{
    const struct ech_person *person = &run->people[id];
    bool serves = person->presence == ECH_SERVING;
    struct ech_counted now = serves ? look_at(run, person) : nobody;
    count_as(run, id, &now);
    if (now.role != ECH_N_ROLES) {
        double wish = run->performers[person->post].wish;
        run->performers[person->post] = ech_performer_of(run, id);
        run->overdue_from[person->post] =
            now.overdue ? ECH_LONG_AGO : ech_rotation_change(run, person);
        run->performers[person->post].wish = wish;
        if (run->exit_refresh[id] <= run->month) {
            ech_exits_refresh(run, id);
        }
    }
    run->recount[id] = serves ? next_change(run, person) : INT_MAX;
}

/* What changes by itself every month, or follows from other stocks. */
static void add_derived(struct ech_run *run, ech_id type)
{
    const int *first = run->layout.first;
    const int64_t *stock = run->type_stock + type * run->layout.n;
    int64_t *row = run->type_now + type * run->layout.n;
    int64_t steps = 0;
    for (int role = 0; role < ECH_N_ROLES; role++) {
        int64_t months = stock[first[ECH_M_leaders_ROLE] + role] * run->month;
        row[first[ECH_M_leaders_age_months_ROLE] + role] += months;
        row[first[ECH_M_leaders_post_months_ROLE] + role] += months;
    }
    for (int grade = ECH_GRADE_NONE + 1; grade < ECH_N_GRADES; grade++) {
        steps += (grade - 1) * stock[first[ECH_M_heads_GRADE] + grade];
    }
    row[first[ECH_M_cost_grades_NONE]] += steps * ech_micro(ech_policy_county(run)->grade_pay);
}

void ech_stocks_record(struct ech_run *run)
{
    for (ech_id id = ech_due_next(run->recount, 0, run->n_people, run->month); id < run->n_people;
         id = ech_due_next(run->recount, id + 1, run->n_people, run->month)) {
        recount(run, id);
    }
}

void ech_stocks_hand_out(struct ech_run *run)
{
    for (int slot = 0; slot < run->scenario->n_types * run->layout.n; slot++) {
        run->type_now[slot] += run->type_stock[slot];
    }
    for (ech_id type = 0; type < run->scenario->n_types; type++) {
        add_derived(run, type);
    }
}
