/* Refusing a value of a scenario file: what is wrong, where, and what would be right. */
#ifndef ECH_REFUSE_H
#define ECH_REFUSE_H

#include "input/names.h"
#include "input/tree.h"

/** What the checks of a file share. */
struct ech_checker {
    struct ech_arena *arena;
    struct ech_error *error;
    bool broken; /* a part of the tree is not there: do not report what is missing */
    struct ech_names parameters; /* rows of ech_param_rows by path */
};

/** Both ends of a range, inclusive; unit may be NULL. */
struct ech_range {
    double min, max;
    const char *unit;
};

/** What a node is, in words for a message; the arena's. */
const char *ech_refuse_value(const struct ech_node *node, struct ech_arena *arena);

/** The words as "a, b, c"; the arena's. */
const char *ech_refuse_words(const char *const *words, int n_words, struct ech_arena *arena);

/** Records ECH_ERR_TYPE: what the value is against what is `wanted`; the node becomes bad. */
void ech_refuse_type(struct ech_checker *checker, struct ech_node *node, const char *what,
                     const char *wanted);

/** Records ECH_ERR_RANGE; the node becomes bad. `hint` may be NULL. */
void ech_refuse_range(struct ech_checker *checker, struct ech_node *node, const char *what,
                      const struct ech_range *range, const char *hint);

/** Records ECH_ERR_CHOICE with "did you mean"; the node becomes bad. */
void ech_refuse_choice(struct ech_checker *checker, struct ech_node *node, const char *what,
                       const char *const *words, int n_words);

/** Records ECH_ERR_KEY, or the full-width colon that hides in the key. `hint` may be NULL. */
void ech_refuse_key(struct ech_checker *checker, const struct ech_node *node, const char *hint);

/** Records ECH_ERR_MISSING unless the tree is cut short; the map becomes bad. */
void ech_refuse_missing(struct ech_checker *checker, struct ech_node *map, const char *key);

#endif
