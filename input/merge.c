#include "input/merge.h"

#include <string.h>

#include "model/types.h"

enum { LONGEST_TEXT = 1000 };

/** What a merge carries along. */
struct merge {
    struct ech_overrides *overrides;
    struct ech_checker *checker;
};

/* Values as text */

const char *ech_node_text(const struct ech_node *node, struct ech_arena *arena)
{
    if (node->kind == ECH_NODE_SCALAR) {
        return node->text;
    }
    bool map = node->kind == ECH_NODE_MAP;
    const char *text = "";
    for (const struct ech_node *child = node->first; child != NULL; child = child->next) {
        text =
            ech_arena_format(arena, "%s%s%s%s%s", text, child != node->first ? ", " : "",
                             map ? child->key : "", map ? ": " : "", ech_node_text(child, arena));
        if (strlen(text) > LONGEST_TEXT) {
            return ech_arena_format(arena, map ? "{%s, ...}" : "[%s, ...]", text);
        }
    }
    return ech_arena_format(arena, map ? "{%s}" : "[%s]", text);
}

void ech_override_add(struct ech_overrides *overrides, const char *path, const char *scope,
                      const struct ech_node *node, struct ech_arena *arena)
{
    struct ech_override *override = ech_arena_take(arena, sizeof *override);
    override->path = path;
    override->scope = scope;
    override->value = ech_node_text(node, arena);
    override->at = node->at;
    struct ech_override **place =
        overrides->last != NULL ? &overrides->last->next : &overrides->first;
    *place = override;
    overrides->last = override;
    overrides->n++;
}

/* Laying over */

/** Id of an entry of a list, or NULL. */
static const char *id_of(const struct ech_node *entry)
{
    const struct ech_node *id = entry->kind == ECH_NODE_MAP ? ech_node_child(entry, "id") : NULL;
    return id != NULL && id->kind == ECH_NODE_SCALAR ? id->text : NULL;
}

/** What a child is merged by: its key or id, or NULL. */
static const char *name_of(const struct ech_node *child, enum ech_node_kind parent)
{
    return parent == ECH_NODE_MAP ? child->key : id_of(child);
}

/** Titles and notes are words, not settings. */
static bool is_setting(const struct ech_node *node)
{
    return node->key == NULL || (strcmp(node->key, "title") != 0 && strcmp(node->key, "id") != 0);
}

static bool is_list_of_entries(const struct ech_node *node)
{
    return node->kind == ECH_NODE_LIST && node->first != NULL && node->first->kind == ECH_NODE_MAP;
}

static const char *path_below(const char *path, const struct ech_node *child,
                              enum ech_node_kind parent, struct ech_arena *arena)
{
    const char *name = name_of(child, parent);
    return ech_arena_format(arena, parent == ECH_NODE_MAP ? "%s.%s" : "%s[%s]", path,
                            name != NULL ? name : "");
}

/** Notes every value of a node that a later file brings. */
static void note(struct merge *merge, const char *path, const struct ech_node *node)
{
    struct ech_arena *arena = merge->checker->arena;
    if (node->kind == ECH_NODE_MAP || is_list_of_entries(node)) {
        for (const struct ech_node *child = node->first; child != NULL; child = child->next) {
            if (is_setting(child)) {
                note(merge, path_below(path, child, node->kind, arena), child);
            }
        }
        return;
    }
    ech_override_add(merge->overrides, path, "", node, arena);
}

static void append(struct ech_node *parent, const struct ech_node *child, struct ech_arena *arena)
{
    struct ech_node *copy = ech_arena_take(arena, sizeof *copy);
    *copy = *child;
    copy->next = NULL;
    struct ech_node **place = parent->last != NULL ? &parent->last->next : &parent->first;
    *place = copy;
    parent->last = copy;
    parent->n++;
}

/** A new node like `like` with the children of `base`, which are copied one level deep. */
static struct ech_node *container(const struct ech_node *base, const struct ech_node *like,
                                  struct ech_arena *arena)
{
    struct ech_node *node = ech_arena_take(arena, sizeof *node);
    *node = *like;
    node->first = node->last = node->next =
        NULL; /* what follows in its file does not belong here */
    node->n = 0;
    const struct ech_node *child = base != NULL ? base->first : NULL;
    for (; child != NULL; child = child->next) {
        append(node, child, arena);
    }
    node->bad |= base != NULL && base->bad;
    return node;
}

static struct ech_node *lay(struct merge *merge, const struct ech_node *base,
                            const struct ech_node *over, const char *path);

/** Replaces the content of a child, which stays where it is in its list. */
static void put(struct ech_node *child, const struct ech_node *content)
{
    struct ech_node *next = child->next;
    *child = *content;
    child->next = next;
}

static void check_twice(struct merge *merge, struct ech_names *seen, const struct ech_node *child,
                        const char *name, int i)
{
    if (ech_names_add(seen, name, i, merge->checker->arena) == i || child->key != NULL) {
        return; /* new, or a key: those are checked when the file is read */
    }
    const struct ech_node *id = ech_node_child(child, "id");
    ech_fail(merge->checker->error, ECH_ERR_DUPLICATE,
             (struct ech_facts){.what = name,
                                .value = ECH_BOTH("an entry before this one", "前面的同名项"),
                                .at = id->at});
}

/** Lays the children of `over` over those of `node`, a container. */
static void lay_children(struct merge *merge, struct ech_node *node, const struct ech_node *over,
                         const char *path, bool later)
{
    struct ech_arena *arena = merge->checker->arena;
    struct ech_names seen = {0};
    struct ech_names rows = {0};
    struct ech_node **children =
        ech_arena_array(arena, (size_t)(node->n + over->n), sizeof *children);
    int n = 0;
    for (struct ech_node *child = node->first; child != NULL; child = child->next, n++) {
        children[n] = child;
        const char *name = name_of(child, over->kind);
        if (name != NULL) {
            ech_names_add(&rows, name, n, arena);
        }
    }
    int i = 0;
    for (const struct ech_node *child = over->first; child != NULL; child = child->next, i++) {
        const char *name = name_of(child, over->kind);
        const char *below = path_below(path, child, over->kind, arena);
        int row = name != NULL ? ech_names_find(&rows, name) : ECH_NONE;
        if (name != NULL) {
            check_twice(merge, &seen, child, name, i);
        }
        if (row != ECH_NONE) {
            put(children[row], lay(merge, children[row], child, below));
            continue;
        }
        append(node, lay(merge, NULL, child, below), arena);
        if (later && is_setting(child)) {
            note(merge, below, child);
        }
    }
}

static struct ech_node *lay(struct merge *merge, const struct ech_node *base,
                            const struct ech_node *over, const char *path)
{
    struct ech_arena *arena = merge->checker->arena;
    bool same = base != NULL && base->kind == over->kind;
    if (over->kind == ECH_NODE_MAP || is_list_of_entries(over)) {
        struct ech_node *node = container(same ? base : NULL, over, arena);
        lay_children(merge, node, over, path, same);
        return node;
    }
    if (base != NULL && is_setting(over)) {
        note(merge, path, over);
    }
    struct ech_node *node = ech_arena_take(arena, sizeof *node);
    *node = *over;
    node->next = NULL;
    return node;
}

struct ech_node *ech_merge(const struct ech_node *base, const struct ech_node *over,
                           const char *path, struct ech_overrides *overrides,
                           struct ech_checker *checker)
{
    struct merge merge = {overrides, checker};
    return lay(&merge, base, over, path);
}
