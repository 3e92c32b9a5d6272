/* Ratings (考核等次): everybody's place in his pool, under the quotas of the rule. */
#include <stdlib.h>

#include "model/assessment.h"
#include "model/events.h"
#include "model/key.h"

/** Pools of an assessment, leaders and people without a post apart. */
enum pool { POOL_UNIT, POOL_TYPE, POOL_COUNTY };

/* A number of the pool: people of one pool have the same. */
static int pool_of(const struct ech_run *run, const struct ech_person *person)
{
    const struct ech_params *policy = ech_policy_county(run);
    const struct ech_scenario *scenario = run->scenario;
    bool leads = person->post != ECH_NONE;
    int n_pools = scenario->n_units + scenario->n_types + 1;
    int pool = leads ? 0 : n_pools;
    switch ((enum pool)(leads ? policy->assessment_pool : policy->assessment_staff_pool)) {
    case POOL_UNIT:
        return pool + person->unit;
    case POOL_TYPE:
        return pool + scenario->n_units + scenario->units[person->unit].type;
    case POOL_COUNTY:
        break;
    }
    return pool + n_pools - 1;
}

/* Identity of a pool: that of the unit or county, or of the county and type, and whether it leads. */
static ech_key pool_key(const struct ech_run *run, const struct ech_person *person)
{
    const struct ech_params *policy = ech_policy_county(run);
    const struct ech_unit *unit = &run->scenario->units[person->unit];
    bool leads = person->post != ECH_NONE;
    ech_key key = run->county->key;
    switch ((enum pool)(leads ? policy->assessment_pool : policy->assessment_staff_pool)) {
    case POOL_UNIT:
        key = unit->key;
        break;
    case POOL_TYPE:
        key = ech_key_pair(key, ech_key_of(run->scenario->types[unit->type].id, NULL));
        break;
    case POOL_COUNTY:
        break;
    }
    return ech_key_pair(key, leads);
}

/* Everybody who is assessed by pool, the best first, by score or by truth; gives their number. */
static int order_people(const struct ech_run *run, bool by_truth)
{
    int n = 0;
    for (ech_id id = 0; id < run->n_people; id++) {
        const struct ech_assessed *mine = &run->assessed[id];
        const struct ech_person *person = &run->people[id];
        if (mine->assessed) {
            run->ranks[n++] = (struct ech_rank){
                .first = pool_of(run, person),
                .second = by_truth ? -mine->truth : -mine->score,
                .tie = ech_chance_bits(&run->chance, person->key, run->month, ECH_FOR_RATING_TIE),
                .key = person->key,
                .id = id};
        }
    }
    qsort(run->ranks, (size_t)n, sizeof *run->ranks, ech_rank_compare);
    return n;
}

/** Numbers of one pool. */
struct quotas {
    int excellent;   /* at most */
    int basic;       /* next above the incompetent */
    int incompetent; /* from the lowest on */
    int lowest;      /* by truth */
};

/* A share of n, rounded down with a number of its own, so that it is exact in the mean. */
static int rounded(double share, int n, double u)
{
    return (int)(share * n + u);
}

static int smaller(int a, int b)
{
    return a < b ? a : b;
}

/* Of the pool in ranks[from ... until - 1]; the incompetent go before the basic, and they before the
   excellent. */
static struct quotas quotas_of(const struct ech_run *run, int from, int until)
{
    const struct ech_params *county = ech_policy_county(run);
    int n = until - from;
    double excellent = 0;
    for (int i = from; i < until; i++) {
        ech_id unit = run->people[run->ranks[i].id].unit;
        const struct ech_params *policy = ech_policy_unit(run, unit);
        excellent +=
            run->teams[unit].top ? policy->assessment_top_excellent : policy->assessment_excellent;
    }
    ech_key key = pool_key(run, &run->people[run->ranks[from].id]);
    double u = ech_chance_uniform(&run->chance, key, run->month, ECH_FOR_LOW_TAIL);
    int low = smaller(rounded(county->assessment_incompetent + county->assessment_basic, n, u), n);
    int incompetent = smaller(rounded(county->assessment_incompetent, n, u), low);
    int lowest = (int)(county->assessment_lowest * n + 1e-9);
    return (struct quotas){.excellent = smaller((int)(excellent + 1e-9), n - low),
                           .incompetent = incompetent,
                           .basic = low - incompetent,
                           .lowest = lowest > 0 ? lowest : 1};
}

static int end_of_pool(const struct ech_run *run, int from, int n)
{
    int until = from;
    while (until < n && !(run->ranks[until].first > run->ranks[from].first)) {
        until++;
    }
    return until;
}

/* Of somebody with so many of his pool behind him; whoever may be excellent is so while there are places. */
static enum ech_rating rating_of(const struct quotas *quotas, int behind, bool may_be_excellent)
{
    if (behind < quotas->incompetent) {
        return ECH_RATING_INCOMPETENT;
    }
    if (behind < quotas->incompetent + quotas->basic) {
        return ECH_RATING_BASIC;
    }
    return may_be_excellent && quotas->excellent > 0 ? ECH_RATING_EXCELLENT : ECH_RATING_COMPETENT;
}

/* What truth says is the same whatever the ratings say. */
static void place_by_truth(struct ech_run *run)
{
    int n = order_people(run, true);
    for (int from = 0, until; from < n; from = until) {
        until = end_of_pool(run, from, n);
        struct quotas quotas = quotas_of(run, from, until);
        for (int i = from; i < until; i++) {
            struct ech_assessed *mine = &run->assessed[run->ranks[i].id];
            mine->among_lowest = until - i <= quotas.lowest;
            mine->among_best = i - from < quotas.excellent;
        }
    }
}

static void place_by_score(struct ech_run *run)
{
    int n = order_people(run, false);
    for (int from = 0, until; from < n; from = until) {
        until = end_of_pool(run, from, n);
        struct quotas quotas = quotas_of(run, from, until);
        for (int i = from; i < until; i++) {
            ech_id id = run->ranks[i].id;
            bool may_be_excellent = run->month >= run->people[id].plain_until;
            enum ech_rating rating = rating_of(&quotas, until - i - 1, may_be_excellent);
            run->assessed[id].rating = (uint8_t)rating;
            quotas.excellent -= rating == ECH_RATING_EXCELLENT;
        }
    }
}

static void count_rating(struct ech_run *run, const struct ech_person *person,
                         const struct ech_assessed *mine)
{
    const struct ech_params *policy = ech_policy_county(run);
    bool excellent = mine->rating == ECH_RATING_EXCELLENT;
    ech_count(run, ECH_M_ratings_RATING, mine->rating, person->unit, 1);
    ech_count(run, ECH_M_excellent_NONE, 0, person->unit, excellent);
    ech_count(run, ECH_M_excellent_right_NONE, 0, person->unit, excellent && mine->among_best);
    if (excellent) {
        ech_count(run, ECH_M_cost_bonus_NONE, 0, person->unit,
                  ech_micro(policy->assessment_bonus * (policy->assessment_double ? 2 : 1)));
    }
}

/* The newest of three ratings. */
static void remember(struct ech_person *person, enum ech_rating rating)
{
    person->earlier_ratings[1] = person->earlier_ratings[0];
    person->earlier_ratings[0] = person->rating;
    person->rating = (uint8_t)rating;
}

static void book_rating(struct ech_run *run, ech_id id)
{
    struct ech_person *person = &run->people[id];
    remember(person, (enum ech_rating)run->assessed[id].rating);
    struct ech_event event = ech_event_of(ECH_EV_RATING, person->key);
    event.cause = ech_rating_names[person->rating];
    event.from_unit = person->unit;
    event.from_post = person->post;
    event.from_level = person->level;
    ech_emit(run, event);
}

void ech_assessment_rate(struct ech_run *run)
{
    place_by_truth(run);
    place_by_score(run);
    for (ech_id id = 0; id < run->n_people; id++) {
        if (run->assessed[id].assessed) {
            count_rating(run, &run->people[id], &run->assessed[id]);
            book_rating(run, id);
        } else if (run->people[id].presence == ECH_SERVING &&
                   ech_is_left_unrated(run, &run->people[id])) {
            remember(&run->people[id], ECH_RATING_NONE);
        }
    }
}
