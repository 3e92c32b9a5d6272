#include "model/training.h"

#include "model/due.h"
#include "model/events.h"
#include "model/pool.h"
#include "model/rank.h"
#include "model/stocks.h"

/* Boost */

struct ech_boost ech_training_boosts(const struct ech_run *run, const struct ech_person *person)
{
    ech_id id = (ech_id)(person - run->people);
    return ech_training_left(run, ech_training_last(run, id), person->trained_month);
}

double ech_training_boost(const struct ech_run *run, const struct ech_person *person)
{
    struct ech_boost boost = ech_training_boosts(run, person);
    return (boost.economic + boost.broad) / 2;
}

void ech_training_prepare(struct ech_run *run)
{
    const struct ech_params *policy = ech_policy_county(run);
    const double boost[ECH_N_COURSES] = {policy->training_boost_general,
                                         policy->training_boost_economic,
                                         policy->training_boost_law};
    const double aim[ECH_N_COURSES] = {policy->training_aim_general, policy->training_aim_economic,
                                       policy->training_aim_law};
    int half_life = policy->training_half_life;
    for (int course = 0; course < ECH_N_COURSES; course++) {
        run->lessons[course] =
            (struct ech_lesson){boost[course], 2 * aim[course], 2 * (1 - aim[course])};
    }
    for (int month = 0; month < ECH_FADE; month++) {
        run->training_fade[month] = half_life < ECH_NEVER ? exp2(-(double)month / half_life) : 1;
    }
}

/* Who is where */

/* Whatever changes months of a course says so here. */
static void note_due(struct ech_run *run, ech_id id)
{
    const struct ech_training *training = &run->training[id];
    run->course_due[id] =
        training->begin_month < training->end_month ? training->begin_month : training->end_month;
}

void ech_training_forget(struct ech_run *run, ech_id id)
{
    if (run->training == NULL) {
        return;
    }
    run->training[id] = (struct ech_training){
        .begin_month = ECH_NEVER, .end_month = ECH_NEVER, .last = ECH_N_COURSES};
    note_due(run, id);
}

bool ech_is_in_training(const struct ech_run *run, const struct ech_person *person)
{
    return run->n_training > 0 && run->training[person - run->people].end_month < ECH_NEVER;
}

void ech_training_leave(struct ech_run *run, ech_id id)
{
    if (run->training == NULL) {
        return;
    }
    struct ech_training *training = &run->training[id];
    run->n_courses -= training->begin_month < ECH_NEVER;
    training->begin_month = ECH_NEVER;
    if (ech_is_in_training(run, &run->people[id])) {
        run->units[run->people[id].unit].training--;
        run->n_training--;
        training->end_month = ECH_NEVER;
    }
    note_due(run, id);
}

void ech_training_move(struct ech_run *run, const struct ech_person *person, ech_id to)
{
    if (ech_is_in_training(run, person)) {
        run->units[person->unit].training--;
        run->units[to].training++;
    }
}

static void end_course(struct ech_run *run, ech_id id)
{
    struct ech_training *training = &run->training[id];
    struct ech_person *person = &run->people[id];
    ech_training_leave(run, id);
    person->trained_month = run->month;
    ech_stocks_mark(run, id);
    if (run->asked.training) {
        ech_pool_mark(run, id);
    }
    training->last = training->course;
    ech_count(run, ECH_M_trained_NONE, 0, person->unit, 1);
    ech_count(run, ECH_M_trained_COURSE, training->course, person->unit, 1);
}

static void begin_course(struct ech_run *run, ech_id id)
{
    const struct ech_params *policy = ech_policy_county(run);
    struct ech_training *training = &run->training[id];
    struct ech_person *person = &run->people[id];
    char detail[ECH_DETAIL_SIZE] = "";
    struct ech_event event = ech_event_of(ECH_EV_TRAIN, person->key);
    if (run->sink != NULL) {
        snprintf(detail, sizeof detail, "months=%d", policy->training_months);
    }
    event.cause = ech_course_names[training->course];
    event.from_unit = person->unit;
    event.to_unit = person->unit;
    event.from_level = person->level;
    event.to_level = person->level;
    event.detail = detail;
    ech_emit(run, event);
    ech_count(run, ECH_M_cost_training_NONE, 0, person->unit, ech_micro(policy->training_cost));
    training->begin_month = ECH_NEVER;
    training->end_month = run->month + policy->training_months;
    run->units[person->unit].training++;
    run->n_courses--;
    run->n_training++;
    note_due(run, id);
    if (policy->training_months == 0) {
        end_course(run, id);
    }
}

/* Plans */

/* Which course somebody goes to who is planned in this month. */
static int drawn_course(const struct ech_run *run, const struct ech_chance *chance,
                        const struct ech_person *person)
{
    const struct ech_params *policy = ech_policy_county(run);
    double u = ech_chance_uniform(chance, person->key, run->month, ECH_FOR_COURSE);
    if (u < policy->training_economic) {
        return ECH_COURSE_ECONOMIC;
    }
    return u < policy->training_economic + policy->training_law ? ECH_COURSE_LAW
                                                                : ECH_COURSE_GENERAL;
}

/* Plans a course in one of the next `span` months, if none is planned before. */
static void plan(struct ech_run *run, ech_id id, int span)
{
    struct ech_training *training = &run->training[id];
    const struct ech_person *person = &run->people[id];
    int month = run->month + 1 +
                ech_chance_below(&run->chance, person->key, run->month, ECH_FOR_COURSE_MONTH, span);
    if (month < training->begin_month) {
        run->n_courses += training->begin_month == ECH_NEVER;
        training->begin_month = month;
        training->course = (uint8_t)drawn_course(run, &run->chance, person);
        note_due(run, id);
    }
}

void ech_training_plan_appointee(struct ech_run *run, ech_id id)
{
    const struct ech_params *policy = ech_policy_county(run);
    if (policy->training_appointees && !ech_is_in_training(run, &run->people[id])) {
        plan(run, id, policy->training_appointees_within - policy->training_months);
    }
}

/* Who is due before the next plan has been carried out, and stays long enough to make use of it. */
static bool is_due(const struct ech_run *run, const struct ech_person *person)
{
    const struct ech_training *training = &run->training[person - run->people];
    int cycle = ech_policy_county(run)->training_cycle;
    return person->presence == ECH_SERVING && person->track == ECH_ADMIN &&
           training->begin_month == ECH_NEVER && training->end_month == ECH_NEVER &&
           person->retire_month > run->month + 12 &&
           run->month + 12 - person->trained_month >= cycle;
}

enum { N_PRIORITIES = 3 };

/* Class of somebody in the order of the seats, the first best. */
static int priority_of(const struct ech_run *run, const struct ech_person *person)
{
    bool leads = person->post != ECH_NONE;
    bool chief = leads && ech_class_of(run, person->post) == ECH_CLASS_CHIEF;
    switch ((enum ech_training_priority)ech_policy_county(run)->training_priority) {
    case ECH_TRAIN_CHIEFS:
        return chief ? 0 : leads ? 1 : 2;
    case ECH_TRAIN_LEADERS:
        return leads ? 0 : 1;
    case ECH_TRAIN_ALL:
        break;
    }
    return 0;
}

/* Of those who are due everybody whose class may come to one of the seats. */
static int gather_due(struct ech_run *run, int64_t seats, struct ech_rank *ranks)
{
    int n_of[N_PRIORITIES] = {0};
    int n_due = 0;
    int n = 0;
    for (ech_id id = 0; id < run->n_people; id++) {
        if (is_due(run, &run->people[id])) {
            run->pool[n_due++] = id;
            n_of[priority_of(run, &run->people[id])]++;
        }
    }
    int last = 0; /* class that comes to a seat */
    for (int64_t before = n_of[0]; last + 1 < N_PRIORITIES && before < seats;) {
        before += n_of[++last];
    }
    for (int i = 0; i < n_due; i++) {
        const struct ech_person *person = &run->people[run->pool[i]];
        int priority = priority_of(run, person);
        if (priority <= last) {
            ranks[n++] = (struct ech_rank){
                .first = priority,
                .second = person->trained_month,
                .tie = ech_chance_bits(&run->chance, person->key, run->month, ECH_FOR_SEAT),
                .key = person->key,
                .id = run->pool[i]};
        }
    }
    return n;
}

/* The seats of the n-th year, so that fractions add up over the years. */
static int64_t seats_of(const struct ech_run *run)
{
    double seats = ech_policy_county(run)->training_seats;
    int year = (run->month + 11) / 12;
    return (int64_t)(floor(seats * year + 1e-9) - floor(seats * (year - 1) + 1e-9));
}

static void make_plan(struct ech_run *run)
{
    int64_t seats = seats_of(run);
    int n = seats > 0 ? gather_due(run, seats, run->ranks) : 0;
    int most = seats < n ? (int)seats : n;
    ech_rank_select(run->ranks, n, most);
    for (int i = 0; i < most; i++) {
        plan(run, run->ranks[i].id, 12);
    }
}

/* The month */

/* Whoever is seconded or in a village goes when he is back. */
static void hold_courses(struct ech_run *run, ech_id id)
{
    const struct ech_person *person = &run->people[id];
    if (run->training[id].end_month <= run->month) {
        end_course(run, id);
    }
    if (run->training[id].begin_month <= run->month && !ech_is_away(run, person) &&
        !ech_in_village(run, person) && !ech_is_in_training(run, person)) {
        begin_course(run, id);
    }
}

void ech_training_step(struct ech_run *run)
{
    const int *due = run->course_due;
    int n = run->n_courses + run->n_training > 0 ? run->n_people : 0;
    for (ech_id id = ech_due_next(due, 0, n, run->month); id < n;
         id = ech_due_next(due, id + 1, n, run->month)) {
        hold_courses(run, id);
    }
    if (ech_calendar_month(run) == ech_policy_county(run)->assessment_month) {
        make_plan(run);
    }
}

void ech_training_start(struct ech_run *run)
{
    const struct ech_params *policy = ech_policy_county(run);
    bool on = policy->training_seats > 0 || policy->training_appointees;
    for (ech_id id = 0; on && id < run->n_people; id++) {
        struct ech_person *person = &run->people[id];
        const struct ech_chance *chance = &run->initial_chance;
        double u = ech_chance_uniform(chance, person->key, 0, ECH_FOR_TRAINED_BEFORE);
        if (person->post != ECH_NONE && u < policy->initial_trained) {
            person->trained_month =
                -ech_chance_below(chance, person->key, 0, ECH_FOR_SEAT, policy->training_cycle);
            run->training[id].last = (uint8_t)drawn_course(run, chance, person);
        }
    }
}
