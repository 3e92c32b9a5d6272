/* Laying files over each other: maps key by key, lists of entries by id, all else replaced. */
#ifndef ECH_MERGE_H
#define ECH_MERGE_H

#include "input/refuse.h"

/** A value that a later file gives to something an earlier file has described. */
struct ech_override {
    const char *path; /* "initial.blocks[leaders].women" */
    const char *scope;
    const char *value;
    struct ech_mark at;
    struct ech_override *next;
};

/** The overrides so far, in order; { 0 } is empty. Everything is the arena's. */
struct ech_overrides {
    struct ech_override *first;
    struct ech_override *last;
    int n;
};

/** Notes an override; `path` is kept, `node` gives value and place. */
void ech_override_add(struct ech_overrides *overrides, const char *path, const char *scope,
                      const struct ech_node *node, struct ech_arena *arena);

/** A value as one line of YAML; the arena's. */
const char *ech_node_text(const struct ech_node *node, struct ech_arena *arena);

/**
 * `over` laid over `base` (NULL: nothing yet) as a new node; neither is changed. Entries of lists
 * that have an id merge by it, entries without one are added, other lists are replaced. Two entries
 * of one id in `over` are ECH_ERR_DUPLICATE. Values that replace or add to `base` are noted as
 * overrides under `path`.
 */
struct ech_node *ech_merge(const struct ech_node *base, const struct ech_node *over,
                           const char *path, struct ech_overrides *overrides,
                           struct ech_checker *checker);

#endif
