/* Ratings (考核等次): everybody's place in his pool, under the quotas of the rule. */
#include <float.h>
#include <string.h>

#include "model/assessment.h"
#include "model/events.h"
#include "model/key.h"
#include "model/rank.h"
#include "model/stocks.h"

/** Pools of an assessment, leaders and people without a post apart. */
enum pool { POOL_UNIT, POOL_TYPE, POOL_COUNTY };

int ech_rating_pools(const struct ech_scenario *scenario)
{
    return 2 * (scenario->n_units + scenario->n_types + 1);
}

/* A number of the pool: people of one pool have the same. */
static int pool_of(const struct ech_run *run, const struct ech_person *person)
{
    const struct ech_params *policy = ech_policy_county(run);
    const struct ech_scenario *scenario = run->scenario;
    bool leads = person->post != ECH_NONE;
    int half = ech_rating_pools(scenario) / 2;
    int pool = leads ? 0 : half;
    switch ((enum pool)(leads ? policy->assessment_pool : policy->assessment_staff_pool)) {
    case POOL_UNIT:
        return pool + person->unit;
    case POOL_TYPE:
        return pool + scenario->n_units + scenario->units[person->unit].type;
    case POOL_COUNTY:
        break;
    }
    return pool + half - 1;
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

/* Everybody who is assessed into run->ranks, pool after pool; pool p ends at run->pool_end[p]. Gives the
   number of pools. */
static int gather_pools(struct ech_run *run)
{
    int n_pools = ech_rating_pools(run->scenario);
    int n = 0;
    memset(run->pool_end, 0, (size_t)n_pools * sizeof *run->pool_end);
    for (ech_id id = 0; id < run->n_people; id++) {
        if (run->assessed[id].assessed) {
            run->pool_end[pool_of(run, &run->people[id])]++;
        }
    }
    for (int pool = 0; pool < n_pools; pool++) { /* first where each begins */
        int size = run->pool_end[pool];
        run->pool_end[pool] = n;
        n += size;
    }
    for (ech_id id = 0; id < run->n_people; id++) {
        if (run->assessed[id].assessed) {
            int at = run->pool_end[pool_of(run, &run->people[id])]++;
            run->ranks[at] = (struct ech_rank){.key = run->people[id].key, .id = id};
        }
    }
    return n_pools;
}

/* Sorts who has the same score by a number of his own, which is drawn for nobody else. */
static void sort_ties(const struct ech_run *run, struct ech_rank *ranks, int n)
{
    for (int from = 0, until; from < n; from = until) {
        for (until = from + 1; until < n && !(ranks[until].second > ranks[from].second);) {
            until++;
        }
        if (until - from == 1) {
            continue;
        }
        for (int i = from; i < until; i++) {
            ranks[i].tie =
                ech_chance_bits(&run->chance, ranks[i].key, run->month, ECH_FOR_RATING_TIE);
        }
        ech_rank_sort(ranks + from, until - from);
    }
}

static void take_values(const struct ech_run *run, struct ech_rank *ranks, int n, bool by_truth)
{
    for (int i = 0; i < n; i++) {
        const struct ech_assessed *mine = &run->assessed[ranks[i].id];
        ranks[i].second = by_truth ? -mine->truth : -mine->score;
        ranks[i].tie = 0;
    }
}

/* The people of a pool, the best first, by score or by truth. */
static void order_pool(const struct ech_run *run, struct ech_rank *ranks, int n, bool by_truth)
{
    take_values(run, ranks, n, by_truth);
    ech_rank_sort(ranks, n);
    sort_ties(run, ranks, n);
}

/* Whether nobody of the first has the same value as anybody of the rest. */
static bool is_clear_cut(const struct ech_rank *ranks, int n, int n_first)
{
    double last = -DBL_MAX;
    for (int i = 0; i < n_first; i++) {
        last = ranks[i].second > last ? ranks[i].second : last;
    }
    for (int i = n_first; i < n; i++) {
        if (!(ranks[i].second > last)) {
            return false;
        }
    }
    return true;
}

/* The best by truth to the front, the lowest to the end, which may overlap; where numbers have to
   decide between equals all are sorted. */
static void part_pool(const struct ech_run *run, struct ech_rank *ranks, int n, int n_best,
                      int n_lowest)
{
    int n_rest = n - n_lowest;
    take_values(run, ranks, n, true);
    ech_rank_select(ranks, n, n_best);
    if (n_rest > n_best) {
        ech_rank_select(ranks + n_best, n - n_best, n_rest - n_best);
    } else {
        ech_rank_select(ranks, n_best, n_rest);
    }
    if (!is_clear_cut(ranks, n, n_best) || !is_clear_cut(ranks, n, n_rest)) {
        order_pool(run, ranks, n, true);
    }
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

/* Of the pool of ranks[n]; the incompetent go before the basic, and they before the excellent. */
static struct quotas quotas_of(const struct ech_run *run, const struct ech_rank *ranks, int n)
{
    const struct ech_params *county = ech_policy_county(run);
    double excellent = 0;
    for (int i = 0; i < n; i++) {
        ech_id unit = run->people[ranks[i].id].unit;
        const struct ech_params *policy = ech_policy_unit(run, unit);
        excellent +=
            run->teams[unit].top ? policy->assessment_top_excellent : policy->assessment_excellent;
    }
    ech_key key = pool_key(run, &run->people[ranks[0].id]);
    double u = ech_chance_uniform(&run->chance, key, run->month, ECH_FOR_LOW_TAIL);
    int low = smaller(rounded(county->assessment_incompetent + county->assessment_basic, n, u), n);
    int incompetent = smaller(rounded(county->assessment_incompetent, n, u), low);
    int lowest = (int)(county->assessment_lowest * n + 1e-9);
    return (struct quotas){.excellent = smaller((int)(excellent + 1e-9), n - low),
                           .incompetent = incompetent,
                           .basic = low - incompetent,
                           .lowest = lowest > 0 ? lowest : 1};
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
static void place_by_truth(struct ech_run *run, struct ech_rank *ranks, int n,
                           const struct quotas *quotas)
{
    part_pool(run, ranks, n, quotas->excellent, quotas->lowest);
    for (int i = 0; i < n; i++) {
        struct ech_assessed *mine = &run->assessed[ranks[i].id];
        mine->among_lowest = n - i <= quotas->lowest;
        mine->among_best = i < quotas->excellent;
    }
}

static void place_by_score(struct ech_run *run, struct ech_rank *ranks, int n, struct quotas quotas)
{
    order_pool(run, ranks, n, false);
    for (int i = 0; i < n; i++) {
        ech_id id = ranks[i].id;
        bool may_be_excellent = run->month >= run->people[id].plain_until;
        enum ech_rating rating = rating_of(&quotas, n - i - 1, may_be_excellent);
        run->assessed[id].rating = (uint8_t)rating;
        quotas.excellent -= rating == ECH_RATING_EXCELLENT;
    }
}

static void rate_pools(struct ech_run *run)
{
    int n_pools = gather_pools(run);
    int from = 0;
    for (int pool = 0; pool < n_pools; pool++) {
        struct ech_rank *ranks = run->ranks + from;
        int n = run->pool_end[pool] - from;
        if (n > 0) {
            struct quotas quotas = quotas_of(run, ranks, n);
            place_by_truth(run, ranks, n, &quotas);
            place_by_score(run, ranks, n, quotas);
        }
        from = run->pool_end[pool];
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

/* The newest of three ratings, on which it depends who is ready. */
static void remember(struct ech_run *run, ech_id id, enum ech_rating rating)
{
    struct ech_person *person = &run->people[id];
    person->earlier_ratings[1] = person->earlier_ratings[0];
    person->earlier_ratings[0] = person->rating;
    person->rating = (uint8_t)rating;
    if (person->listed != ECH_UNLISTED) { /* ratings decide who is ready */
        ech_stocks_mark(run, id);
    }
}

static void book_rating(struct ech_run *run, ech_id id)
{
    const struct ech_person *person = &run->people[id];
    remember(run, id, (enum ech_rating)run->assessed[id].rating);
    struct ech_event event = ech_event_of(ECH_EV_RATING, person->key);
    event.cause = ech_rating_names[person->rating];
    event.from_unit = person->unit;
    event.from_post = person->post;
    event.from_level = person->level;
    ech_emit(run, event);
}

void ech_assessment_rate(struct ech_run *run)
{
    rate_pools(run);
    for (ech_id id = 0; id < run->n_people; id++) {
        if (run->assessed[id].assessed) {
            count_rating(run, &run->people[id], &run->assessed[id]);
            book_rating(run, id);
        } else if (run->people[id].presence == ECH_SERVING &&
                   ech_is_left_unrated(run, &run->people[id])) {
            remember(run, id, ECH_RATING_NONE);
        }
    }
}
