#include "input/pairs.h"

#include <stdlib.h>
#include <string.h>

#include "model/key.h"

/** A stretch of loading->assignments. */
struct range {
    int from;
    int to;
};

/** A month, and the last change that whoever is in office must put up with, if it spares some. */
struct moment {
    int month;
    int spared_after;
};

/** What posts a type has in a column. */
struct filled {
    bool some;
    bool serve_terms; /* some of them do */
};

/** Sets found so far, by their bytes. */
struct interning {
    struct ech_loading *loading;
    int *slot;    /* [n_slots] rows of scenario->sets, ECH_NONE: free */
    int n_slots;  /* a power of two */
    int capacity; /* of scenario->sets */
    bool full;
    const struct filled *filled; /* [type * n_columns + column] */
};

/* Finding assignments */

/** First assignment that does not come before (layer, target). */
static int first_at(const struct ech_loading *loading, enum ech_layer layer, ech_id target)
{
    int low = 0;
    int high = loading->n_assignments;
    while (low < high) {
        int middle = low + (high - low) / 2;
        const struct ech_assignment *it = &loading->assignments[middle];
        bool before = it->layer < layer || (it->layer == layer && it->target < target);
        low = before ? middle + 1 : low;
        high = before ? high : middle;
    }
    return low;
}

static struct range range_of(const struct ech_loading *loading, enum ech_layer layer, ech_id target)
{
    return (struct range){first_at(loading, layer, target), first_at(loading, layer, target + 1)};
}

/** Applies what a layer says of a target up to a moment. */
static void apply(const struct ech_loading *loading, struct ech_draft_set *set,
                  enum ech_layer layer, ech_id target, struct moment moment)
{
    struct range range = range_of(loading, layer, target);
    for (int i = range.from; i < range.to; i++) {
        const struct ech_assignment *assignment = &loading->assignments[i];
        bool spared = assignment->grandfather && assignment->from_month > moment.spared_after;
        if (assignment->from_month <= moment.month && !spared) { /* the latest comes last */
            ech_assign_apply(assignment, &set->params);
            set->by[assignment->row - ech_param_rows] = assignment;
        }
    }
}

/* Interning */

static ech_key hash_of(const struct ech_params *params)
{
    uint64_t words[(sizeof *params + 7) / 8] = {0};
    ech_key hash = 0;
    memcpy(words, params, sizeof *params);
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++) {
        hash = ech_key_mix(hash ^ words[i]) + i;
    }
    return hash;
}

static int slot_for(const struct interning *interning, const struct ech_params *params)
{
    const struct ech_params *sets = interning->loading->scenario->sets;
    int mask = interning->n_slots - 1;
    int slot = (int)(hash_of(params) & (ech_key)mask);
    while (interning->slot[slot] != ECH_NONE &&
           memcmp(&sets[interning->slot[slot]], params, sizeof *params) != 0) {
        slot = (slot + 1) & mask;
    }
    return slot;
}

/** Doubles the room for sets and the table of slots. */
static void grow(struct interning *interning)
{
    struct ech_scenario *scenario = interning->loading->scenario;
    int capacity = interning->capacity > 0 ? 2 * interning->capacity : 16;
    struct ech_params *sets =
        ech_arena_array(interning->loading->keep, (size_t)capacity, sizeof *sets);
    if (scenario->n_sets > 0) {
        memcpy(sets, scenario->sets, (size_t)scenario->n_sets * sizeof *sets);
    }
    scenario->sets = sets;
    interning->capacity = capacity;
    interning->n_slots = 4 * capacity;
    interning->slot = ech_arena_array(&interning->loading->scratch, (size_t)interning->n_slots,
                                      sizeof *interning->slot);
    for (int i = 0; i < interning->n_slots; i++) {
        interning->slot[i] = ECH_NONE;
    }
    for (int s = 0; s < scenario->n_sets; s++) {
        interning->slot[slot_for(interning, &scenario->sets[s])] = s;
    }
}

/** Row of a set; a new one is checked for contradictions. */
static int intern(struct interning *interning, const struct ech_draft_set *set)
{
    struct ech_scenario *scenario = interning->loading->scenario;
    if (scenario->n_sets == interning->capacity) {
        grow(interning);
    }
    int slot = slot_for(interning, &set->params);
    if (interning->slot[slot] != ECH_NONE) {
        return interning->slot[slot];
    }
    if (scenario->n_sets == ECH_MOST_SETS) {
        if (!interning->full) {
            ech_too_large(interning->loading,
                          ECH_BOTH("the number of different sets of parameters", "参数组合数"),
                          2 * (int64_t)ECH_MOST_SETS, ECH_MOST_SETS, sizeof set->params,
                          ech_mark_of_first(interning->loading));
        }
        interning->full = true;
        return 0;
    }
    ech_contradictions_check(interning->loading, set);
    scenario->sets[scenario->n_sets] = set->params;
    interning->slot[slot] = scenario->n_sets;
    return scenario->n_sets++;
}

/* Epochs */

/** Lays what a level says, and a kind of posts where the column is one, over a set. */
static void apply_column(const struct ech_loading *loading, struct ech_draft_set *set, int column,
                         struct moment moment)
{
    const struct ech_scenario *scenario = loading->scenario;
    ech_id kind = column - scenario->n_levels;
    apply(loading, set, ECH_LAYER_LEVEL, kind < 0 ? column : scenario->kinds[kind].level, moment);
    if (kind >= 0) {
        apply(loading, set, ECH_LAYER_KIND, kind, moment);
    }
}

/** What can be said of a set only with who has it: looked at for everybody, then interned. */
static int intern_for(struct interning *interning, const struct ech_draft_set *set, ech_id type,
                      int column)
{
    struct ech_loading *loading = interning->loading;
    const struct filled *filled = &interning->filled[type * loading->scenario->n_columns + column];
    ech_idle_note(loading, set);
    ech_shadow_note(loading, set, filled->some);
    if (filled->serve_terms) {
        ech_precedence_check_terms(loading, set);
    }
    return intern(interning, set);
}

/** Fills of_type[type * n_columns + column] with the sets of units that have none of their own. */
static void type_sets(struct interning *interning, struct moment moment, int *of_type)
{
    struct ech_loading *loading = interning->loading;
    const struct ech_scenario *scenario = loading->scenario;
    struct ech_draft_set everywhere = {.by = {NULL}, .from_month = moment.month};
    ech_params_default(&everywhere.params);
    apply(loading, &everywhere, ECH_LAYER_POLICY, ECH_NONE, moment);
    for (ech_id type = 0; type < scenario->n_types; type++) {
        struct ech_draft_set of_this = everywhere;
        apply(loading, &of_this, ECH_LAYER_TYPE, type, moment);
        for (int column = 0; column < scenario->n_columns; column++) {
            struct ech_draft_set set = of_this;
            apply_column(loading, &set, column, moment);
            of_type[type * scenario->n_columns + column] =
                intern_for(interning, &set, type, column);
        }
    }
}

/** Fills the sets of one unit that has assignments of its own. */
static void unit_sets(struct interning *interning, ech_id u, struct moment moment, int *sets)
{
    struct ech_loading *loading = interning->loading;
    const struct ech_scenario *scenario = loading->scenario;
    for (int column = 0; column < scenario->n_columns; column++) {
        struct ech_draft_set set = {.by = {NULL}, .from_month = moment.month};
        ech_params_default(&set.params);
        apply(loading, &set, ECH_LAYER_POLICY, ECH_NONE, moment);
        apply(loading, &set, ECH_LAYER_TYPE, scenario->units[u].type, moment);
        apply_column(loading, &set, column, moment);
        apply(loading, &set, ECH_LAYER_UNIT, u, moment);
        sets[column] = intern_for(interning, &set, scenario->units[u].type, column);
    }
}

/** Fills the sets of all units and columns for one cohort. */
static void cohort_sets(struct interning *interning, struct moment moment, int *of_type,
                        int *set_of)
{
    struct ech_loading *loading = interning->loading;
    const struct ech_scenario *scenario = loading->scenario;
    size_t n_columns = (size_t)scenario->n_columns;
    type_sets(interning, moment, of_type);
    for (ech_id u = 0; u < scenario->n_units; u++) {
        int *sets = set_of + (size_t)u * n_columns;
        struct range own = range_of(loading, ECH_LAYER_UNIT, u);
        if (scenario->units[u].type == ECH_NONE) {
            continue; /* reported */
        }
        if (own.from < own.to) {
            unit_sets(interning, u, moment, sets);
        } else {
            memcpy(sets, of_type + (size_t)scenario->units[u].type * n_columns,
                   n_columns * sizeof *sets);
        }
    }
}

/** How many of the changes that spare whoever is in office have come by a month. */
static int n_spared_by(const struct ech_scenario *scenario, int month)
{
    int n = 0;
    while (n < scenario->n_grandfathered && scenario->grandfathered[n] <= month) {
        n++;
    }
    return n;
}

static void make_epoch(struct interning *interning, int month, int *of_type)
{
    struct ech_scenario *scenario = interning->loading->scenario;
    size_t n = (size_t)scenario->n_units * (size_t)scenario->n_columns;
    struct ech_epoch *epoch = &scenario->epochs[scenario->n_epochs++];
    int n_spared = n_spared_by(scenario, month);
    epoch->from_month = month;
    epoch->n_cohorts = 1 + n_spared;
    epoch->set_of = ech_arena_array(interning->loading->keep, n * (size_t)epoch->n_cohorts,
                                    sizeof *epoch->set_of);
    for (int c = 0; c < epoch->n_cohorts && !interning->full; c++) {
        int left = n_spared - c; /* changes that this cohort did not escape */
        struct moment moment = {month, left > 0 ? scenario->grandfathered[left - 1] : 0};
        cohort_sets(interning, moment, of_type, epoch->set_of + (size_t)c * n);
    }
}

static int by_number(const void *a, const void *b)
{
    return *(const int *)a - *(const int *)b;
}

/** Sorts months[n] and leaves of equal ones the first; gives how many are left. */
static int sort_months(int *months, int n)
{
    int kept = 0;
    qsort(months, (size_t)n, sizeof *months, by_number);
    for (int i = 0; i < n; i++) {
        if (kept == 0 || months[i] != months[kept - 1]) {
            months[kept++] = months[i];
        }
    }
    return kept;
}

/** The months in which something changes, rising, the start among them; *n of them. */
static const int *epoch_months(struct ech_loading *loading, int *n)
{
    int *months =
        ech_arena_array(&loading->scratch, (size_t)loading->n_assignments + 1, sizeof *months);
    int all = 1; /* months[0] = 0: the start */
    for (int i = 0; i < loading->n_assignments; i++) {
        months[all++] = loading->assignments[i].from_month;
    }
    *n = sort_months(months, all);
    return months;
}

/** The months of changes that spare whoever is in office. */
static void find_grandfathered(struct ech_loading *loading)
{
    struct ech_scenario *scenario = loading->scenario;
    int n = 0;
    int *months = ech_arena_array(loading->keep, (size_t)loading->n_assignments, sizeof *months);
    for (int i = 0; i < loading->n_assignments; i++) {
        if (loading->assignments[i].grandfather) {
            months[n++] = loading->assignments[i].from_month;
        }
    }
    scenario->n_grandfathered = sort_months(months, n);
    scenario->grandfathered = months;
}

/** Kinds of posts have columns of their own where some policy tells them apart. */
static void lay_out_columns(struct ech_loading *loading)
{
    struct ech_scenario *scenario = loading->scenario;
    bool by_kind =
        first_at(loading, ECH_LAYER_KIND, 0) < first_at(loading, ECH_LAYER_UNIT, ECH_NONE);
    scenario->n_columns = scenario->n_levels + (by_kind ? scenario->n_kinds : 0);
    for (ech_id k = 0; k < scenario->n_kinds; k++) {
        struct ech_post_kind *kind = &scenario->kinds[k];
        kind->column = by_kind ? scenario->n_levels + k : kind->level;
    }
}

/** Which types have posts, by column. */
static const struct filled *find_filled(struct ech_loading *loading)
{
    const struct ech_scenario *scenario = loading->scenario;
    size_t n = (size_t)scenario->n_types * (size_t)scenario->n_columns;
    struct filled *filled = ech_arena_array(&loading->scratch, n + 1, sizeof *filled);
    for (ech_id post = 0; post < scenario->n_posts; post++) {
        const struct ech_post_kind *kind = &scenario->kinds[scenario->posts[post].kind];
        ech_id type = scenario->units[scenario->posts[post].unit].type;
        if (type != ECH_NONE) {
            struct filled *cell = &filled[type * scenario->n_columns + kind->column];
            cell->some = true;
            cell->serve_terms |= kind->term_bound;
        }
    }
    return filled;
}

void ech_policy_load(struct ech_loading *loading)
{
    struct ech_scenario *scenario = loading->scenario;
    int n_epochs = 0;
    ech_assignments_gather(loading);
    lay_out_columns(loading);
    find_grandfathered(loading);
    const int *months = epoch_months(loading, &n_epochs);
    int64_t cells = 0;
    for (int e = 0; e < n_epochs; e++) {
        int n_cohorts = 1 + n_spared_by(scenario, months[e]);
        cells += (int64_t)n_cohorts * scenario->n_units * scenario->n_columns;
    }
    if (cells > ECH_MOST_CELLS) {
        ech_too_large(
            loading,
            ECH_BOTH("units x levels and kinds x dates of change", "单位×级别与职位种类×变更日期"),
            cells, ECH_MOST_CELLS, sizeof(int), ech_mark_of_first(loading));
        return;
    }
    struct interning interning = {.loading = loading, .filled = find_filled(loading)};
    loading->uses = ech_arena_array(&loading->scratch, (size_t)loading->n_assignments + 1,
                                    sizeof *loading->uses);
    size_t n_pairs = (size_t)scenario->n_types * (size_t)scenario->n_columns;
    int *of_type = ech_arena_array(&loading->scratch, n_pairs, sizeof *of_type);
    scenario->epochs = ech_arena_array(loading->keep, (size_t)n_epochs, sizeof *scenario->epochs);
    for (int e = 0; e < n_epochs && !interning.full; e++) {
        make_epoch(&interning, months[e], of_type);
    }
    ech_idle_remark(loading);
    ech_shadow_remark(loading);
}
