#include "model/exits.h"

#include <float.h>
#include <limits.h>
#include <math.h>
#include <string.h>

#include "model/careers.h"
#include "model/due.h"
#include "model/hiring.h"
#include "model/leaving.h"
#include "model/outside.h"
#include "model/push.h"
#include "model/rank.h"
#include "model/reserve.h"
#include "model/wishes.h"

static double death_rate(const struct ech_run *run, int sex, int age)
{
    const struct ech_tables *tables = &run->scenario->tables;
    double factor = ech_policy_county(run)->exit_death_factor;
    if (!(factor > 0)) {
        return 0;
    }
    double q = tables->mortality_a[sex] +
               tables->mortality_b[sex] * exp(tables->mortality_c[sex] * (age - 40));
    return q < 1 ? -log1p(-q) * factor : DBL_MAX / 1e6;
}

void ech_exits_prepare(struct ech_run *run)
{
    ech_leaving_prepare(run);
    for (int sex = 0; sex < ECH_N_SEXES; sex++) {
        for (int age = 0; age < ECH_AGES; age++) {
            run->death_rate[sex][age] = death_rate(run, sex, age);
        }
    }
}

struct ech_rate_facts ech_rate_facts_of(const struct ech_run *run, const struct ech_person *person)
{
    int then = person->joined_month; /* 0 for the initial people */
    return (struct ech_rate_facts){
        .service = run->month - person->entry_month,
        .age = run->month - person->birth_month,
        .service_then = then - person->entry_month,
        .age_then = then - person->birth_month,
        .term = {[ECH_LOGIT_FEMALE] = person->sex == ECH_FEMALE,
                 [ECH_LOGIT_OUTSIDER] = person->outsider,
                 [ECH_LOGIT_NON_PARTY] = person->nonparty,
                 [ECH_LOGIT_BACHELOR] = person->education >= ECH_EDU_BACHELOR,
                 [ECH_LOGIT_REMOTE] = run->scenario->units[person->unit].remoteness}};
}

double ech_rate_for(const struct ech_run *run, const struct ech_person *person,
                    const struct ech_rate *rate, bool *is_probability)
{
    if (rate->by == ECH_BY_LOGIT) {
        struct ech_rate_facts facts = ech_rate_facts_of(run, person);
        return ech_rate_of(rate, &facts, is_probability);
    }
    return ech_rate_at(rate, run->month - person->entry_month, run->month - person->birth_month,
                       is_probability);
}

static double death_rate_at(const struct ech_run *run, const struct ech_person *person, int month)
{
    int years = (month - person->birth_month) / 12;
    return run->death_rate[person->sex][years < ECH_AGES ? years : ECH_AGES - 1];
}

/** What the risks of a month are made of besides the rates. */
struct conditions {
    double death;   /* hazard, 1/year */
    double factor;  /* on leaving by choice */
    bool any_month; /* push flows act in every month: a bound */
};

static struct ech_risks risks_with(const struct ech_run *run, const struct ech_person *person,
                                   const struct conditions *conditions)
{
    static const enum ech_cause causes[] = {ECH_CAUSE_RESIGN, ECH_CAUSE_UPWARD, ECH_CAUSE_OUTWARD};
    const struct ech_params *policy = ech_policy_person(run, person);
    const struct ech_rate *const rates[] = {&policy->exit_resign_rate, &policy->exit_upward_rate,
                                            &policy->exit_outward_rate};
    bool pushed = ech_is_pushed(run, person);
    struct ech_risks risks;
    risks.n = pushed ? ECH_N_CAUSES + run->scenario->n_levels : ECH_N_CAUSES;
    memset(risks.probability, 0, (size_t)risks.n * sizeof risks.probability[0]);
    memset(risks.rate, 0, (size_t)risks.n * sizeof risks.rate[0]);
    risks.rate[ECH_CAUSE_DEATH] = conditions->death;
    for (size_t i = 0; i < sizeof causes / sizeof causes[0]; i++) {
        bool is_probability;
        double value = ech_rate_for(run, person, rates[i], &is_probability);
        if (is_probability) {
            risks.probability[causes[i]] = value;
        } else {
            risks.rate[causes[i]] = value * conditions->factor;
        }
    }
    if (pushed) {
        struct ech_rate_facts facts = ech_rate_facts_of(run, person);
        ech_push_add(run, person, &facts, conditions->any_month, &risks);
    }
    return risks;
}

struct ech_risks ech_exit_risks(const struct ech_run *run, const struct ech_person *person)
{
    const struct conditions now = {.death = death_rate_at(run, person, run->month),
                                   .factor = ech_leaving_factor(run, person)};
    return risks_with(run, person, &now);
}

static void sums(const struct ech_risks *risks, double *probability, double *rate)
{
    *probability = 0;
    *rate = 0;
    for (int risk = 0; risk < risks->n; risk++) {
        *probability += risks->probability[risk];
        *rate += risks->rate[risk];
    }
}

double ech_exit_probability(const struct ech_risks *risks)
{
    double probability;
    double rate;
    sums(risks, &probability, &rate);
    return probability < 1 ? probability + (1 - probability) * -expm1(-rate / 12) : 1;
}

int ech_exit_risk(const struct ech_risks *risks, double v)
{
    double probability;
    double rate;
    sums(risks, &probability, &rate);
    double rest = probability < 1 ? 1 - probability : 0;
    double by_rate = rate > 0 ? rest * -expm1(-rate / 12) / rate : 0;
    double left = v * (probability < 1 ? ech_exit_probability(risks) : probability);
    int last = ECH_CAUSE_DEATH;
    for (int risk = 0; risk < risks->n; risk++) {
        double share = risks->probability[risk] + by_rate * risks->rate[risk];
        if (share > 0) {
            last = risk;
            left -= share;
        }
        if (share > 0 && left < 0) {
            break;
        }
    }
    return last;
}

int ech_rate_change(int month, const struct ech_rate *rate, const struct ech_person *person,
                    int now)
{
    if (rate->by == ECH_BY_LOGIT) {
        bool moves = rate->value[ECH_LOGIT_AGE] != 0 || rate->value[ECH_LOGIT_SERVICE] != 0;
        return moves && !rate->frozen ? now + 1 : month;
    }
    int origin = rate->by == ECH_BY_AGE ? person->birth_month : person->entry_month;
    for (int band = 0; band < rate->n_bands && rate->by != ECH_BY_NOTHING; band++) {
        ech_due_bring_forward(&month, origin + rate->from_month[band], now);
    }
    return month;
}

/* Month in which the bound changes next without an event: a bond ends, a band of a table begins. */
static int next_change(const struct ech_run *run, const struct ech_person *person)
{
    const struct ech_params *policy = ech_policy_person(run, person);
    int now = run->month;
    int next = ech_leaving_change(run, person);
    next = ech_rate_change(next, &policy->exit_resign_rate, person, now);
    next = ech_rate_change(next, &policy->exit_upward_rate, person, now);
    next = ech_rate_change(next, &policy->exit_outward_rate, person, now);
    return ech_is_pushed(run, person) ? ech_push_change(run, person, next) : next;
}

/* More than rounding can make of a bound, so that it is one. */
static const double rounding = 1 + 1e-9;

/* No word above it is an exit of somebody before the month in which he is looked at again: hazards at
   their largest, and R / 12 for the smaller 1 - exp(-R / 12). */
static uint64_t bound_of(const struct ech_run *run, const struct ech_person *person, double factor)
{
    double now = death_rate_at(run, person, run->month);
    double then = death_rate_at(run, person, run->month + ECH_BOUND_MONTHS);
    const struct conditions worst = {
        .death = now > then ? now : then, .factor = factor, .any_month = true};
    struct ech_risks risks = risks_with(run, person, &worst);
    double probability;
    double rate;
    sums(&risks, &probability, &rate);
    double most = (probability + (1 - probability) * rate / 12) * rounding;
    return ech_chance_threshold(probability < 1 && most < 1 ? most : 1);
}

void ech_exits_refresh(struct ech_run *run, ech_id id)
{
    const struct ech_person *person = &run->people[id];
    double factor = ech_leaving_bound(run, person);
    run->exit_threshold[id] = bound_of(run, person, factor);
    run->exit_key[id] = person->key;
    run->exit_refresh[id] = next_change(run, person);
    int retires = person->retire_month > run->month ? person->retire_month : run->month + 1;
    run->exit_refresh[id] = retires < run->exit_refresh[id] ? retires : run->exit_refresh[id];
    if (person->post != ECH_NONE) {
        run->performers[person->post].wish = ech_leaving_wish(run, person);
    }
    if (run->wishes_on) {
        run->wish_bound[id] = ech_wishes_bound(run, person, factor);
    }
}

/* Whether the draw of somebody below his bound hits him at his exact risks. */
static bool is_hit(const struct ech_run *run, ech_id id, const struct ech_risks *risks)
{
    return ech_chance_bits(&run->chance, run->people[id].key, run->month, ECH_FOR_EXIT) <
           ech_chance_threshold(ech_exit_probability(risks));
}

/* Who would go upward waits for the lots of the month. */
static void wish_upward(struct ech_run *run, ech_id id)
{
    ech_key key = run->people[id].key;
    run->ranks[run->n_wishing++] = (struct ech_rank){
        .tie = ech_chance_bits(&run->chance, key, run->month, ECH_FOR_SLOT), .key = key, .id = id};
}

/* By month m of a year of the run at most m / 12 of its slots are given, rounded up; the rest stay. */
static void give_slots(struct ech_run *run)
{
    double slots = ech_policy_county(run)->exit_upward_slots;
    int month = (run->month - 1) % 12 + 1;
    run->n_upward = month == 1 ? 0 : run->n_upward;
    if (run->n_wishing == 0) {
        return;
    }
    int64_t until_now = (ech_hiring_quota(run, slots) * month + 11) / 12;
    ech_rank_sort(run->ranks, run->n_wishing);
    for (int i = 0; i < run->n_wishing; i++) {
        ech_id id = run->ranks[i].id;
        if (run->n_upward < until_now) {
            run->n_upward++;
            ech_leave(run, id, ECH_CAUSE_UPWARD);
        } else {
            ech_count(run, ECH_M_upward_refused_NONE, 0, run->people[id].unit, 1);
        }
    }
}

/* The second number of somebody who is hit says what happens to him. */
static void decide(struct ech_run *run, ech_id id, const struct ech_risks *risks)
{
    double v = ech_chance_uniform(&run->chance, run->people[id].key, run->month, ECH_FOR_CAUSE);
    int risk = ech_exit_risk(risks, v);
    if (risk == ECH_CAUSE_UPWARD && isfinite(ech_policy_county(run)->exit_upward_slots)) {
        wish_upward(run, id);
    } else if (risk < ECH_N_CAUSES) {
        ech_leave(run, id, (enum ech_cause)risk);
    } else if (run->people[id].moved_month != run->month) { /* nobody moves twice in a month */
        ech_push(run, id, risk - ECH_N_CAUSES);
    }
}

/* Somebody's risks change this month or he retires; the latter goes into run->pool, n_due of them. */
static void look_after(struct ech_run *run, ech_id id, int *n_due)
{
    const struct ech_person *person = &run->people[id];
    if (person->presence != ECH_SERVING) {
        return;
    }
    if (person->joined_month < run->month) {
        ech_exits_refresh(run, id);
    } else {
        run->exit_key[id] = person->key; /* other draws of this month ask for it */
    }
    if (person->retire_month <= run->month) {
        run->pool[(*n_due)++] = id;
    }
}

/* Looks after everybody whose month has come; gives the number of those who retire. */
static int look_after_all(struct ech_run *run)
{
    const int *due = run->exit_refresh;
    int n = run->n_people;
    int n_due = 0;
    for (ech_id id = ech_due_next(due, 0, n, run->month); id < n;
         id = ech_due_next(due, id + 1, n, run->month)) {
        look_after(run, id, &n_due);
    }
    return n_due;
}

/* Everybody who served at the end of last month faces exactly one draw; of a hundred one is below his
   bound. */
static void random_exits(struct ech_run *run)
{
    int n = ech_chance_hits(&run->chance, run->month, ECH_FOR_EXIT, run->exit_key,
                            run->exit_threshold, run->n_people, run->lively);
    for (int i = 0; i < n; i++) {
        ech_id id = run->lively[i];
        const struct ech_person *person = &run->people[id];
        if (person->presence == ECH_SERVING && person->joined_month < run->month) {
            struct ech_risks risks = ech_exit_risks(run, person);
            if (is_hit(run, id, &risks)) {
                decide(run, id, &risks);
            }
        }
    }
}

/* The n-th window of a month has a number of its own for everybody. */
static bool is_drawn_away(const struct ech_run *run, const struct ech_person *person,
                          const struct ech_dated_event *event, int n)
{
    int age = (run->month - person->birth_month) / 12;
    if (person->presence != ECH_SERVING || person->joined_month >= run->month ||
        person->track != event->track || age < event->age_from || age > event->age_to) {
        return false;
    }
    bool bound = run->month <= person->bond_end;
    double share =
        event->share * (bound ? 1 - ech_policy_person(run, person)->bond_enforcement : 1);
    ech_key key = n == 0 ? person->key : ech_key_pair(person->key, (uint64_t)n);
    return ech_chance_bits(&run->chance, key, run->month, ECH_FOR_WINDOW) <
           ech_chance_threshold(share);
}

static void exam_windows(struct ech_run *run)
{
    int n = 0;
    for (int e = 0; e < run->scenario->n_events; e++) {
        const struct ech_dated_event *event = &run->scenario->events[e];
        if (event->kind != ECH_EVENT_EXAM_WINDOW || event->month != run->month) {
            continue;
        }
        int number = n++;
        for (ech_id id = 0; id < run->n_people; id++) {
            if (is_drawn_away(run, &run->people[id], event, number)) {
                ech_leave(run, id, event->cause);
            }
        }
    }
}

/* Limits act in the month in which they are reached, after the random exits. */
static void retire(struct ech_run *run, int n_due)
{
    for (int i = 0; i < n_due; i++) {
        if (run->people[run->pool[i]].presence == ECH_SERVING) {
            ech_leave(run, run->pool[i], ECH_CAUSE_RETIRE);
        }
    }
}

void ech_exits_step(struct ech_run *run)
{
    run->n_wishing = 0;
    int n_due = look_after_all(run);
    random_exits(run);
    give_slots(run);
    exam_windows(run);
    retire(run, n_due);
    ech_reserve_drop_out(run);
}
