/* Ratings (考核等次): everybody's place in his pool, under the quotas of the rule. */
#include <string.h>

#include "model/assessment.h"
#include "model/events.h"
#include "model/key.h"
#include "model/pool.h"
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

/* Everybody who is assessed into run->pool, pool after pool; pool p ends at run->pool_end[p]. Gives the
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
            run->pool[run->pool_end[pool_of(run, &run->people[id])]++] = id;
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

/* What a pool is ordered by, the best first: smaller is better. */
static double value_of(const struct ech_assessed *mine, bool by_truth)
{
    return by_truth ? -mine->truth : -mine->score;
}

/* The people of a pool into run->ranks, the best first, by score or by truth. */
static const struct ech_rank *order_pool(const struct ech_run *run, const ech_id *members, int n,
                                         bool by_truth)
{
    for (int i = 0; i < n; i++) {
        run->ranks[i] = (struct ech_rank){.second = value_of(&run->assessed[members[i]], by_truth),
                                          .key = run->people[members[i]].key,
                                          .id = members[i]};
    }
    ech_rank_sort(run->ranks, n);
    sort_ties(run, run->ranks, n);
    return run->ranks;
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

/* Of the pool members[n]; the incompetent go before the basic, and they before the excellent. */
static struct quotas quotas_of(const struct ech_run *run, const ech_id *members, int n)
{
    const struct ech_params *county = ech_policy_county(run);
    double excellent = 0;
    for (int i = 0; i < n; i++) {
        ech_id unit = run->people[members[i]].unit;
        const struct ech_params *policy = ech_policy_unit(run, unit);
        excellent +=
            run->teams[unit].top ? policy->assessment_top_excellent : policy->assessment_excellent;
    }
    ech_key key = pool_key(run, &run->people[members[0]]);
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

/* Borders of a pool that is ordered by truth: who is before the one is among the best, who is not before
   the other among the lowest. Where equals stand at a border all are put in order. */
static void place_by_truth(struct ech_run *run, const ech_id *members, int n,
                           const struct quotas *quotas)
{
    for (int i = 0; i < n; i++) {
        run->values[i] = value_of(&run->assessed[members[i]], true);
    }
    double best = ech_rank_border(run->values, n, quotas->excellent);
    double lowest = ech_rank_border(run->values, n, n - quotas->lowest);
    bool clear = !isnan(best) && !isnan(lowest);
    const struct ech_rank *order = clear ? NULL : order_pool(run, members, n, true);
    for (int i = 0; i < n; i++) {
        struct ech_assessed *mine = &run->assessed[clear ? members[i] : order[i].id];
        double value = value_of(mine, true);
        mine->among_best = clear ? value < best : i < quotas->excellent;
        mine->among_lowest = clear ? !(value < lowest) : n - i <= quotas->lowest;
    }
}

static bool may_be_excellent(const struct ech_run *run, ech_id id)
{
    return run->month >= run->people[id].plain_until;
}

/* Ratings of a pool that is put in order. */
static void place_in_order(struct ech_run *run, const ech_id *members, int n, struct quotas quotas)
{
    const struct ech_rank *order = order_pool(run, members, n, false);
    for (int i = 0; i < n; i++) {
        ech_id id = order[i].id;
        enum ech_rating rating = rating_of(&quotas, n - i - 1, may_be_excellent(run, id));
        run->assessed[id].rating = (uint8_t)rating;
        quotas.excellent -= rating == ECH_RATING_EXCELLENT;
    }
}

/** Ratings begin at these values; NAN where numbers have to decide between equals. */
struct borders {
    double excellent; /* below it, whoever may be */
    double basic;     /* from there on */
    double incompetent;
};

static struct borders borders_of(struct ech_run *run, const ech_id *members, int n,
                                 const struct quotas *quotas)
{
    struct borders borders;
    double *values = run->values;
    int n_better = 0; /* than basic, and they may be excellent */
    for (int i = 0; i < n; i++) {
        values[i] = value_of(&run->assessed[members[i]], false);
    }
    borders.incompetent = ech_rank_border(values, n, n - quotas->incompetent);
    borders.basic = ech_rank_border(values, n, n - quotas->incompetent - quotas->basic);
    for (int i = 0; i < n; i++) {
        double value = value_of(&run->assessed[members[i]], false);
        values[n_better] = value;
        n_better += value < borders.basic && may_be_excellent(run, members[i]);
    }
    borders.excellent = ech_rank_border(values, n_better, quotas->excellent);
    return borders;
}

/* The ratings of a pool by their borders alone; where equals stand at one all are put in order. */
static void place_by_score(struct ech_run *run, const ech_id *members, int n,
                           const struct quotas *quotas)
{
    struct borders borders = borders_of(run, members, n, quotas);
    if (isnan(borders.excellent) || isnan(borders.basic) || isnan(borders.incompetent)) {
        place_in_order(run, members, n, *quotas);
        return;
    }
    for (int i = 0; i < n; i++) {
        struct ech_assessed *mine = &run->assessed[members[i]];
        double value = value_of(mine, false);
        bool excellent = value < borders.excellent && may_be_excellent(run, members[i]);
        mine->rating = (uint8_t)(!(value < borders.incompetent) ? ECH_RATING_INCOMPETENT
                                 : !(value < borders.basic)     ? ECH_RATING_BASIC
                                 : excellent                    ? ECH_RATING_EXCELLENT
                                                                : ECH_RATING_COMPETENT);
    }
}

static void rate_pools(struct ech_run *run)
{
    int n_pools = gather_pools(run);
    int from = 0;
    for (int pool = 0; pool < n_pools; pool++) {
        const ech_id *members = run->pool + from;
        int n = run->pool_end[pool] - from;
        if (n > 0) {
            struct quotas quotas = quotas_of(run, members, n);
            place_by_truth(run, members, n, &quotas);
            place_by_score(run, members, n, &quotas);
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

/* The newest of three ratings. The last, and whether all are excellent, decide who on the lists is ready. */
static void remember(struct ech_run *run, ech_id id, enum ech_rating rating)
{
    struct ech_person *person = &run->people[id];
    unsigned seen = ech_pool_rated(run, person);
    enum ech_rating last = (enum ech_rating)person->rating;
    bool was_excellent = ech_is_thrice_excellent(person);
    person->earlier_ratings[1] = person->earlier_ratings[0];
    person->earlier_ratings[0] = person->rating;
    person->rating = (uint8_t)rating;
    bool differs = last != rating || was_excellent != ech_is_thrice_excellent(person);
    if (differs && person->listed != ECH_UNLISTED) {
        ech_stocks_mark(run, id);
    }
    if (ech_pool_rated(run, person) != seen) {
        ech_pool_mark(run, id);
    }
}

static void book_rating(struct ech_run *run, ech_id id)
{
    const struct ech_person *person = &run->people[id];
    remember(run, id, (enum ech_rating)run->assessed[id].rating);
    if (run->sink == NULL) {
        return;
    }
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
