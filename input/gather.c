/* Gathering the assignments of a policy: all files, all layers, all dates. */
#include <stdlib.h>
#include <string.h>

#include "input/policy.h"

/** A growing list; counts only while `out` is NULL. */
struct list {
    struct ech_loading *loading;
    struct ech_assignment *out;
    int n;
    int from_month; /* of what is being added */
    bool grandfather;
};

/** Whose matter a row is that binds nobody in office. */
static const char *matter_of(enum ech_scope scope)
{
    return scope == ECH_SCOPE_COUNTY ? ECH_BOTH("the whole county", "全县")
           : scope == ECH_SCOPE_UNIT ? ECH_BOTH("units", "单位")
                                     : ECH_BOTH("posts that are filled", "待补职位");
}

/** Refuses an entry of a change with `grandfather: true` that binds nobody who is in office. */
static void check_binds_people(struct ech_loading *loading, const struct ech_node *node)
{
    const struct ech_assignment *assignment = node->policy;
    enum ech_scope scope = assignment->row->scope;
    if (scope == ECH_SCOPE_PEOPLE || scope == ECH_SCOPE_HOLDER) {
        return;
    }
    ech_fail(loading->error, ECH_ERR_GRANDFATHER,
             (struct ech_facts){.what = node->key,
                                .value = matter_of(scope),
                                .hint = ECH_BOTH("move it to a change without grandfather",
                                                 "请移到不带 grandfather 的变更中"),
                                .at = node->key_at});
}

static void add(struct list *list, const struct ech_node *node, enum ech_layer layer, ech_id target)
{
    if (node->policy == NULL) {
        return; /* wrong, and reported */
    }
    if (list->out == NULL && list->grandfather) {
        check_binds_people(list->loading, node);
    }
    if (list->out != NULL) {
        struct ech_assignment *assignment = &list->out[list->n];
        *assignment = *(const struct ech_assignment *)node->policy;
        assignment->layer = layer;
        assignment->target = target;
        assignment->from_month = list->from_month;
        assignment->grandfather = list->grandfather;
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
        return (struct layer){"by_type", ECH_WORD_TYPE, &loading->type_rows};
    case ECH_LAYER_LEVEL:
        return (struct layer){"by_level", ECH_WORD_LEVEL, &loading->level_rows};
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
static void add_layers(struct list *list, const struct ech_node *map)
{
    for (int l = 0; l < ECH_N_LAYERS; l++) {
        struct layer layer = layer_of(list->loading, (enum ech_layer)l);
        struct ech_node *entries = ech_child_map(map, layer.key);
        struct ech_node *child = entries != NULL ? entries->first : NULL;
        for (; child != NULL; child = child->next) {
            if (layer.rows == NULL) {
                add(list, child, ECH_LAYER_POLICY, ECH_NONE);
                continue;
            }
            ech_id target = target_of(list, child, &layer);
            struct ech_node *node =
                target != ECH_NONE && child->kind == ECH_NODE_MAP ? child->first : NULL;
            for (; node != NULL; node = node->next) {
                add(list, node, (enum ech_layer)l, target);
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
    return month;
}

static void add_all(struct list *list)
{
    const struct ech_documents *documents = &list->loading->documents;
    int n = 0;
    const struct ech_node **changes = ech_dated_entries(list->loading, "changes", "from", &n);
    list->n = 0;
    list->from_month = 0;
    list->grandfather = false;
    for (int d = 0; d < documents->n; d++) {
        add_layers(list, documents->rows[d]->tree.root);
    }
    for (int i = 0; i < n; i++) {
        list->from_month = change_month(list, changes[i]);
        list->grandfather = ech_child_number(changes[i], "grandfather", 0) != 0;
        if (list->from_month != ECH_NONE || list->out == NULL) { /* first all names are looked at */
            add_layers(list, changes[i]);
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

static bool is_of_one_file(const struct ech_assignment *x, const struct ech_assignment *y)
{
    return strcmp(x->at.file, y->at.file) == 0;
}

/** Where a file has one for everybody and one that spares some, that one stands over the first. */
static int by_place_and_order(const void *a, const void *b)
{
    const struct ech_assignment *x = a;
    const struct ech_assignment *y = b;
    int differ = by_place(x, y);
    differ = differ == 0 && is_of_one_file(x, y) ? compare(x->grandfather, y->grandfather) : differ;
    return differ != 0 ? differ : compare(x->order, y->order);
}

/**
 * Leaves of assignments that are equal up to the month the last, and besides it the last one for
 * everybody where that one spares whoever is in office; *n of the n that are given.
 */
static struct ech_assignment *without_overridden(struct ech_assignment *all, int *n)
{
    bool everybody = false; /* one of this place that is kept binds everybody, or spares some */
    bool sparing = false;
    int kept = *n;
    for (int i = *n - 1; i >= 0; i--) {
        bool same = i + 1 < *n && by_place(&all[i], &all[kept]) == 0;
        everybody = same && everybody;
        sparing = same && sparing;
        if (!everybody && !(sparing && all[i].grandfather)) {
            all[--kept] = all[i];
        }
        everybody |= !all[i].grandfather;
        sparing |= all[i].grandfather;
    }
    *n -= kept;
    return all + kept;
}

/**
 * Refuses what one file says twice of a setting in changes of one month, as their order does not matter;
 * all[n] is sorted. Another file may say it anew, and a change that spares whoever is in office beside
 * one for everybody says something else.
 */
static void refuse_twice(struct ech_loading *loading, const struct ech_assignment *all, int n)
{
    for (int i = 1; i < n; i++) {
        const struct ech_assignment *first = &all[i - 1];
        const struct ech_assignment *second = &all[i];
        char path[128];
        if (second->from_month > 0 && by_place(first, second) == 0 &&
            first->grandfather == second->grandfather && is_of_one_file(first, second)) {
            ech_param_path(second->row, path, sizeof path);
            ech_fail(loading->error, ECH_ERR_DUPLICATE,
                     (struct ech_facts){.what = path,
                                        .value = ech_arena_format(&loading->scratch, "%s:%d:%d",
                                                                  first->at.file, first->at.line,
                                                                  first->at.column),
                                        .at = second->at});
        }
    }
}

void ech_assignments_gather(struct ech_loading *loading)
{
    struct list list = {.loading = loading};
    add_all(&list);
    list.out = ech_arena_array(&loading->scratch, (size_t)list.n, sizeof *list.out);
    add_all(&list);
    qsort(list.out, (size_t)list.n, sizeof *list.out, by_place_and_order);
    refuse_twice(loading, list.out, list.n);
    loading->n_assignments = list.n;
    loading->assignments = without_overridden(list.out, &loading->n_assignments);
}
