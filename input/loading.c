#include "input/loading.h"

#include <string.h>

struct ech_node *ech_child_scalar(const struct ech_node *map, const char *key)
{
    struct ech_node *child = ech_node_child(map, key);
    return child != NULL && child->kind == ECH_NODE_SCALAR && !child->bad ? child : NULL;
}

static struct ech_node *child_of_kind(const struct ech_node *map, const char *key,
                                      enum ech_node_kind kind)
{
    struct ech_node *child = ech_node_child(map, key);
    return child != NULL && child->kind == kind ? child : NULL;
}

struct ech_node *ech_child_map(const struct ech_node *map, const char *key)
{
    return child_of_kind(map, key, ECH_NODE_MAP);
}

struct ech_node *ech_child_list(const struct ech_node *map, const char *key)
{
    return child_of_kind(map, key, ECH_NODE_LIST);
}

struct ech_node *ech_child_good(const struct ech_node *map, const char *key)
{
    struct ech_node *child = ech_node_child(map, key);
    return child != NULL && !child->bad ? child : NULL;
}

double ech_child_number(const struct ech_node *map, const char *key, double otherwise)
{
    const struct ech_node *child = ech_child_scalar(map, key);
    return child != NULL ? child->number : otherwise;
}

struct ech_node *ech_entry(struct ech_node *entry)
{
    while (entry != NULL && entry->kind != ECH_NODE_MAP) {
        entry = entry->next;
    }
    return entry;
}

const char *ech_keep(struct ech_loading *loading, const char *text)
{
    return text != NULL ? ech_arena_text(loading->keep, text, strlen(text)) : NULL;
}

/** A copy of a text as one line: captions and tables have no room for more. */
static const char *keep_line(struct ech_loading *loading, const char *text)
{
    size_t length = strlen(text);
    char *line = ech_arena_take(loading->keep, length + 1);
    for (size_t i = 0; i < length; i++) {
        line[i] = strchr("\n\r\t", text[i]) != NULL ? ' ' : text[i];
    }
    while (length > 0 && line[length - 1] == ' ') {
        line[--length] = '\0';
    }
    return line;
}

struct ech_words ech_keep_words(struct ech_loading *loading, const struct ech_node *node,
                                const char *id)
{
    const char *text[ECH_N_LANGS] = {NULL, NULL};
    if (node != NULL && node->kind == ECH_NODE_SCALAR && !node->bad) {
        text[ECH_LANG_EN] = text[ECH_LANG_ZH] = node->text;
    } else if (node != NULL && node->kind == ECH_NODE_MAP) {
        const struct ech_node *en = ech_child_scalar(node, "en");
        const struct ech_node *zh = ech_child_scalar(node, "zh");
        text[ECH_LANG_EN] = en != NULL ? en->text : zh != NULL ? zh->text : NULL;
        text[ECH_LANG_ZH] = zh != NULL ? zh->text : text[ECH_LANG_EN];
    }
    struct ech_words words;
    for (int lang = 0; lang < ECH_N_LANGS; lang++) {
        words.text[lang] = keep_line(loading, text[lang] != NULL ? text[lang] : id);
    }
    return words;
}

void ech_missing(struct ech_loading *loading, const char *key, const char *where,
                 struct ech_mark at)
{
    ech_fail(loading->error, ECH_ERR_MISSING,
             (struct ech_facts){.what = key, .value = where, .at = at});
}

void ech_missing_list(struct ech_loading *loading, const char *key)
{
    const struct ech_documents *documents = &loading->documents;
    const struct ech_node *list = NULL;
    for (int d = 0; d < documents->n; d++) {
        const struct ech_node *node = ech_node_child(documents->rows[d]->tree.root, key);
        list = node != NULL ? node : list;
    }
    if (list == NULL) {
        ech_missing(loading, key, ECH_BOTH("the scenario", "情景"), ech_mark_of_first(loading));
    } else if (list->kind == ECH_NODE_LIST && list->n == 0) {
        ech_fail(loading->error, ECH_ERR_EMPTY,
                 (struct ech_facts){.what = key, .at = list->key_at});
    }
}

static void fail_unknown(struct ech_loading *loading, const struct ech_names *rows,
                         const char *name, const char *what, struct ech_mark at)
{
    struct ech_guess guess = {.word = name};
    for (int i = 0; i < rows->n_slots; i++) {
        if (rows->name[i] != NULL) {
            ech_guess_try(&guess, rows->name[i]);
        }
    }
    ech_fail(loading->error, ECH_ERR_UNKNOWN_NAME,
             (struct ech_facts){.what = what,
                                .value = name,
                                .hint = ech_guess_hint(&guess, &loading->scratch),
                                .at = at});
}

ech_id ech_row_of(struct ech_loading *loading, const struct ech_names *rows, struct ech_node *node,
                  const char *what)
{
    if (node->bad || node->kind != ECH_NODE_SCALAR) {
        return ECH_NONE;
    }
    ech_id row = ech_names_find(rows, node->text);
    if (row == ECH_NONE) {
        node->bad = true;
        fail_unknown(loading, rows, node->text, what, node->at);
    }
    return row;
}

ech_id ech_row_of_key(struct ech_loading *loading, const struct ech_names *rows,
                      struct ech_node *node, const char *what)
{
    ech_id row = ech_names_find(rows, node->key);
    if (row == ECH_NONE) {
        fail_unknown(loading, rows, node->key, what, node->key_at);
    }
    return row;
}

/** Makes room for one more remark. */
static struct ech_words *next_remark(struct ech_loading *loading)
{
    struct ech_scenario *scenario = loading->scenario;
    int n = scenario->n_remarks;
    if ((n & (n - 1)) == 0) { /* full at each power of two */
        struct ech_words *larger =
            ech_arena_array(loading->keep, (size_t)n * 2 + 1, sizeof *larger);
        for (int i = 0; i < n; i++) {
            larger[i] = scenario->remarks[i];
        }
        scenario->remarks = larger;
    }
    scenario->n_remarks++;
    return &scenario->remarks[n];
}

void ech_remark(struct ech_loading *loading, struct ech_mark at, const char *both)
{
    const char *zh = strchr(both, ECH_BOTH_SEPARATOR[0]) + 1;
    int en_length = (int)(zh - both) - 1;
    const char *place =
        at.line > 0 ? ech_arena_format(&loading->scratch, "%s:%d:%d: ", at.file, at.line, at.column)
                    : "";
    const char *text = ech_arena_format(loading->keep, "%s%.*s", place, en_length, both);
    int n = loading->scenario->n_remarks;
    if (ech_names_add(&loading->remarked, text, n, &loading->scratch) == n) {
        struct ech_words *remark = next_remark(loading);
        remark->text[ECH_LANG_EN] = text;
        remark->text[ECH_LANG_ZH] = ech_arena_format(loading->keep, "%s%s", place, zh);
    }
}

struct ech_mark ech_mark_of_first(const struct ech_loading *loading)
{
    return (struct ech_mark){loading->documents.rows[loading->documents.n - 1]->file.path, 1, 1};
}

void ech_too_large(struct ech_loading *loading, const char *what, int64_t n, int64_t most,
                   size_t bytes_each, struct ech_mark at)
{
    double mib = (double)n * (double)bytes_each / (1024.0 * 1024.0);
    ech_fail(loading->error, ECH_ERR_TOO_LARGE,
             (struct ech_facts){
                 .what = what,
                 .value = ech_arena_format(
                     &loading->scratch,
                     ECH_BOTH("%lld, which would take about %.0f MiB", "%lld，约需内存 %.0f MiB"),
                     (long long)n, mib, (long long)n, mib),
                 .allowed = ech_arena_format(&loading->scratch, "%lld", (long long)most),
                 .at = at});
}
