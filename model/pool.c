#include "model/pool.h"

/* Bits of run->suited: one for each set under which openings that have looked before may still find
   somebody, and one for who became a candidate since. */
enum { ALL_SETS = (1 << ECH_MAX_LEVEL_SETS) - 1, IS_NEW = 1 << ECH_MAX_LEVEL_SETS };

/* Row of the opening's set of values among those noted; ECH_NONE if there was no room. */
static int row_of_set(const struct ech_run *run, ech_id level, const struct ech_params *policy)
{
    for (int i = 0; i < run->n_level_sets[level]; i++) {
        if (policy == &run->scenario->sets[run->level_sets[level][i]]) {
            return i;
        }
    }
    return ECH_NONE;
}

/* Distinct sets of the posts of a county at one level in one epoch, as far as there is room. */
static int count_sets(const struct ech_scenario *scenario, const struct ech_county *county,
                      int epoch, ech_id level)
{
    const struct ech_params *seen[ECH_MAX_LEVEL_SETS];
    int n = 0;
    for (ech_id post = county->first_post; post < county->first_post + county->n_posts; post++) {
        const struct ech_post_kind *kind = &scenario->kinds[scenario->posts[post].kind];
        const struct ech_params *policy =
            ech_scenario_params(scenario, epoch, scenario->posts[post].unit, kind->column);
        int i = 0;
        while (i < n && seen[i] != policy) {
            i++;
        }
        if (kind->level == level && i == n && n < ECH_MAX_LEVEL_SETS) {
            seen[n++] = policy;
        }
    }
    return n;
}

int ech_pool_most_sets(const struct ech_scenario *scenario)
{
    int most = 0;
    int n_combinations = scenario->n_counties * scenario->n_epochs * scenario->n_levels;
    for (int i = 0; i < n_combinations; i++) {
        int epoch = i / scenario->n_levels % scenario->n_epochs;
        int county = i / scenario->n_levels / scenario->n_epochs;
        int n = count_sets(scenario, &scenario->counties[county], epoch, i % scenario->n_levels);
        most = n > most ? n : most;
    }
    return most;
}

/* Became a candidate for posts of this level since last month. */
static bool is_new(const struct ech_run *run, const struct ech_person *person, ech_id level)
{
    int recent = run->month - 1;
    return person->joined_month >= recent || person->level_month >= recent ||
           (person->level == level && person->post_month >= recent);
}

/* Who has stepped down is out of the running for good, and told so once. */
static void collect_lively(struct ech_run *run)
{
    run->n_lively = 0;
    for (int new = IS_NEW; new >= 0; new -= IS_NEW) {
        for (int i = 0; i < run->n_pool; i++) {
            ech_id id = run->pool[i];
            if (run->suited[id] != 0 && (run->suited[id] & IS_NEW) == new &&
                !run->people[id].stepped_down) {
                run->lively[run->n_lively++] = id;
            }
        }
        run->n_new = new == IS_NEW ? run->n_lively : run->n_new;
    }
    run->lively_is_old = false;
}

/* The highest role (lowest number) of any kind of post at a level. */
static enum ech_role top_role(const struct ech_run *run, ech_id level)
{
    enum ech_role top = ECH_ROLE_MEMBER;
    for (int k = 0; k < run->scenario->n_kinds; k++) {
        const struct ech_post_kind *kind = &run->scenario->kinds[k];
        if (kind->level == level && kind->role < top) {
            top = kind->role;
        }
    }
    return top;
}

void ech_pool_collect(struct ech_run *run, ech_id level)
{
    enum ech_role top = top_role(run, level);
    run->n_pool = 0;
    run->known_sets = 0;
    for (ech_id id = 0; id < run->n_people; id++) {
        const struct ech_person *person = &run->people[id];
        if (person->presence != ECH_SERVING || person->track != ECH_ADMIN ||
            person->level > level || person->level + 1 < level) {
            continue;
        }
        bool lateral = person->level == level;
        if (lateral && !person->stepped_down &&
            (person->post == ECH_NONE ? !person->fallen
                                      : ech_kind_of(run, person->post)->role <= top)) {
            continue;
        }
        run->pool[run->n_pool++] = id;
        run->suited[id] = is_new(run, person, level) ? IS_NEW : 0;
        if (run->n_level_sets[level] == ECH_MAX_LEVEL_SETS) {
            run->suited[id] |= ALL_SETS; /* perhaps of a set that had no room */
        }
    }
    run->lively_is_old = true;
}

static bool may_be_found(const struct ech_run *run, const struct ech_person *person,
                         const struct ech_demand *demand, unsigned failed)
{
    bool unlisted = demand->policy->reserve_use == ECH_RESERVE_REQUIRED &&
                    person->listed == ECH_UNLISTED && person->level < demand->kind->level;
    bool waivable = demand->policy->selection_nobody == ECH_NOBODY_RELAX &&
                    ech_exception_possible(run, person, demand, failed);
    return (failed == 0 || waivable) && !unlisted;
}

/* Clauses that do not depend on the unit, for everybody in the pool. */
static void note_failed(struct ech_run *run, const struct ech_opening *opening)
{
    struct ech_demand demand = opening->demand;
    unsigned *failed = run->failed + (size_t)opening->set * (size_t)run->capacity;
    demand.unit = ECH_NONE;
    for (int i = 0; i < run->n_pool; i++) {
        ech_id id = run->pool[i];
        const struct ech_person *person = &run->people[id];
        failed[id] = ech_eligibility_failed(run, person, &demand);
        if (may_be_found(run, person, &demand, failed[id])) {
            run->suited[id] |= (uint16_t)(1U << opening->set);
        }
    }
    run->known_sets |= 1U << opening->set;
    run->lively_is_old = true;
}

void ech_pool_set(struct ech_run *run, struct ech_opening *opening)
{
    opening->set = opening->has_source /* then it looks beyond the pool */
                       ? ECH_NONE
                       : row_of_set(run, opening->demand.kind->level, opening->demand.policy);
    opening->suits = opening->set == ECH_NONE ? ALL_SETS : 1U << opening->set;
    opening->suits |= IS_NEW;
    if (opening->set != ECH_NONE && (run->known_sets >> opening->set & 1U) == 0) {
        note_failed(run, opening);
    }
    if (opening->again && run->lively_is_old) {
        collect_lively(run);
    }
}

unsigned ech_pool_failed(const struct ech_run *run, const struct ech_opening *opening,
                         const struct ech_person *person)
{
    if (opening->set == ECH_NONE) {
        return ech_eligibility_failed(run, person, &opening->demand);
    }
    size_t row = (size_t)opening->set * (size_t)run->capacity;
    return run->failed[row + (size_t)(person - run->people)] |
           ech_eligibility_failed_home(run, person, &opening->demand);
}

int ech_pool_of(const struct ech_run *run, const struct ech_opening *opening, const ech_id **people)
{
    *people = opening->again ? run->lively : run->pool;
    return opening->again ? run->n_lively : run->n_pool;
}
