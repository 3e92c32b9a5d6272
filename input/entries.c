#include "input/entries.h"

#include <stdlib.h>
#include <string.h>

static int by_id(const void *a, const void *b)
{
    const struct ech_node *const *x = a;
    const struct ech_node *const *y = b;
    return strcmp(ech_node_child(*x, "id")->text, ech_node_child(*y, "id")->text);
}

/** Row of the entry that has this id, or n. */
static int find(const struct ech_entries *entries, const char *id)
{
    int row = 0;
    while (row < entries->n && strcmp(ech_node_child(entries->rows[row], "id")->text, id) != 0) {
        row++;
    }
    return row;
}

/** Adds the entries of one document; an id that stands in it twice is refused. */
static void add_document(struct ech_loading *loading, const struct ech_node *list,
                         struct ech_entries *entries)
{
    struct ech_node *node = list != NULL ? ech_entry(list->first) : NULL;
    for (; node != NULL; node = ech_entry(node->next)) {
        const struct ech_node *id = ech_child_scalar(node, "id");
        if (id == NULL || node->bad) {
            continue;
        }
        int row = find(entries, id->text);
        const struct ech_node *old = row < entries->n ? entries->rows[row] : NULL;
        if (old != NULL && old->at.file == node->at.file) {
            ech_fail(loading->error, ECH_ERR_DUPLICATE,
                     (struct ech_facts){.what = id->text,
                                        .value = ech_arena_format(&loading->scratch, "%s:%d",
                                                                  old->at.file, old->at.line),
                                        .at = id->at});
        }
        entries->rows[row] = node;
        entries->n += old == NULL;
    }
}

struct ech_entries ech_entries_gather(struct ech_loading *loading, const char *key)
{
    struct ech_entries entries = {NULL, 0};
    size_t most = 0;
    for (int d = 0; d < loading->documents.n; d++) {
        const struct ech_node *list = ech_child_list(loading->documents.rows[d]->tree.root, key);
        most += list != NULL ? (size_t)list->n : 0;
    }
    entries.rows = ech_arena_array(&loading->scratch, most, sizeof *entries.rows);
    for (int d = 0; d < loading->documents.n; d++) {
        add_document(loading, ech_child_list(loading->documents.rows[d]->tree.root, key), &entries);
    }
    qsort(entries.rows, (size_t)entries.n, sizeof *entries.rows, by_id);
    return entries;
}

void ech_entry_note(struct ech_loading *loading, const char *list, const struct ech_node *entry)
{
    const char *id = ech_node_child(entry, "id")->text;
    for (const struct ech_node *child = entry->first; child != NULL; child = child->next) {
        if (strcmp(child->key, "id") != 0) {
            ech_override_add(&loading->overrides,
                             ech_arena_format(&loading->scratch, "%s[%s].%s", list, id, child->key),
                             "", child, &loading->scratch);
        }
    }
}

bool ech_entry_exactly_one(struct ech_loading *loading, const struct ech_node *entry,
                           const char *const *keys, int n_keys)
{
    const struct ech_node *found = NULL;
    for (int k = 0; k < n_keys; k++) {
        const struct ech_node *node = ech_node_child(entry, keys[k]);
        if (node != NULL && found != NULL) {
            ech_fail(
                loading->error, ECH_ERR_CONFLICT,
                (struct ech_facts){.what = node->key,
                                   .value = found->key,
                                   .hint = ECH_BOTH("only one of them can hold", "二者只能取一"),
                                   .at = node->key_at});
            return false;
        }
        found = node != NULL ? node : found;
    }
    if (found == NULL) {
        ech_missing(loading, ech_refuse_words(keys, n_keys, &loading->scratch),
                    ech_node_child(entry, "id")->text, entry->at);
    }
    return found != NULL;
}

bool ech_entry_row(struct ech_loading *loading, const struct ech_node *entry, const char *key,
                   const struct ech_names *rows, const char *what, ech_id *row)
{
    struct ech_node *node = ech_child_scalar(entry, key);
    *row = node != NULL ? ech_row_of(loading, rows, node, what) : ECH_NONE;
    return node == NULL || *row != ECH_NONE;
}
