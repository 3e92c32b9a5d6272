/* Initial people: blocks of margins, resolved by county and checked against the places. */
#include <stdlib.h>
#include <string.h>

#include "input/margins.h"
#include "model/key.h"

enum { MOST_BLOCKS = 1000000 };

/** Places that blocks may fill: leading posts, staff places of each track, units with free head count. */
enum { POOL_POSTS, POOL_STAFF, POOL_FREE = POOL_STAFF + ECH_N_TRACKS, N_POOLS };

/** Numbers by pool and type of one county; type n_types stands for all types together. */
struct pools {
    int n_types;
    int64_t *capacity; /* [N_POOLS * (n_types + 1)] */
    int64_t *claimed;  /* likewise; in column n_types the blocks without a type */
    int64_t *seated;   /* likewise: places that people given one by one hold */
};

static int64_t *cell(const struct pools *pools, int64_t *numbers, int pool, ech_id type)
{
    int column = type == ECH_NONE ? pools->n_types : type;
    return &numbers[pool * (pools->n_types + 1) + column];
}

static int pool_of(const struct ech_block *block)
{
    if (block->fill == ECH_FILL_FREE) {
        return POOL_FREE;
    }
    return block->fill == ECH_FILL_POSTS ? POOL_POSTS : POOL_STAFF + (int)block->track;
}

/** Places of a unit that blocks may fill, by pool. Staff of the file beyond the places of staff hold
    those of vacant posts. */
static void count_unit(const struct ech_unit *unit, const struct ech_seated *seated,
                       int64_t places[N_POOLS])
{
    int staff_places = unit->establishment[ECH_ADMIN] - unit->n_posts;
    staff_places = staff_places > 0 ? staff_places : 0;
    int left = staff_places - seated->staff[ECH_ADMIN];
    places[POOL_POSTS] = unit->n_posts - seated->leaders + (left < 0 ? left : 0);
    places[POOL_STAFF + ECH_ADMIN] = left > 0 ? left : 0;
    places[POOL_FREE] = unit->free ? ECH_MOST_PLACES : 0;
    places[POOL_STAFF + ECH_INSTITUTION] =
        unit->establishment[ECH_INSTITUTION] - seated->staff[ECH_INSTITUTION];
}

static void count_pools(const struct ech_scenario *scenario, const struct ech_county *county,
                        const struct ech_seated *seated, struct pools *pools)
{
    const struct ech_seated nobody = {0};
    size_t n = (size_t)(N_POOLS * (pools->n_types + 1));
    memset(pools->capacity, 0, n * sizeof *pools->capacity);
    memset(pools->claimed, 0, n * sizeof *pools->claimed);
    memset(pools->seated, 0, n * sizeof *pools->seated);
    for (int u = county->first_unit; u < county->first_unit + county->n_units; u++) {
        const struct ech_unit *unit = &scenario->units[u];
        int64_t places[N_POOLS];
        int64_t all[N_POOLS];
        count_unit(unit, &nobody, all);
        count_unit(unit, seated != NULL ? &seated[u] : &nobody, places);
        for (int p = 0; p < N_POOLS; p++) {
            *cell(pools, pools->capacity, p, unit->type) += places[p];
            *cell(pools, pools->capacity, p, ECH_NONE) += places[p];
            *cell(pools, pools->seated, p, unit->type) += all[p] - places[p];
            *cell(pools, pools->seated, p, ECH_NONE) += all[p] - places[p];
        }
    }
}

/** People that blocks of this pool and type (ECH_NONE: any) have been given so far. */
static int64_t claimed(const struct pools *pools, int pool, ech_id type)
{
    int64_t sum = 0;
    if (type != ECH_NONE) {
        return *cell(pools, pools->claimed, pool, type);
    }
    for (ech_id t = ECH_NONE; t < pools->n_types; t++) {
        sum += *cell(pools, pools->claimed, pool, t);
    }
    return sum;
}

/* Reading blocks */

static void read_spans(struct ech_margins *margins, struct ech_block *block)
{
    const struct ech_node *entry = margins->entry;
    ech_margins_span(margins, "service", &block->service_from, &block->service_to);
    ech_margins_span(margins, "level_time", &block->level_from, &block->level_to);
    ech_margins_span(margins, "post_time", &block->post_from, &block->post_to);
    const struct ech_node *post_time = ech_node_child(entry, "post_time");
    if (post_time != NULL && block->fill != ECH_FILL_POSTS) {
        ech_fail(
            margins->loading->error, ECH_ERR_CONFLICT,
            (struct ech_facts){.what = "post_time",
                               .value = block->fill == ECH_FILL_FREE ? "fill: free" : "fill: staff",
                               .hint = ECH_BOTH("staff hold no post", "非领导人员没有职位"),
                               .at = post_time->at});
    }
    if (block->age_at_entry && ech_node_child(entry, "service") == NULL) {
        ech_missing(margins->loading, "service",
                    ECH_BOTH("a block with age_at_entry", "设有 age_at_entry 的组"), entry->at);
    }
}

/** A block of units with free head count says how many and at which level; other blocks may not. */
static void read_free(struct ech_margins *margins, struct ech_block *block)
{
    struct ech_loading *loading = margins->loading;
    struct ech_node *level = ech_node_child(margins->entry, "level");
    bool is_free = block->fill == ECH_FILL_FREE;
    if (is_free && block->count == ECH_NONE) {
        ech_missing(loading, "count", block->id, margins->entry->at);
        margins->entry->bad = true;
    }
    if (!is_free && level != NULL) {
        ech_fail(loading->error, ECH_ERR_CONFLICT,
                 (struct ech_facts){.what = "level",
                                    .value = "fill",
                                    .hint = ECH_BOTH("only blocks with fill: free name a level",
                                                     "仅 fill: free 的组可指定级别"),
                                    .at = level->at});
    }
    if (is_free && level != NULL) {
        block->level = ech_row_of(loading, &loading->level_rows, level, ECH_WORD_LEVEL);
        margins->entry->bad |= block->level == ECH_NONE;
    }
}

/** Reads one block for one county; false when it is too wrong to go on with. */
static bool read_block(struct ech_margins *margins, ech_id county, struct ech_block *block)
{
    struct ech_loading *loading = margins->loading;
    const struct ech_node *entry = margins->entry;
    struct ech_node *type = ech_node_child(entry, "type");
    const char *id = ech_keep(loading, ech_node_child(entry, "id")->text);
    *block = (struct ech_block){
        .id = id,
        .key = ech_key_of(loading->scenario->counties[county].id,
                          ech_arena_format(&loading->scratch, "block:%s", id)),
        .fill = (enum ech_block_fill)ech_child_number(entry, "fill", ECH_FILL_POSTS),
        .track = (enum ech_track)ech_child_number(entry, "track", ECH_ADMIN),
        .type = ECH_NONE,
        .county = county,
        .count = (int)ech_child_number(entry, "count", ECH_NONE),
        .age_at_entry = ech_child_number(entry, "age_at_entry", 0) != 0,
        .women = (int)ech_child_number(entry, "women", 0),
        .non_party = (int)ech_child_number(entry, "non_party", 0),
        .outsiders = (int)ech_child_number(entry, "outsiders", 0),
        .bond = (int)ech_child_number(entry, "bond", 0),
        .at = {ech_keep(loading, entry->at.file), entry->at.line, entry->at.column}};
    read_spans(margins, block);
    read_free(margins, block);
    if (type != NULL) {
        block->type = ech_row_of(loading, &loading->type_rows, type, ECH_WORD_TYPE);
    }
    return !entry->bad && (type == NULL || block->type != ECH_NONE);
}

/** Reports what every block needs, once for all counties. */
static void require_keys(struct ech_loading *loading, const struct ech_node *entry)
{
    static const char *const keys[] = {"fill", "ages"};
    for (int i = 0; i < 2; i++) {
        if (ech_node_child(entry, keys[i]) == NULL) {
            ech_missing(loading, keys[i], ech_node_child(entry, "id")->text, entry->at);
        }
    }
}

/* One county */

/** Row of the county that an entry names; ECH_NONE: every county. False when it is unknown. */
static bool county_named(struct ech_loading *loading, const struct ech_node *entry, ech_id *county)
{
    struct ech_node *node = ech_node_child(entry, "county");
    *county = ECH_NONE;
    if (node == NULL) {
        return true;
    }
    *county = ech_row_of(loading, &loading->county_rows, node, ECH_BOTH("county", "县（区）"));
    return *county != ECH_NONE;
}

static bool is_of_county(struct ech_loading *loading, const struct ech_node *entry, ech_id county)
{
    ech_id named = ECH_NONE;
    return ech_child_scalar(entry, "id") != NULL && county_named(loading, entry, &named) &&
           (named == ECH_NONE || named == county);
}

/** Gives blocks without a count what the others leave of their places. */
static void resolve_counts(const struct ech_scenario *scenario, struct pools *pools,
                           struct ech_block *blocks, int n)
{
    for (int b = 0; b < n; b++) {
        if (blocks[b].count != ECH_NONE) {
            *cell(pools, pools->claimed, pool_of(&blocks[b]), blocks[b].type) += blocks[b].count;
        }
    }
    for (int b = 0; b < n; b++) {
        struct ech_block *block = &scenario->blocks[blocks[b].turn];
        if (block->count == ECH_NONE) {
            int pool = pool_of(block);
            int64_t left = *cell(pools, pools->capacity, pool, block->type) -
                           claimed(pools, pool, block->type);
            block->count = left > 0 ? (int)left : 0;
            *cell(pools, pools->claimed, pool, block->type) += block->count;
        }
    }
}

/** True if no block after block b draws on the same places. */
static bool is_last_of_pool(const struct ech_block *blocks, int n, int b)
{
    for (int i = b + 1; i < n; i++) {
        if (pool_of(&blocks[i]) == pool_of(&blocks[b]) && blocks[i].type == blocks[b].type) {
            return false;
        }
    }
    return true;
}

/** What the file of people takes of these places, as a hint; NULL: nothing. */
static const char *hint_of_seated(struct ech_loading *loading, int64_t n)
{
    const char *path = loading->people_path;
    return n > 0 ? ech_arena_format(
                       &loading->scratch,
                       ECH_BOTH("people in %s hold %lld more", "%s 中的人员另占 %lld 个"), path,
                       (long long)n, path, (long long)n)
                 : NULL;
}

/** Records blocks that together fill more than there is, at the last of them. */
static void check_pools(struct ech_loading *loading, const struct pools *pools,
                        const struct ech_block *blocks, int n)
{
    for (int b = 0; b < n; b++) {
        int pool = pool_of(&blocks[b]);
        ech_id type = blocks[b].type;
        int64_t places = *cell(pools, pools->capacity, pool, type);
        int64_t people = claimed(pools, pool, type);
        if (people > places && is_last_of_pool(blocks, n, b)) {
            struct ech_arena *arena = &loading->scratch;
            const char *id = blocks[b].id;
            ech_fail(
                loading->error, ECH_ERR_MARGIN,
                (struct ech_facts){
                    .what = ech_arena_format(arena, ECH_BOTH("block '%s'", "组 '%s'"), id, id),
                    .value = ech_arena_format(
                        arena,
                        ECH_BOTH("%lld people with the other blocks of these places",
                                 "与同类的组合计 %lld 人"),
                        (long long)people, (long long)people),
                    .allowed = ech_arena_format(arena,
                                                ECH_BOTH("at most %lld, the places that there are",
                                                         "至多 %lld（实有职位或编制数）"),
                                                (long long)places, (long long)places),
                    .hint = hint_of_seated(loading, *cell(pools, pools->seated, pool, type)),
                    .at = blocks[b].at});
        }
    }
}

/** Posts before staff, one type before all, then by id: whatever the order in the files. */
static int by_turn(const void *a, const void *b)
{
    const struct ech_block *x = *(const struct ech_block *const *)a;
    const struct ech_block *y = *(const struct ech_block *const *)b;
    int differ = pool_of(x) - pool_of(y);
    differ = differ != 0 ? differ : (x->type == ECH_NONE) - (y->type == ECH_NONE);
    return differ != 0 ? differ : strcmp(x->id, y->id);
}

/** Fills the turns of the n blocks of a county. */
static void order_blocks(struct ech_loading *loading, struct ech_block *blocks, int n)
{
    const struct ech_block **order = ech_arena_array(&loading->scratch, (size_t)n, sizeof *order);
    for (int b = 0; b < n; b++) {
        order[b] = &blocks[b];
    }
    if (n > 0) {
        qsort(order, (size_t)n, sizeof *order, by_turn);
    }
    for (int b = 0; b < n; b++) {
        blocks[b].turn = (int)(order[b] - loading->scenario->blocks);
    }
}

static void load_county(struct ech_loading *loading, struct pools *pools, ech_id c, bool sure)
{
    struct ech_scenario *scenario = loading->scenario;
    struct ech_county *county = &scenario->counties[c];
    const struct ech_node *list =
        ech_child_list(ech_child_map(loading->merged, "initial"), "blocks");
    struct ech_block *blocks = scenario->blocks + scenario->n_blocks;
    struct ech_margins *margins =
        ech_arena_array(&loading->scratch, (size_t)list->n, sizeof *margins);
    bool all_good = sure && !loading->county_bad;
    int n = 0;
    for (struct ech_node *entry = ech_entry(list->first); entry != NULL;
         entry = ech_entry(entry->next)) {
        if (is_of_county(loading, entry, c)) {
            margins[n] = (struct ech_margins){.loading = loading, .entry = entry};
            all_good &= read_block(&margins[n], c, &blocks[n]);
            n++;
        }
    }
    county->first_block = scenario->n_blocks;
    order_blocks(loading, blocks, n);
    county->n_blocks = n;
    scenario->n_blocks += n;
    count_pools(scenario, county, loading->seated, pools);
    resolve_counts(scenario, pools, blocks, n);
    for (int b = 0; b < n; b++) {
        ech_margins_fill(&margins[b], &blocks[b],
                         all_good || ech_child_scalar(margins[b].entry, "count") != NULL);
    }
    if (all_good) {
        check_pools(loading, pools, blocks, n);
    }
    ech_margins_limits(loading, c, all_good);
}

/** Number of blocks over all counties; reports what entries lack. */
static int64_t count_blocks(struct ech_loading *loading, const struct ech_node *list)
{
    int64_t n = 0;
    for (struct ech_node *entry = ech_entry(list->first); entry != NULL;
         entry = ech_entry(entry->next)) {
        ech_id county = ECH_NONE;
        if (ech_child_scalar(entry, "id") != NULL) {
            require_keys(loading, entry);
            bool known = county_named(loading, entry, &county);
            n += !known ? 0 : county == ECH_NONE ? loading->scenario->n_counties : 1;
        }
    }
    return n;
}

void ech_initial_load(struct ech_loading *loading)
{
    struct ech_scenario *scenario = loading->scenario;
    const struct ech_node *initial = ech_child_map(loading->merged, "initial");
    const struct ech_node *list = ech_child_list(initial, "blocks");
    bool sure = ech_roster_load(loading);
    if (list == NULL) {
        for (ech_id c = 0; c < scenario->n_counties; c++) {
            ech_margins_limits(loading, c, sure && !loading->county_bad);
        }
        return;
    }
    int64_t n_blocks = count_blocks(loading, list);
    if (n_blocks > MOST_BLOCKS) {
        ech_fail(loading->error, ECH_ERR_TOO_LARGE,
                 (struct ech_facts){.what = ECH_BOTH("blocks x counties", "组×县"),
                                    .value = "> 1000000",
                                    .allowed = "1000000",
                                    .at = list->at});
        return;
    }
    scenario->blocks = ech_arena_array(loading->keep, (size_t)n_blocks, sizeof *scenario->blocks);
    struct pools pools = {.n_types = scenario->n_types};
    size_t n_cells = (size_t)(N_POOLS * (pools.n_types + 1));
    pools.capacity = ech_arena_array(&loading->scratch, n_cells, sizeof *pools.capacity);
    pools.claimed = ech_arena_array(&loading->scratch, n_cells, sizeof *pools.claimed);
    pools.seated = ech_arena_array(&loading->scratch, n_cells, sizeof *pools.seated);
    for (ech_id c = 0; c < scenario->n_counties; c++) {
        load_county(loading, &pools, c, sure);
    }
}
