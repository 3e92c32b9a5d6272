#include "cli/journal.h"

#include <stdlib.h>
#include <string.h>

bool ech_journal_wants(const struct ech_choice_of_events *choice, const struct ech_event *event)
{
    switch (choice->wanted) {
    case ECH_WANTED_PERSON:
        return event->person == choice->person;
    case ECH_WANTED_POST:
        return event->from_post == choice->post || event->to_post == choice->post;
    case ECH_WANTED_CHAIN:
        return event->chain_post == choice->post && event->chain_month == choice->month;
    case ECH_WANTED_ALL:
        break;
    }
    return true;
}

static bool grow(struct ech_journal *journal)
{
    int capacity = journal->capacity > 0 ? 2 * journal->capacity : 1024;
    struct ech_event *larger = realloc(journal->events, (size_t)capacity * sizeof *journal->events);
    if (larger == NULL) {
        return false;
    }
    journal->events = larger;
    journal->capacity = capacity;
    return true;
}

void ech_journal_take(void *context, const struct ech_event *event)
{
    struct ech_journal *journal = context;
    if (journal->out_of_memory ||
        (event->type == ECH_EV_REJECT && !ech_journal_wants(&journal->choice, event))) {
        return;
    }
    char *detail = event->detail[0] != '\0' ? strdup(event->detail) : NULL;
    journal->out_of_memory = (event->detail[0] != '\0' && detail == NULL) ||
                             (journal->n == journal->capacity && !grow(journal));
    if (journal->out_of_memory) {
        free(detail);
        return;
    }
    journal->events[journal->n] = *event;
    journal->events[journal->n++].detail = detail; /* NULL: none */
}

const struct ech_event *ech_journal_arrival(const struct ech_journal *journal, ech_key person)
{
    for (int i = 0; i < journal->n; i++) {
        const struct ech_event *event = &journal->events[i];
        if (event->person == person &&
            (event->type == ECH_EV_START || event->type == ECH_EV_ENTRY)) {
            return event;
        }
    }
    return NULL;
}

/* Events that only speak of a post. */
static bool changes_nothing(enum ech_event_type type)
{
    return type == ECH_EV_NOMINATE || type == ECH_EV_REJECT || type == ECH_EV_RESERVE_IN ||
           type == ECH_EV_RESERVE_OUT || type == ECH_EV_DECLINE || type == ECH_EV_SANCTION ||
           type == ECH_EV_GRADE || type == ECH_EV_TRAIN || type == ECH_EV_RATING;
}

bool ech_event_takes_post(const struct ech_event *event)
{
    return event->to_post != ECH_NONE && !changes_nothing(event->type);
}

bool ech_event_leaves_post(const struct ech_event *event)
{
    return event->from_post != ECH_NONE && event->from_post != event->to_post &&
           !changes_nothing(event->type);
}

void ech_journal_free(struct ech_journal *journal)
{
    for (int i = 0; i < journal->n; i++) {
        free((void *)(uintptr_t)journal->events[i].detail);
    }
    free(journal->events);
    *journal = (struct ech_journal){0};
}
