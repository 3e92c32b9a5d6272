#include "model/careers.h"
#include "model/events.h"
#include "model/rank.h"
#include "model/reserve.h"
#include "model/steps.h"

/* What structure targets ask for, in the order in which they are met. */
enum trait { TRAIT_WOMAN, TRAIT_NONPARTY, TRAIT_YOUNG, N_TRAITS };
enum { YOUNG_AGE = 35 * 12 };

/* The candidates of one list, best first; a candidate is on it where his `listed` says so. */
struct list {
    const struct ech_rank *ranks; /* [n] */
    int n;
    int seats;
    enum ech_class class;
    int target[N_TRAITS]; /* people with each trait, */
    int count[N_TRAITS];  /* and those on the list */
};

/* People who may stand on a list of this class, by list; within it who stands there already comes
   first, then the better score of a yearly look at merit. */
static int rank_candidates(struct ech_run *run, enum ech_class class, const uint8_t *before,
                           struct ech_rank *ranks)
{
    bool pool = ech_policy_county(run)->reserve_county_pool;
    int n = 0;
    for (ech_id id = 0; id < run->n_people; id++) {
        const struct ech_person *person = &run->people[id];
        if (person->presence != ECH_SERVING || person->listed != ECH_UNLISTED ||
            !ech_reserve_may_be_listed(run, person, class)) {
            continue;
        }
        double validity = ech_policy_person(run, person)->selection_validity;
        double noise = ech_chance_normal(&run->chance, person->key, run->month, ECH_FOR_RESERVE);
        double score = validity * person->merit + sqrt(1 - validity * validity) * noise;
        int list = pool ? 0 : person->unit;
        ranks[n++] = (struct ech_rank){.first = list * 2 + (before[id] != (uint8_t) class),
                                       .second = -score,
                                       .key = person->key,
                                       .id = id};
    }
    ech_rank_sort(ranks, n);
    return n;
}

static bool has(const struct ech_run *run, ech_id id, enum trait trait)
{
    const struct ech_person *person = &run->people[id];
    switch (trait) {
    case TRAIT_WOMAN:
        return person->sex == ECH_FEMALE;
    case TRAIT_NONPARTY:
        return person->nonparty;
    case TRAIT_YOUNG:
        return run->month - person->birth_month < YOUNG_AGE;
    case N_TRAITS:
        break;
    }
    return false;
}

static bool is_on(const struct ech_run *run, const struct list *list, int i)
{
    return run->people[list->ranks[i].id].listed == (uint8_t)list->class;
}

static void put(struct ech_run *run, struct list *list, int i, bool on)
{
    ech_id id = list->ranks[i].id;
    run->people[id].listed = on ? (uint8_t)list->class : ECH_UNLISTED;
    for (int trait = 0; trait < N_TRAITS; trait++) {
        list->count[trait] += (on ? 1 : -1) * has(run, id, (enum trait)trait);
    }
}

/* Whether `out` may make room for `in` without undoing a target that was met before this one. */
static bool may_replace(const struct ech_run *run, const struct list *list, ech_id in, ech_id out,
                        enum trait trait)
{
    for (int earlier = 0; earlier < (int)trait; earlier++) {
        bool lost = has(run, out, (enum trait)earlier) && !has(run, in, (enum trait)earlier);
        if (lost && list->count[earlier] <= list->target[earlier]) {
            return false;
        }
    }
    return !has(run, out, trait);
}

/* The last of the list who may make room for candidate `in`, or ECH_NONE. */
static int who_makes_room(const struct ech_run *run, const struct list *list, int in,
                          enum trait trait)
{
    for (int out = list->n - 1; out >= 0; out--) {
        if (is_on(run, list, out) &&
            may_replace(run, list, list->ranks[in].id, list->ranks[out].id, trait)) {
            return out;
        }
    }
    return ECH_NONE;
}

static void meet_target(struct ech_run *run, struct list *list, enum trait trait)
{
    for (int in = 0; in < list->n && list->count[trait] < list->target[trait]; in++) {
        if (is_on(run, list, in) || !has(run, list->ranks[in].id, trait)) {
            continue;
        }
        int out = who_makes_room(run, list, in, trait);
        if (out != ECH_NONE) {
            put(run, list, out, false);
            put(run, list, in, true);
        }
    }
}

/* The first of the order fill the list; then, target by target, the best left out who have the trait
   take the places of the last on it who have not. */
static void choose(struct ech_run *run, struct list *list)
{
    const struct ech_params *policy = ech_policy_county(run);
    const double shares[N_TRAITS] = {policy->reserve_women_share, policy->reserve_nonparty_share,
                                     policy->reserve_young_share};
    int n = list->seats < list->n ? list->seats : list->n;
    for (int i = 0; i < n; i++) {
        put(run, list, i, true);
    }
    for (int trait = 0; trait < N_TRAITS; trait++) {
        list->target[trait] = (int)ceil(shares[trait] * n - 1e-9);
        meet_target(run, list, (enum trait)trait);
    }
}

static void tell(const struct ech_run *run, const struct list *list, const uint8_t *before)
{
    for (int i = 0; i < list->n; i++) {
        const struct ech_person *person = &run->people[list->ranks[i].id];
        if (is_on(run, list, i) && before[list->ranks[i].id] != person->listed) {
            struct ech_event event = ech_event_of(ECH_EV_RESERVE_IN, person->key);
            event.to_unit = person->unit;
            event.detail = ech_class_names[person->listed];
            ech_emit(run, event);
        }
    }
}

/* Places on the list of a unit, or in the pool: as many as the lists of all units have. */
static int seats_of(const struct ech_run *run, ech_id unit, enum ech_class class)
{
    const struct ech_params *policy = ech_policy_county(run);
    const struct ech_county *county = run->county;
    if (policy->reserve_supply == ECH_SUPPLY_UNLIMITED) {
        return run->n_people;
    }
    int seats = run->units[unit].needed[class];
    for (ech_id u = county->first_unit;
         policy->reserve_county_pool && u < county->first_unit + county->n_units; u++) {
        seats += u == unit ? 0 : run->units[u].needed[class];
    }
    return seats;
}

/* Whether any list of this class has a place; without reserves nobody is looked at. */
static bool has_seats(const struct ech_run *run, enum ech_class class)
{
    const struct ech_county *county = run->county;
    bool found = ech_policy_county(run)->reserve_supply == ECH_SUPPLY_UNLIMITED;
    for (ech_id unit = county->first_unit; unit < county->first_unit + county->n_units && !found;
         unit++) {
        found = run->units[unit].needed[class] > 0;
    }
    return found;
}

static void fill_lists(struct ech_run *run, enum ech_class class, const uint8_t *before)
{
    bool pool = ech_policy_county(run)->reserve_county_pool;
    int n = has_seats(run, class) ? rank_candidates(run, class, before, run->ranks) : 0;
    int from = 0;
    while (from < n) {
        ech_id unit = run->people[run->ranks[from].id].unit;
        int to = from + 1;
        while (to < n && (pool || run->people[run->ranks[to].id].unit == unit)) {
            to++;
        }
        struct list list = {.ranks = run->ranks + from,
                            .n = to - from,
                            .seats = seats_of(run, unit, class),
                            .class = class};
        choose(run, &list);
        tell(run, &list, before);
        from = to;
    }
}

/* Who is no longer on the list where he stood leaves it; who is on another one begins there. */
static void settle(struct ech_run *run, ech_id id, uint8_t before)
{
    struct ech_person *person = &run->people[id];
    uint8_t now = person->listed;
    if (person->presence != ECH_SERVING || now == before) {
        return;
    }
    if (before != ECH_UNLISTED) {
        person->listed = before;
        ech_unlist(run, id, "renewal");
        person->listed = now;
    }
    person->listed_month = run->month;
    ech_reserve_refresh(run, id);
}

void ech_reserve_step(struct ech_run *run)
{
    if (run->month % ech_policy_county(run)->reserve_renew_every != 0) {
        return;
    }
    uint8_t *before = run->listed_before;
    for (ech_id id = 0; id < run->n_people; id++) {
        before[id] = run->people[id].listed;
        run->people[id].listed = ECH_UNLISTED;
    }
    fill_lists(run, ECH_CLASS_CHIEF, before);
    fill_lists(run, ECH_CLASS_DEPUTY, before);
    for (ech_id id = 0; id < run->n_people; id++) {
        settle(run, id, before[id]);
    }
}
