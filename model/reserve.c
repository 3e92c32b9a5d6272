#include "model/reserve.h"

#include <string.h>

#include "model/careers.h"
#include "model/eligibility.h"
#include "model/exits.h"
#include "model/pool.h"
#include "model/stocks.h"

/* People needed on a unit's list of a class: ratio x posts, rounded up. */
static int people_needed(const struct ech_run *run, ech_id unit, enum ech_class class)
{
    const struct ech_params *policy = ech_policy_county(run);
    double ratio =
        class == ECH_CLASS_CHIEF ? policy->reserve_chief_ratio : policy->reserve_deputy_ratio;
    return (int)ceil(ratio * run->units[unit].n_posts[class] - 1e-9);
}

/* Levels whose people are in the running for a post: its own and the next below. */
static unsigned levels_for(const struct ech_run *run, ech_id post)
{
    ech_id level = ech_kind_of(run, post)->level;
    return 1U << level | (level > 0 ? 1U << (level - 1) : 0);
}

static void prepare_unit(struct ech_run *run, ech_id unit)
{
    const struct ech_unit *facts = &run->scenario->units[unit];
    struct ech_unit_state *state = &run->units[unit];
    memset(state->n_posts, 0, sizeof state->n_posts);
    memset(state->reserve_levels, 0, sizeof state->reserve_levels);
    for (ech_id post = facts->first_post; post < facts->first_post + facts->n_posts; post++) {
        enum ech_class class = ech_class_of(run, post);
        state->n_posts[class]++;
        state->reserve_levels[class] |= levels_for(run, post);
    }
    for (int class = 0; class < ECH_N_CLASSES; class ++) {
        state->needed[class] = people_needed(run, unit, (enum ech_class) class);
    }
}

/* Finds among run->asking who asks the same as a post, but for homes; NULL: nobody yet. */
static struct ech_asking *asking_like(struct ech_run *run, ech_id post)
{
    for (int i = 0; i < run->n_asking; i++) {
        ech_id other = run->asking[i].post;
        if (ech_kind_of(run, other)->level == ech_kind_of(run, post)->level &&
            run->asks[other] == run->asks[post]) {
            return &run->asking[i];
        }
    }
    return NULL;
}

/* Homes bar nobody from a pool whose posts ask for him in two units: one of them is not his home. */
static void ask(struct ech_run *run, ech_id post)
{
    ech_id unit = run->scenario->posts[post].unit;
    struct ech_asking *asking = asking_like(run, post);
    if (asking == NULL) {
        run->asking[run->n_asking++] = (struct ech_asking){.post = post, .unit = unit};
    } else if (asking->unit != unit) {
        asking->unit = ECH_NONE;
    }
}

/* In one pool of the county everybody's lists are those of all units. */
static void share_levels(struct ech_run *run)
{
    const struct ech_county *county = run->county;
    struct ech_unit_state *first = &run->units[county->first_unit];
    for (int class = 0; class < ECH_N_CLASSES; class ++) {
        unsigned levels = 0;
        for (int i = 0; i < county->n_units; i++) {
            levels |= first[i].reserve_levels[class];
        }
        for (int i = 0; i < county->n_units; i++) {
            first[i].reserve_levels[class] = levels;
        }
    }
}

void ech_reserve_prepare(struct ech_run *run)
{
    const struct ech_county *county = run->county;
    bool pool = ech_policy_county(run)->reserve_county_pool;
    for (ech_id unit = county->first_unit; unit < county->first_unit + county->n_units; unit++) {
        prepare_unit(run, unit);
    }
    run->n_asking = 0;
    for (ech_id post = county->first_post; pool && post < county->first_post + county->n_posts;
         post++) {
        ask(run, post);
    }
    if (pool) {
        share_levels(run);
    }
}

/* Whether somebody is in the running for a post of this class. */
static bool runs_for(const struct ech_run *run, const struct ech_person *person, ech_id post,
                     enum ech_class class)
{
    return ech_class_of(run, post) == class &&
           ech_is_candidate(run, person, ech_kind_of(run, post));
}

static bool suits(const struct ech_run *run, const struct ech_person *person,
                  struct ech_asking asking, enum ech_class class, int ahead)
{
    if (!runs_for(run, person, asking.post, class)) {
        return false;
    }
    struct ech_demand demand = ech_demand_of(run, asking.post);
    demand.unit = asking.unit;
    demand.ahead = ahead;
    return ech_eligibility_failed(run, person, &demand) == 0;
}

static bool is_chief(const struct ech_run *run, const struct ech_person *person)
{
    return person->post != ECH_NONE && ech_class_of(run, person->post) == ECH_CLASS_CHIEF;
}

/* Posts that may ask for him: of the pool, or of his unit, where posts of one kind stand together and
   ask the same. Institution staff have no list, and a chief is nobody's reserve. */
static int n_asking(const struct ech_run *run, const struct ech_person *person)
{
    if (person->track != ECH_ADMIN || is_chief(run, person)) {
        return 0;
    }
    return run->n_asking > 0 ? run->n_asking : run->scenario->units[person->unit].n_posts;
}

/* The i-th of these; without a post if it asks what the one before it asks. */
static struct ech_asking asking_at(const struct ech_run *run, const struct ech_person *person,
                                   int i)
{
    if (run->n_asking > 0) {
        return run->asking[i];
    }
    ech_id post = run->scenario->units[person->unit].first_post + i;
    bool seen = i > 0 && run->scenario->posts[post].kind == run->scenario->posts[post - 1].kind;
    return (struct ech_asking){.post = seen ? ECH_NONE : post, .unit = person->unit};
}

bool ech_reserve_qualifies(const struct ech_run *run, const struct ech_person *person,
                           enum ech_class class, int ahead)
{
    int n = n_asking(run, person);
    bool found = false;
    for (int i = 0; i < n && !found; i++) {
        struct ech_asking asking = asking_at(run, person, i);
        found = asking.post != ECH_NONE && suits(run, person, asking, class, ahead);
    }
    return found;
}

int ech_reserve_change(const struct ech_run *run, const struct ech_person *person,
                       enum ech_class class)
{
    int n = n_asking(run, person);
    int next = ECH_NEVER;
    for (int i = 0; i < n; i++) {
        ech_id post = asking_at(run, person, i).post;
        if (post != ECH_NONE && runs_for(run, person, post, class)) {
            struct ech_demand demand = ech_demand_of(run, post);
            int change = ech_eligibility_change(run, person, &demand);
            next = change < next ? change : next;
        }
    }
    return next;
}

/* Who waited in vain for the longest time stays off the lists until he comes to another post or level. */
static bool has_timed_out(const struct ech_person *person)
{
    return person->timed_out_month > person->level_month &&
           (person->post == ECH_NONE || person->timed_out_month > person->post_month);
}

bool ech_reserve_may_be_listed(const struct ech_run *run, const struct ech_person *person,
                               enum ech_class class)
{
    const struct ech_params *policy = ech_policy_county(run);
    int age = run->month - person->birth_month;
    if ((run->units[person->unit].reserve_levels[class] >> person->level & 1) == 0) {
        return false;
    }
    /* The limit is an age in completed years: with 45 somebody of 45 and eleven months is listed. */
    if (policy->reserve_max_age < ECH_NEVER && age >= policy->reserve_max_age + 12) {
        return false;
    }
    return !has_timed_out(person) && !ech_is_rated_below(person, policy->reserve_min_rating) &&
           ech_reserve_qualifies(run, person, class, policy->reserve_within);
}

double ech_reserve_growth(const struct ech_run *run, const struct ech_person *person)
{
    bool on_list = person->listed != ECH_UNLISTED;
    int months = person->tempered_months + (on_list ? run->month - person->listed_month : 0);
    return ech_policy_county(run)->reserve_growth * months / 12;
}

static bool waiting_acts(const struct ech_run *run)
{
    return ech_policy_county(run)->reserve_expectation > 1;
}

int ech_reserve_impatient_from(const struct ech_run *run, const struct ech_person *person)
{
    if (person->listed == ECH_UNLISTED || !waiting_acts(run)) {
        return ECH_LONG_AGO;
    }
    return person->listed_month + ech_policy_county(run)->reserve_patience + 1;
}

double ech_reserve_impatience(const struct ech_run *run, const struct ech_person *person)
{
    bool impatient =
        person->listed != ECH_UNLISTED && run->month >= ech_reserve_impatient_from(run, person);
    return impatient ? ech_policy_county(run)->reserve_expectation : 1;
}

void ech_reserve_refresh(struct ech_run *run, ech_id id)
{
    ech_stocks_mark(run, id);
    if (run->asked.list) {
        ech_pool_mark(run, id);
    }
    if (waiting_acts(run)) {
        run->exit_refresh[id] = ECH_LONG_AGO;
    }
}

static bool drops_out(const struct ech_run *run, const struct ech_person *person,
                      const struct ech_rate *rate)
{
    bool is_probability;
    double value = ech_rate_for(run, person, rate, &is_probability);
    double p = ech_rate_monthly(value, is_probability);
    return ech_chance_bits(&run->chance, person->key, run->month, ECH_FOR_DROPOUT) <
           ech_chance_threshold(p);
}

void ech_reserve_drop_out(struct ech_run *run)
{
    const struct ech_params *policy = ech_policy_county(run);
    bool off = ech_rate_is_off(&policy->reserve_dropout);
    if (off && policy->reserve_max_time >= ECH_NEVER && policy->reserve_min_rating == 0) {
        return;
    }
    for (ech_id id = 0; id < run->n_people; id++) {
        struct ech_person *person = &run->people[id];
        if (person->presence != ECH_SERVING || person->listed == ECH_UNLISTED) {
            continue;
        }
        if (ech_is_rated_below(person, policy->reserve_min_rating)) {
            ech_unlist(run, id, "rating");
        } else if (!off && drops_out(run, person, &policy->reserve_dropout)) {
            ech_unlist(run, id, "dropout");
        } else if (run->month - person->listed_month >= policy->reserve_max_time) {
            person->timed_out_month = run->month;
            ech_unlist(run, id, "max_time");
        }
    }
}
