/* Entries of lists that name themselves (flows, recruitment): gathered over all documents. */
#ifndef ECH_ENTRIES_H
#define ECH_ENTRIES_H

#include "input/loading.h"

/** The good entries of a list over all documents, by id; a later file replaces an entry. */
struct ech_entries {
    struct ech_node **rows; /* [n] the arena's */
    int n;
};

/** The good entries of the list `key` of all documents; an id that stands twice in one is refused. */
struct ech_entries ech_entries_gather(struct ech_loading *loading, const char *key);

/** Everything that an entry says, for the manifest: "flows[up].rate". */
void ech_entry_note(struct ech_loading *loading, const char *list, const struct ech_node *entry);

/** Whether exactly one of keys[n_keys] stands in an entry; records what is missing or contradicts. */
bool ech_entry_exactly_one(struct ech_loading *loading, const struct ech_node *entry,
                           const char *const *keys, int n_keys);

/** Row of an optional name, ECH_NONE where there is none; false, recorded, if it is given and unknown. */
bool ech_entry_row(struct ech_loading *loading, const struct ech_node *entry, const char *key,
                   const struct ech_names *rows, const char *what, ech_id *row);

/** Recruitment by plan; for ech_flows_load. */
void ech_recruitment_load(struct ech_loading *loading);

#endif
