/* The events of one replication, kept so that they can be chosen and told. */
#ifndef ECH_JOURNAL_H
#define ECH_JOURNAL_H

#include <stdbool.h>

#include "model/run.h"

/** Whose events are wanted. */
enum ech_wanted { ECH_WANTED_ALL, ECH_WANTED_PERSON, ECH_WANTED_POST, ECH_WANTED_CHAIN };

/** A choice of events: of a person, of a post, or of the chain post@month. */
struct ech_choice_of_events {
    enum ech_wanted wanted;
    ech_key person;
    ech_id post;
    int month;
};

/**
 * What happened in a replication, in its order; { 0 } is empty. Rejections that are not wanted are
 * left out: there are too many of them. Owns `events` [n] and their details.
 */
struct ech_journal {
    const struct ech_scenario *scenario;
    struct ech_choice_of_events choice;
    int n;
    int capacity;
    struct ech_event *events;
    bool out_of_memory;
};

/** Whether an event is one of those chosen. */
bool ech_journal_wants(const struct ech_choice_of_events *choice, const struct ech_event *event);

/** Keeps an event; the `take` of a sink whose context is the journal. */
void ech_journal_take(void *context, const struct ech_event *event);

/** The event `start` or `entry` by which somebody came, or NULL. */
const struct ech_event *ech_journal_arrival(const struct ech_journal *journal, ech_key person);

/** Whether an event puts the person into event->to_post. */
bool ech_event_takes_post(const struct ech_event *event);

/** Whether an event takes the person out of event->from_post. */
bool ech_event_leaves_post(const struct ech_event *event);

/** Frees the events; twice is allowed. */
void ech_journal_free(struct ech_journal *journal);

#endif
