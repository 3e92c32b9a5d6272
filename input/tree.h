/* A YAML file as a tree of nodes that know their place; see docs/reference.md for what is refused. */
#ifndef ECH_TREE_H
#define ECH_TREE_H

#include <stdbool.h>

#include "input/arena.h"
#include "input/file.h"
#include "model/error.h"

/** Limits of one scenario file. */
enum { ECH_FILE_BYTES = 1024 * 1024, ECH_TREE_DEPTH = 16, ECH_TREE_NODES = 100000 };

enum ech_node_kind { ECH_NODE_SCALAR, ECH_NODE_LIST, ECH_NODE_MAP };

/** A node. The schema fills the second part when it has found the value to be of its form. */
struct ech_node {
    enum ech_node_kind kind;
    struct ech_mark at;
    const char *key; /* of an entry of a map, else NULL */
    struct ech_mark key_at;
    const char *text; /* of a scalar, else NULL */
    bool quoted;
    int n; /* children of a list or map */
    struct ech_node *first;
    struct ech_node *last;
    struct ech_node *next; /* sibling */

    bool bad;           /* an error was recorded here or below: do not use the value */
    double number;      /* WHOLE, NUMBER, MONTH, CHOICE, FLAG, ... in the unit of the schema */
    const void *policy; /* struct ech_assignment of an entry of a policy */
};

/** What came of reading a file as YAML. */
struct ech_tree {
    struct ech_node *root; /* a map, or NULL */
    bool broken;           /* a part is not there: after a syntax error, behind an alias */
};

/**
 * Reads a file as YAML. Records what is no valid YAML (ECH_ERR_SYNTAX), not accepted here
 * (ECH_ERR_YAML_FEATURE: aliases, anchors, tags, a second document, keys that are not words, deep
 * nesting, full-width colons), too large (ECH_ERR_TOO_LARGE), and keys given twice
 * (ECH_ERR_DUPLICATE). After a syntax error the tree holds what stands before it.
 */
struct ech_tree ech_tree_parse(const struct ech_file *file, struct ech_arena *arena,
                               struct ech_error *error);

/** Child of a map by key (the last one of that key), or NULL. `map` may be NULL. */
struct ech_node *ech_node_child(const struct ech_node *map, const char *key);

/** A scalar's place of a full-width colon after an ASCII word, or NULL. */
const char *ech_full_width_colon(const char *text);

/** Records ECH_ERR_YAML_FEATURE for a full-width colon. */
void ech_fail_full_width(struct ech_error *error, struct ech_mark at);

#endif
