/* Gathering the assignments of a policy: all files, all layers, all dates. */
#include <stdlib.h>

#include "input/policy.h"

/** A growing list; counts only while `out` is NULL. */
struct list {
    struct ech_loading *loading;
    struct ech_assignment *out;
    int n;
};

static void add(struct list *list, const struct ech_node *node, enum ech_layer layer, ech_id target,
                int from_month)
{
    if (node->policy == NULL) {
        return; /* wrong, and reported */
    }
    if (list->out != NULL) {
        struct ech_assignment *assignment = &list->out[list->n];
        *assignment = *(const struct ech_assignment *)node->policy;
        assignment->layer = layer;
        assignment->target = target;
        assignment->from_month = from_month;
        assignment->order = list->n;
    }
    list->n++;
}

/** What each layer is called in files, and where its names are. */
struct layer {
    const char *key;
    const char *what;
    const struct ech_names *rows;
};

static struct layer layer_of(const struct ech_loading *loading, enum ech_layer layer)
{
    switch (layer) {
    case ECH_LAYER_TYPE:
        return (struct layer){"by_type", ECH_BOTH("type of units", "单位类型"),
                              &loading->type_rows};
    case ECH_LAYER_LEVEL:
        return (struct layer){"by_level", ECH_BOTH("level", "级别"), &loading->level_rows};
    case ECH_LAYER_KIND:
        return (struct layer){"by_kind", ECH_BOTH("kind of posts", "职位种类"),
                              &loading->kind_rows};
    case ECH_LAYER_UNIT:
        return (struct layer){"by_unit", ECH_BOTH("unit", "单位"), &loading->unit_rows};
    default:
        return (struct layer){"policy", NULL, NULL};
    }
}

/** Row of a name of by_type, by_level, by_kind or by_unit; the first pass reports unknown ones. */
static ech_id target_of(struct list *list, struct ech_node *name, const struct layer *layer)
{
    bool silent = list->out != NULL || (list->loading->county_bad && layer->rows->n == 0);
    return silent ? ech_names_find(layer->rows, name->key)
                  : ech_row_of_key(list->loading, layer->rows, name, layer->what);
}

/** Adds everything under policy, by_type, by_level, by_kind and by_unit of a map. */
static void add_layers(struct list *list, const struct ech_node *map, int from_month)
{
    for (int l = 0; l < ECH_N_LAYERS; l++) {
        struct layer layer = layer_of(list->loading, (enum ech_layer)l);
        struct ech_node *entries = ech_child_map(map, layer.key);
        struct ech_node *child = entries != NULL ? entries->first : NULL;
        for (; child != NULL; child = child->next) {
            if (layer.rows == NULL) {
                add(list, child, ECH_LAYER_POLICY, ECH_NONE, from_month);
                continue;
            }
            ech_id target = target_of(list, child, &layer);
            struct ech_node *node =
                target != ECH_NONE && child->kind == ECH_NODE_MAP ? child->first : NULL;
            for (; node != NULL; node = node->next) {
                add(list, node, (enum ech_layer)l, target, from_month);
            }
        }
    }
}

/** Months since the start of a change, or ECH_NONE when it does not act; the first pass says why. */
static int change_month(struct list *list, const struct ech_node *change)
{
    const struct ech_scenario *scenario = list->loading->scenario;
    if (list->out != NULL) {
        int month = (int)ech_child_number(change, "from", 0) - scenario->start_month;
        return month > 0 && month <= scenario->n_months ? month : ECH_NONE;
    }
    int month = ech_month_since_start(list->loading, change, "from");
    if (month > scenario->n_months) {
        ech_remark_after_end(list->loading, change, "from");
    }
    if (ech_child_number(change, "grandfather", 0) != 0) {
        ech_fail(list->loading->error, ECH_ERR_YAML_FEATURE,
                 (struct ech_facts){.what = ECH_BOTH("grandfather: true (not supported yet)",
                                                     "grandfather: true（尚不支持）"),
                                    .at = ech_node_child(change, "grandfather")->at});
    }
    return month;
}

static void add_all(struct list *list)
{
    const struct ech_documents *documents = &list->loading->documents;
    int n = 0;
    const struct ech_node **changes = ech_dated_entries(list->loading, "changes", "from", &n);
    list->n = 0;
    for (int d = 0; d < documents->n; d++) {
        add_layers(list, documents->rows[d]->tree.root, 0);
    }
    for (int i = 0; i < n; i++) {
        int month = change_month(list, changes[i]);
        if (month != ECH_NONE || list->out == NULL) { /* the first pass looks at all names */
            add_layers(list, changes[i], month);
        }
    }
}

static int compare(int a, int b)
{
    return (a > b) - (a < b);
}

/** Sorts by layer, target, row and month; -1, 0, 1 as a comparison. */
static int by_place(const struct ech_assignment *x, const struct ech_assignment *y)
{
    int differ = compare((int)x->layer, (int)y->layer);
    differ = differ != 0 ? differ : compare(x->target, y->target);
    differ = differ != 0 ? differ : (x->row > y->row) - (x->row < y->row);
    return differ != 0 ? differ : compare(x->from_month, y->from_month);
}

static int by_place_and_order(const void *a, const void *b)
{
    const struct ech_assignment *x = a;
    const struct ech_assignment *y = b;
    int differ = by_place(x, y);
    return differ != 0 ? differ : compare(x->order, y->order);
}

void ech_assignments_gather(struct ech_loading *loading)
{
    struct list list = {.loading = loading};
    add_all(&list);
    list.out = ech_arena_array(&loading->scratch, (size_t)list.n, sizeof *list.out);
    add_all(&list);
    qsort(list.out, (size_t)list.n, sizeof *list.out, by_place_and_order);
    int n = 0;
    for (int i = 0; i < list.n; i++) {
        if (i + 1 == list.n || by_place(&list.out[i], &list.out[i + 1]) != 0) {
            list.out[n++] = list.out[i];
        }
    }
    loading->assignments = list.out;
    loading->n_assignments = n;
}
