/* The event log: what happens to somebody is told to whoever listens. */
#ifndef ECH_EVENTS_H
#define ECH_EVENTS_H

#include "model/state.h"

/** Room for the facts of a person: eight words of at most 64 bytes with their keys. */
enum { ECH_DETAIL_SIZE = 256 };

/** An event with every id ECH_NONE and empty words. */
struct ech_event ech_event_of(enum ech_event_type type, ech_key person);

/** An event between somebody, where he is, and the opening of a post, with the opening's chain. */
struct ech_event ech_opening_event(const struct ech_run *run, enum ech_event_type type, ech_id post,
                                   const struct ech_person *person);

/** Tells of a sanction: `cause` its word, `detail` where it comes from ("discipline", "incident"). Who
    holds no post passes to `level`; of who loses one a step_down tells besides. */
void ech_emit_sanction(const struct ech_run *run, const struct ech_person *person,
                       const char *cause, const char *detail, ech_id level);

/** Emits an event of this month; `event` needs type and what is not ECH_NONE. */
void ech_emit(const struct ech_run *run, struct ech_event event);

/** Writes the facts of a person for the detail of `start` and `entry` into text[size]. */
void ech_person_detail(struct ech_run *run, ech_id id, char *text, size_t size);

#endif
