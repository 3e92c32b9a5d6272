/* Levels, types, kinds of posts and counties. */
#include <stdlib.h>
#include <string.h>

#include "input/loading.h"
#include "model/key.h"

/**
 * Counts the entries of a merged list that have an id and enters these into `rows`, numbered by
 * their order; reports a list that is missing or too long.
 */
static int index_list(struct ech_loading *loading, const char *key, struct ech_names *rows,
                      int most, const char *most_text)
{
    const struct ech_node *list = ech_child_list(loading->merged, key);
    int n = 0;
    struct ech_node *entry = list != NULL ? ech_entry(list->first) : NULL;
    for (; entry != NULL; entry = ech_entry(entry->next)) {
        const struct ech_node *id = ech_child_scalar(entry, "id");
        loading->county_bad |= id == NULL;
        if (id != NULL && ech_names_add(rows, id->text, n, &loading->scratch) == n) {
            n++;
        }
        if (n > most) {
            ech_fail(
                loading->error, ECH_ERR_TOO_LARGE,
                (struct ech_facts){.what = key,
                                   .value = ech_arena_format(&loading->scratch, "> %s", most_text),
                                   .allowed = most_text,
                                   .at = entry->at});
            loading->county_bad = true;
            return most;
        }
    }
    loading->county_bad |= list == NULL || list->n == 0;
    return n;
}

/** Reports a list that every scenario needs. */
static void require_list(struct ech_loading *loading, const char *key)
{
    const struct ech_node *node = ech_node_child(loading->merged, key);
    if (node == NULL || (node->kind == ECH_NODE_LIST && node->n == 0)) {
        ech_missing_list(loading, key);
    }
}

/** The entry of a merged list that has row `row`. */
static struct ech_node *entry_of(struct ech_node *entry, const struct ech_names *rows, int row)
{
    for (entry = ech_entry(entry); entry != NULL; entry = ech_entry(entry->next)) {
        const struct ech_node *id = ech_child_scalar(entry, "id");
        if (id != NULL && ech_names_find(rows, id->text) == row) {
            return entry;
        }
    }
    return NULL;
}

static void load_levels(struct ech_loading *loading)
{
    struct ech_scenario *scenario = loading->scenario;
    const struct ech_node *list = ech_child_list(loading->merged, "levels");
    require_list(loading, "levels");
    scenario->n_levels = index_list(loading, "levels", &loading->level_rows, ECH_MAX_LEVELS, "12");
    scenario->levels =
        ech_arena_array(loading->keep, (size_t)scenario->n_levels, sizeof *scenario->levels);
    for (int i = 0; i < scenario->n_levels; i++) {
        const struct ech_node *entry = entry_of(list->first, &loading->level_rows, i);
        const char *id = ech_keep(loading, ech_node_child(entry, "id")->text);
        scenario->levels[i] =
            (struct ech_level){id, ech_keep_words(loading, ech_node_child(entry, "title"), id)};
    }
}

static void load_types(struct ech_loading *loading)
{
    struct ech_scenario *scenario = loading->scenario;
    const struct ech_node *list = ech_child_list(loading->merged, "types");
    require_list(loading, "types");
    scenario->n_types = index_list(loading, "types", &loading->type_rows, ECH_MOST_TYPES, "1000");
    scenario->types =
        ech_arena_array(loading->keep, (size_t)scenario->n_types, sizeof *scenario->types);
    for (int i = 0; i < scenario->n_types; i++) {
        const struct ech_node *entry = entry_of(list->first, &loading->type_rows, i);
        const char *id = ech_keep(loading, ech_node_child(entry, "id")->text);
        scenario->types[i] = (struct ech_unit_type){
            .id = id,
            .title = ech_keep_words(loading, ech_node_child(entry, "title"), id),
            .base_level = ech_child_number(entry, "base_level", 0) != 0};
    }
}

/** Level of a kind; reported when it is missing or unknown. */
static ech_id level_of(struct ech_loading *loading, const struct ech_node *entry)
{
    struct ech_node *level = ech_node_child(entry, "level");
    if (level == NULL) {
        ech_missing(loading, "level", ech_node_child(entry, "id")->text, entry->at);
        return ECH_NONE;
    }
    return ech_row_of(loading, &loading->level_rows, level, ECH_BOTH("level", "级别"));
}

/** Higher level, then higher role, then id: whatever their order in the files. */
static int by_rank(const void *a, const void *b)
{
    const struct ech_post_kind *x = a;
    const struct ech_post_kind *y = b;
    if (x->level != y->level) {
        return x->level > y->level ? -1 : 1;
    }
    return x->role != y->role ? (x->role > y->role) - (x->role < y->role) : strcmp(x->id, y->id);
}

/** Sorts the kinds and numbers their names anew. */
static void sort_kinds(struct ech_loading *loading)
{
    struct ech_scenario *scenario = loading->scenario;
    if (scenario->n_kinds > 0) {
        qsort(scenario->kinds, (size_t)scenario->n_kinds, sizeof *scenario->kinds, by_rank);
    }
    memset(&loading->kind_rows, 0, sizeof loading->kind_rows);
    for (int i = 0; i < scenario->n_kinds; i++) {
        ech_names_add(&loading->kind_rows, scenario->kinds[i].id, i, &loading->scratch);
    }
}

static void load_kinds(struct ech_loading *loading)
{
    struct ech_scenario *scenario = loading->scenario;
    const struct ech_node *list = ech_child_list(loading->merged, "kinds");
    bool bad = loading->county_bad; /* a scenario may do without kinds */
    scenario->n_kinds = index_list(loading, "kinds", &loading->kind_rows, ECH_MOST_KINDS, "200");
    loading->county_bad = list == NULL || list->n == 0 ? bad : loading->county_bad;
    scenario->kinds =
        ech_arena_array(loading->keep, (size_t)scenario->n_kinds, sizeof *scenario->kinds);
    for (int i = 0; i < scenario->n_kinds; i++) {
        const struct ech_node *entry = entry_of(list->first, &loading->kind_rows, i);
        const char *id = ech_keep(loading, ech_node_child(entry, "id")->text);
        if (ech_node_child(entry, "role") == NULL) {
            ech_missing(loading, "role", id, entry->at);
        }
        scenario->kinds[i] = (struct ech_post_kind){
            .id = id,
            .title = ech_keep_words(loading, ech_node_child(entry, "title"), id),
            .level = level_of(loading, entry),
            .role = (enum ech_role)ech_child_number(entry, "role", ECH_ROLE_MEMBER),
            .elected = ech_child_number(entry, "elected", 0) != 0,
            .term_bound = ech_child_number(entry, "term_bound", 0) != 0};
        loading->county_bad |= scenario->kinds[i].level == ECH_NONE;
    }
    sort_kinds(loading);
}

/* Counties */

static int by_id(const void *a, const void *b)
{
    return strcmp(((const struct ech_county *)a)->id, ((const struct ech_county *)b)->id);
}

static void add_county(struct ech_loading *loading, const struct ech_node *entry)
{
    struct ech_scenario *scenario = loading->scenario;
    const char *id = ech_keep(loading, ech_node_child(entry, "id")->text);
    scenario->counties[scenario->n_counties++] =
        (struct ech_county){.id = id,
                            .title = ech_keep_words(loading, ech_node_child(entry, "title"), id),
                            .key = ech_key_of(id, NULL)};
}

static void load_county_list(struct ech_loading *loading, const struct ech_node *list)
{
    struct ech_names seen = {0};
    int n = index_list(loading, "counties", &seen, ECH_MOST_COUNTIES, "100000");
    loading->scenario->counties =
        ech_arena_array(loading->keep, (size_t)n, sizeof *loading->scenario->counties);
    struct ech_node *entry = ech_entry(list->first);
    for (; entry != NULL && loading->scenario->n_counties < n; entry = ech_entry(entry->next)) {
        if (ech_child_scalar(entry, "id") != NULL) {
            add_county(loading, entry);
        }
    }
}

static void load_counties(struct ech_loading *loading)
{
    struct ech_scenario *scenario = loading->scenario;
    const struct ech_node *list = ech_child_list(loading->merged, "counties");
    const struct ech_node *one = ech_child_map(loading->merged, "county");
    if (list != NULL && one != NULL) {
        ech_fail(loading->error, ECH_ERR_CONFLICT,
                 (struct ech_facts){.what = "county",
                                    .value = "counties",
                                    .hint = ECH_BOTH("give one of the two", "二者只能给出其一"),
                                    .at = one->at});
    }
    if (list != NULL) {
        require_list(loading, "counties");
        load_county_list(loading, list);
    } else if (one != NULL && ech_child_scalar(one, "id") != NULL) {
        scenario->counties = ech_arena_array(loading->keep, 1, sizeof *scenario->counties);
        add_county(loading, one);
    } else if (ech_node_child(loading->merged, "counties") == NULL) {
        require_list(loading, "county");
    }
    loading->county_bad |= scenario->n_counties == 0;
    if (scenario->n_counties > 0) {
        qsort(scenario->counties, (size_t)scenario->n_counties, sizeof *scenario->counties, by_id);
    }
    for (int i = 0; i < scenario->n_counties; i++) {
        ech_names_add(&loading->county_rows, scenario->counties[i].id, i, &loading->scratch);
    }
}

void ech_lists_load(struct ech_loading *loading)
{
    load_levels(loading);
    load_types(loading);
    load_kinds(loading);
    load_counties(loading);
}
