/* Entries of lists that name themselves (flows, recruitment): gathered over all documents. */
#ifndef ECH_ENTRIES_H
#define ECH_ENTRIES_H

#include "input/loading.h"

/** The good entries of a list over all documents, by id; a later file replaces an entry. */
struct ech_entries {
    struct ech_node **rows;
    int n;
};

/** The good entries of the list `key` of all documents; an id that stands twice in one is refused. */
struct ech_entries ech_entries_gather(struct ech_loading *loading, const char *key);

/** Everything that an entry says, for the manifest: "flows[up].rate". */
void ech_entry_note(struct ech_loading *loading, const char *list, const struct ech_node *entry);

/** Exactly one of the keys must stand in an entry; records what is missing or contradicts. */
bool ech_entry_exactly_one(struct ech_loading *loading, const struct ech_node *entry,
                           const char *const *keys, int n_keys);

/** Row of an optional name; false if it is given and unknown. */
bool ech_entry_row(struct ech_loading *loading, const struct ech_node *entry, const char *key,
                   const struct ech_names *rows, const char *what, ech_id *row);

/** Recruitment by plan; for ech_flows_load. */
void ech_recruitment_load(struct ech_loading *loading);

#define ECH_WORD_LEVEL ECH_BOTH("level", "级别")
#define ECH_WORD_TYPE ECH_BOTH("type of units", "单位类型")

#endif
