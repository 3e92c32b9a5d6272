/* The frame of a scenario: merged files, name and words, start and length. */
#include <string.h>

#include "input/encoding.h"
#include "input/loading.h"

/** Keys that merge into one tree; units, policy, events and changes go their own ways. */
static const char *const merging[] = {"county", "counties", "tables",      "levels",
                                      "kinds",  "types",    "posts_table", "initial"};
enum { N_MERGING = sizeof merging / sizeof merging[0] };

static const struct ech_document *first_document(const struct ech_loading *loading)
{
    return loading->documents.rows[loading->documents.n - 1];
}

/* Merging */

static void add_merged(struct ech_loading *loading, const char *key)
{
    struct ech_node *node = NULL;
    for (int d = 0; d < loading->documents.n; d++) {
        const struct ech_node *over = ech_node_child(loading->documents.rows[d]->tree.root, key);
        if (over != NULL) {
            node = ech_merge(node, over, key, &loading->overrides, &loading->checker);
        }
    }
    if (node == NULL) {
        return;
    }
    struct ech_node **place =
        loading->merged->last != NULL ? &loading->merged->last->next : &loading->merged->first;
    *place = node;
    loading->merged->last = node;
}

static void merge_documents(struct ech_loading *loading)
{
    loading->merged = ech_arena_take(&loading->scratch, sizeof *loading->merged);
    loading->merged->kind = ECH_NODE_MAP;
    for (int i = 0; i < N_MERGING; i++) {
        add_merged(loading, merging[i]);
    }
}

/* Names */

static const char *name_of(const struct ech_document *document, struct ech_arena *arena)
{
    const struct ech_node *name = ech_child_scalar(document->tree.root, "name");
    return name != NULL ? name->text : ech_path_stem(document->file.path, arena);
}

/** Which documents, with what they extend, say when to start and how long to run. */
static const bool *runnable_documents(struct ech_loading *loading)
{
    const struct ech_documents *documents = &loading->documents;
    struct ech_arena *arena = &loading->scratch;
    bool *start = ech_arena_array(arena, (size_t)documents->n, sizeof *start);
    bool *length = ech_arena_array(arena, (size_t)documents->n, sizeof *length);
    bool *runnable = ech_arena_array(arena, (size_t)documents->n, sizeof *runnable);
    for (int d = 0; d < documents->n; d++) { /* what a document extends stands before it */
        const struct ech_document *document = documents->rows[d];
        const struct ech_node *root = document->tree.root;
        start[d] = ech_node_child(root, "start") != NULL;
        length[d] = ech_node_child(root, "years") != NULL || ech_node_child(root, "months") != NULL;
        for (int i = 0; i < document->n_parents; i++) {
            start[d] |= start[document->parents[i]];
            length[d] |= length[document->parents[i]];
        }
        runnable[d] = start[d] && length[d];
    }
    return runnable;
}

static const char *name_of_extended(struct ech_loading *loading)
{
    const struct ech_document *first = first_document(loading);
    const bool *runnable = runnable_documents(loading);
    for (int i = 0; i < first->n_parents; i++) {
        if (runnable[first->parents[i]]) {
            return name_of(loading->documents.rows[first->parents[i]], &loading->scratch);
        }
    }
    return NULL;
}

/* Time */

/** The last document's node of a key, or NULL. */
static struct ech_node *last_given(const struct ech_loading *loading, const char *key,
                                   int *document)
{
    for (int d = loading->documents.n - 1; d >= 0; d--) {
        struct ech_node *node = ech_node_child(loading->documents.rows[d]->tree.root, key);
        if (node != NULL) {
            *document = d;
            return node;
        }
    }
    *document = ECH_NONE;
    return NULL;
}

static void remark_empty_run(struct ech_loading *loading)
{
    const struct ech_node *length = loading->length;
    if (loading->scenario->n_months == 0) {
        ech_remark(loading, length->at,
                   ech_arena_format(&loading->scratch,
                                    ECH_BOTH("%s: %s: no month is simulated, only the start is "
                                             "shown",
                                             "%s: %s：不模拟任何月份，只有期初状态"),
                                    length->key, length->text, length->key, length->text));
    }
}

static void load_length(struct ech_loading *loading)
{
    int years_document = ECH_NONE;
    int months_document = ECH_NONE;
    const struct ech_node *years = last_given(loading, "years", &years_document);
    const struct ech_node *months = last_given(loading, "months", &months_document);
    if (years == NULL && months == NULL) {
        ech_missing(loading, ECH_BOTH("years or months", "years 或 months"),
                    ECH_BOTH("the scenario", "情景"), ech_mark_of_first(loading));
        return;
    }
    if (years != NULL && years_document == months_document) {
        ech_fail(loading->error, ECH_ERR_CONFLICT,
                 (struct ech_facts){.what = "years",
                                    .value = "months",
                                    .hint = ECH_BOTH("give one of the two", "二者只能给出其一"),
                                    .at = years->at});
    }
    bool by_years = years_document > months_document;
    loading->length = by_years ? years : months;
    if (!loading->length->bad) {
        loading->scenario->n_months = (int)loading->length->number * (by_years ? 12 : 1);
        remark_empty_run(loading);
    }
}

/** A file name can hold what no table should: then the file has to say its name. */
static void check_name(struct ech_loading *loading)
{
    const char *name = loading->scenario->name;
    if (!ech_text_is_line(name)) {
        ech_fail(loading->error, ECH_ERR_TYPE,
                 (struct ech_facts){
                     .what = "name",
                     .value = ECH_BOTH("taken from the file's name", "取自文件名"),
                     .allowed = ECH_BOTH("a line of at most 100 bytes", "一行文字，至多100字节"),
                     .at = ech_mark_of_first(loading)});
    }
}

void ech_frame_load(struct ech_loading *loading)
{
    struct ech_scenario *scenario = loading->scenario;
    const struct ech_node *root = first_document(loading)->tree.root;
    int document = ECH_NONE;
    merge_documents(loading);
    scenario->name = ech_keep(loading, name_of(first_document(loading), &loading->scratch));
    check_name(loading);
    scenario->extends = ech_keep(loading, name_of_extended(loading));
    scenario->title = ech_keep_words(loading, ech_node_child(root, "title"), scenario->name);
    scenario->note = ech_keep_words(loading, ech_node_child(root, "note"), "");
    const struct ech_node *start = last_given(loading, "start", &document);
    loading->start = start;
    if (start == NULL) {
        ech_missing(loading, "start", ECH_BOTH("the scenario", "情景"), ech_mark_of_first(loading));
    } else if (!start->bad) {
        scenario->start_month = (int)start->number;
    }
    load_length(loading);
}
