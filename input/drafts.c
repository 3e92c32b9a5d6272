/* Drafts of units: entries are stamped out and merged by id, types speak where they are silent. */
#include <string.h>

#include "input/loading.h"

/** Numbers of an entry, with what holds when it is silent. */
static const struct {
    const char *key;
    double otherwise;
} values[ECH_N_DRAFT_VALUES] = {[ECH_DRAFT_REMOTENESS] = {"remoteness", 0},
                                [ECH_DRAFT_DEVELOPMENT] = {"development", 0},
                                [ECH_DRAFT_WORKLOAD] = {"workload", 1},
                                [ECH_DRAFT_ACCOUNTABILITY] = {"accountability", 1}};

/** Fields of an entry that are settings when a later file gives them. */
static const char *const settings[] = {"county",   "type",           "remoteness",    "development",
                                       "workload", "accountability", "establishment", "posts",
                                       "free",     "specialties"};

/** How an entry is stamped out. */
struct stamp {
    int first;
    int count;
    bool numbered;
    int width;
};

static const size_t bytes_per_unit = sizeof(struct ech_unit) + 2 * sizeof(struct ech_draft);

static struct stamp stamp_of(const struct ech_node *entry)
{
    const struct ech_node *count = ech_node_child(entry, "count");
    const struct ech_node *first = ech_node_child(entry, "first");
    struct stamp stamp = {.first = (int)ech_child_number(entry, "first", 1),
                          .count = (int)ech_child_number(entry, "count", 1),
                          .numbered = count != NULL || first != NULL};
    int last = stamp.first + stamp.count - 1;
    for (stamp.width = 1; last >= 10; last /= 10) {
        stamp.width++;
    }
    stamp.width = stamp.width < 2 ? 2 : stamp.width;
    return stamp;
}

static const char *stamped_id(struct ech_loading *loading, const char *id, struct stamp stamp,
                              int i)
{
    return stamp.numbered
               ? ech_arena_format(&loading->scratch, "%s_%0*d", id, stamp.width, stamp.first + i)
               : id;
}

/** Value i of `count`: a number, or spread evenly from `from` to `to`. */
static double spread(const struct ech_node *node, int i, int count)
{
    if (node->kind == ECH_NODE_SCALAR) {
        return node->number;
    }
    double from = ech_child_number(node, "from", 0);
    double to = ech_child_number(node, "to", 0);
    return count > 1 ? from + (to - from) * i / (count - 1) : from;
}

static void apply_establishment(struct ech_draft *draft, const struct ech_node *node)
{
    if (node->kind == ECH_NODE_SCALAR) {
        draft->establishment[ECH_ADMIN] = (int)node->number;
        return;
    }
    for (int track = 0; track < ECH_N_TRACKS; track++) {
        draft->establishment[track] =
            (int)ech_child_number(node, ech_track_names[track], draft->establishment[track]);
    }
}

/** What the team should know: each word by itself, so that a later file can take one back. */
static void apply_specialties(struct ech_draft *draft, const struct ech_node *node)
{
    for (int s = ECH_SPECIALTY_GENERAL + 1; s < ECH_N_SPECIALTIES && node != NULL; s++) {
        const struct ech_node *flag = ech_child_scalar(node, ech_specialty_names[s]);
        if (flag != NULL) {
            draft->specialties &= ~(1U << s);
            draft->specialties |= (flag->number != 0 ? 1U : 0U) << s;
        }
    }
}

/** Words, type and county of the i-th unit of an entry. */
static void apply_names(struct ech_draft *draft, const struct ech_node *entry, struct stamp stamp,
                        int i)
{
    const struct ech_node *title = ech_node_child(entry, "title");
    if (title != NULL) {
        draft->title = title;
        draft->title_number = stamp.numbered ? stamp.first + i : ECH_NONE;
    }
    struct ech_node *type = ech_node_child(entry, "type");
    struct ech_node *county = ech_node_child(entry, "county");
    draft->type = type != NULL ? type : draft->type;
    draft->county = county != NULL ? county : draft->county;
}

/** Lays what the i-th unit of an entry has over its draft. */
static void apply_values(struct ech_loading *loading, struct ech_draft *draft,
                         const struct ech_node *entry, struct stamp stamp, int i)
{
    for (int v = 0; v < ECH_N_DRAFT_VALUES; v++) {
        const struct ech_node *node = ech_child_good(entry, values[v].key);
        draft->value[v] = node != NULL ? spread(node, i, stamp.count) : draft->value[v];
    }
    const struct ech_node *establishment = ech_child_good(entry, "establishment");
    if (establishment != NULL) {
        apply_establishment(draft, establishment);
    }
    apply_specialties(draft, ech_child_good(entry, "specialties"));
    const struct ech_node *posts = ech_child_good(entry, "posts");
    if (posts != NULL) {
        struct ech_posts_layer *layer = ech_arena_take(&loading->scratch, sizeof *layer);
        *layer = (struct ech_posts_layer){posts, draft->posts};
        draft->posts = layer;
    }
    const struct ech_node *free_heads = ech_child_good(entry, "free");
    draft->free = free_heads != NULL ? free_heads->number != 0 : draft->free;
    draft->quota_entry = establishment != NULL || posts != NULL ? entry : draft->quota_entry;
}

static struct ech_draft *new_draft(struct ech_loading *loading, const char *id,
                                   const struct ech_node *entry)
{
    struct ech_draft *draft = &loading->drafts[loading->n_drafts++];
    draft->id = id;
    draft->entry = draft->quota_entry = entry;
    for (int v = 0; v < ECH_N_DRAFT_VALUES; v++) {
        draft->value[v] = values[v].otherwise;
    }
    return draft;
}

/** Notes the fields that an entry of a later file changes in units that are there. */
static void note_changes(struct ech_loading *loading, const struct ech_node *entry,
                         const char *first, const char *last)
{
    struct ech_arena *arena = &loading->scratch;
    const char *scope =
        strcmp(first, last) == 0 ? first : ech_arena_format(arena, "%s..%s", first, last);
    for (size_t i = 0; i < sizeof settings / sizeof settings[0]; i++) {
        const struct ech_node *node = ech_child_good(entry, settings[i]);
        if (node != NULL) {
            ech_override_add(&loading->overrides, ech_arena_format(arena, "units.%s", settings[i]),
                             scope, node, arena);
        }
    }
}

/** What is done with an entry: each pass goes over the entries of all documents. */
typedef void visit(struct ech_loading *loading, const struct ech_node *entry, bool later);

/** First pass: drafts with names and types. */
static void stamp_out(struct ech_loading *loading, const struct ech_node *entry, bool later)
{
    const struct ech_node *id = ech_child_scalar(entry, "id");
    loading->county_bad |= id == NULL || entry->bad;
    if (id == NULL) {
        return;
    }
    struct stamp stamp = stamp_of(entry);
    for (int i = 0; i < stamp.count; i++) {
        const char *name = stamped_id(loading, id->text, stamp, i);
        int row = ech_names_add(&loading->unit_rows, name, loading->n_drafts, &loading->scratch);
        struct ech_draft *draft =
            row < loading->n_drafts ? &loading->drafts[row] : new_draft(loading, name, entry);
        apply_names(draft, entry, stamp, i);
    }
    if (later) {
        note_changes(loading, entry, stamped_id(loading, id->text, stamp, 0),
                     stamped_id(loading, id->text, stamp, stamp.count - 1));
    }
}

/** Second pass, over what types and the table of posts say: what the units have. */
static void fill_in(struct ech_loading *loading, const struct ech_node *entry, bool later)
{
    (void)later;
    const struct ech_node *id = ech_child_scalar(entry, "id");
    struct stamp stamp = stamp_of(entry);
    for (int i = 0; id != NULL && i < stamp.count; i++) {
        int row = ech_names_find(&loading->unit_rows, stamped_id(loading, id->text, stamp, i));
        apply_values(loading, &loading->drafts[row], entry, stamp, i);
    }
}

/** Goes over the entries of all documents (NULL: only counts their units); *last is the last. */
static int64_t each_entry(struct ech_loading *loading, visit *visit_entry, struct ech_mark *last)
{
    int64_t n = 0;
    int first_document = ECH_NONE;
    for (int d = 0; d < loading->documents.n; d++) {
        const struct ech_node *list =
            ech_child_list(loading->documents.rows[d]->tree.root, "units");
        first_document = first_document == ECH_NONE && list != NULL ? d : first_document;
        struct ech_node *entry = list != NULL ? ech_entry(list->first) : NULL;
        for (; entry != NULL; entry = ech_entry(entry->next)) {
            n += stamp_of(entry).count;
            *last = entry->at;
            if (visit_entry != NULL) {
                visit_entry(loading, entry, d != first_document);
            }
        }
    }
    return n;
}

/** What each type says of its units, below all that they say themselves. */
static void apply_types(struct ech_loading *loading)
{
    const struct stamp one = {.first = 1, .count = 1};
    const struct ech_node **entries =
        ech_arena_array(&loading->scratch, (size_t)loading->scenario->n_types, sizeof *entries);
    const struct ech_node *list = ech_child_list(loading->merged, "types");
    struct ech_node *entry = list != NULL ? ech_entry(list->first) : NULL;
    for (; entry != NULL; entry = ech_entry(entry->next)) {
        const struct ech_node *id = ech_child_scalar(entry, "id");
        ech_id type = id != NULL ? ech_names_find(&loading->type_rows, id->text) : ECH_NONE;
        if (type != ECH_NONE && type < loading->scenario->n_types) {
            entries[type] = entry;
        }
    }
    for (int u = 0; u < loading->n_drafts; u++) {
        struct ech_draft *draft = &loading->drafts[u];
        ech_id type = draft->type != NULL
                          ? ech_row_of(loading, &loading->type_rows, draft->type, ECH_WORD_TYPE)
                          : ECH_NONE;
        if (type != ECH_NONE && type < loading->scenario->n_types && entries[type] != NULL) {
            apply_values(loading, draft, entries[type], one, 0);
        }
    }
}

void ech_drafts_make(struct ech_loading *loading)
{
    struct ech_mark last = ech_mark_of_first(loading);
    int64_t n = each_entry(loading, NULL, &last);
    if (n == 0) {
        loading->county_bad = true;
        ech_missing_list(loading, "units");
        return;
    }
    if (n > ECH_MOST_UNITS) {
        loading->county_bad = true;
        ech_too_large(loading, ECH_BOTH("the number of units", "单位数"), n, ECH_MOST_UNITS,
                      bytes_per_unit, last);
        return;
    }
    loading->drafts = ech_arena_array(&loading->scratch, (size_t)n, sizeof *loading->drafts);
    each_entry(loading, stamp_out, &last);
    apply_types(loading);
    ech_posts_table_load(loading);
    each_entry(loading, fill_in, &last);
}
