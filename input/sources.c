/* The matrix of lateral chains: where openings of a type of units are filled from. */
#include <stdlib.h>
#include <string.h>

#include "input/loading.h"
#include "input/scalar.h"

/** A row with the entry that says it. */
struct entry {
    struct ech_source source;
    const char *to, *from; /* ids of its types */
    struct ech_node *node;
    int order;
};

static int compare(int a, int b)
{
    return (a > b) - (a < b);
}

/** By ids and not by rows: a draw goes through the sources of an opening in this order. */
static int by_place(const struct entry *x, const struct entry *y)
{
    int differ = strcmp(x->to, y->to);
    differ = differ != 0 ? differ : compare(x->source.level, y->source.level);
    return differ != 0 ? differ : strcmp(x->from, y->from);
}

static int by_place_and_order(const void *a, const void *b)
{
    const struct entry *x = a;
    const struct entry *y = b;
    int differ = by_place(x, y);
    return differ != 0 ? differ : compare(x->order, y->order);
}

static ech_id row_of(struct ech_loading *loading, const struct ech_node *entry, const char *key,
                     const struct ech_names *rows, const char *what)
{
    struct ech_node *node = ech_child_scalar(entry, key);
    return node != NULL ? ech_row_of(loading, rows, node, what) : ECH_NONE;
}

/** Reads the good entries of all documents into entries (NULL: only counts all). */
static int gather(struct ech_loading *loading, struct entry *entries)
{
    int n = 0;
    int order = 0;
    for (int d = 0; d < loading->documents.n; d++) {
        const struct ech_node *list =
            ech_child_list(loading->documents.rows[d]->tree.root, "sources");
        struct ech_node *node = list != NULL ? ech_entry(list->first) : NULL;
        for (; node != NULL; node = ech_entry(node->next), order++) {
            if (entries == NULL) {
                continue;
            }
            struct ech_source source = {
                .to = row_of(loading, node, "to", &loading->type_rows, ECH_WORD_TYPE),
                .from = row_of(loading, node, "from", &loading->type_rows, ECH_WORD_TYPE),
                .level = row_of(loading, node, "level", &loading->level_rows, ECH_WORD_LEVEL),
                .share = ech_child_number(node, "share", 0)};
            bool level_known = ech_node_child(node, "level") == NULL || source.level != ECH_NONE;
            if (source.to != ECH_NONE && source.from != ECH_NONE && level_known && !node->bad) {
                entries[n++] =
                    (struct entry){source, loading->scenario->types[source.to].id,
                                   loading->scenario->types[source.from].id, node, order};
            }
        }
    }
    return entries == NULL ? order : n;
}

/** Refuses shares of one kind of opening that sum to more than 1, at the last given of them. */
static void check_sums(struct ech_loading *loading, const struct entry *entries, int n)
{
    double sum = 0;
    const struct entry *latest = NULL;
    for (int i = 0; i < n; i++) {
        bool first = i == 0 || entries[i].source.to != entries[i - 1].source.to ||
                     entries[i].source.level != entries[i - 1].source.level;
        bool last = i + 1 == n || entries[i].source.to != entries[i + 1].source.to ||
                    entries[i].source.level != entries[i + 1].source.level;
        sum = (first ? 0 : sum) + entries[i].source.share;
        latest = first || entries[i].order > latest->order ? &entries[i] : latest;
        if (last && sum > 1 + 1e-12) {
            const char *id = loading->scenario->types[entries[i].source.to].id;
            const char *text = ech_scalar_sum_text(sum, &loading->scratch);
            ech_fail(loading->error, ECH_ERR_RANGE,
                     (struct ech_facts){
                         .what = ech_arena_format(
                             &loading->scratch,
                             ECH_BOTH("the shares of sources to '%s'", "到 '%s' 的来源比例之和"),
                             id, id),
                         .value = text,
                         .allowed = "[0, 1]",
                         .unit = "",
                         .at = latest->node->at});
        }
    }
}

static void note_setting(struct ech_loading *loading, const struct entry *entry)
{
    const struct ech_scenario *scenario = loading->scenario;
    const struct ech_source *source = &entry->source;
    const char *path = ech_arena_format(
        &loading->scratch,
        source->level == ECH_NONE ? "sources[%s from %s]" : "sources[%s from %s at %s]",
        scenario->types[source->to].id, scenario->types[source->from].id,
        source->level == ECH_NONE ? "" : scenario->levels[source->level].id);
    ech_override_add(&loading->overrides, path, "", ech_node_child(entry->node, "share"),
                     &loading->scratch);
}

void ech_sources_load(struct ech_loading *loading)
{
    struct ech_scenario *scenario = loading->scenario;
    int most = gather(loading, NULL);
    if (most == 0 || loading->county_bad) {
        return;
    }
    struct entry *entries = ech_arena_array(&loading->scratch, (size_t)most, sizeof *entries);
    int all = gather(loading, entries);
    int n = 0;
    qsort(entries, (size_t)all, sizeof *entries, by_place_and_order);
    for (int i = 0; i < all; i++) { /* a later file wins */
        if (i + 1 == all || by_place(&entries[i], &entries[i + 1]) != 0) {
            entries[n++] = entries[i];
        }
    }
    check_sums(loading, entries, n);
    scenario->sources = ech_arena_array(loading->keep, (size_t)n, sizeof *scenario->sources);
    for (int i = 0; i < n; i++) {
        scenario->sources[scenario->n_sources++] = entries[i].source;
        note_setting(loading, &entries[i]);
    }
}
