/* Dated events, joined over the files and sorted by date. */
#include <stdlib.h>

#include "input/loading.h"
#include "input/scalar.h"

/** An event with its place among all, for a stable sort. */
struct entry {
    const struct ech_node *node;
    double month;
    int order;
};

static int by_date(const void *a, const void *b)
{
    const struct entry *x = a;
    const struct entry *y = b;
    return x->month != y->month ? (x->month > y->month) - (x->month < y->month)
                                : x->order - y->order;
}

/** Gathers the entries of key `key` of all documents into entries; NULL: only counts them. */
static int gather(const struct ech_loading *loading, const char *key, const char *date,
                  struct entry *entries)
{
    int n = 0;
    for (int d = 0; d < loading->documents.n; d++) {
        const struct ech_node *list = ech_child_list(loading->documents.rows[d]->tree.root, key);
        struct ech_node *node = list != NULL ? ech_entry(list->first) : NULL;
        for (; node != NULL; node = ech_entry(node->next)) {
            if (ech_child_scalar(node, date) == NULL) {
                continue; /* reported */
            }
            if (entries != NULL) {
                entries[n] = (struct entry){node, ech_child_number(node, date, 0), n};
            }
            n++;
        }
    }
    return n;
}

const struct ech_node **ech_dated_entries(struct ech_loading *loading, const char *key,
                                          const char *date, int *n)
{
    *n = gather(loading, key, date, NULL);
    struct entry *entries = ech_arena_array(&loading->scratch, (size_t)*n, sizeof *entries);
    const struct ech_node **nodes = ech_arena_array(&loading->scratch, (size_t)*n, sizeof *nodes);
    gather(loading, key, date, entries);
    qsort(entries, (size_t)*n, sizeof *entries, by_date);
    for (int i = 0; i < *n; i++) {
        nodes[i] = entries[i].node;
    }
    return nodes;
}

int ech_month_since_start(struct ech_loading *loading, const struct ech_node *entry,
                          const char *key)
{
    const struct ech_scenario *scenario = loading->scenario;
    const struct ech_node *date = ech_child_scalar(entry, key);
    if (scenario->start_month == 0) {
        return ECH_NONE; /* the start is missing or wrong, which has been reported */
    }
    int month = (int)date->number - scenario->start_month;
    const char *start = ech_scalar_month_text(scenario->start_month, &loading->scratch);
    if (month <= 0) {
        ech_fail(loading->error, ECH_ERR_DATE,
                 (struct ech_facts){
                     .what = key,
                     .value = date->text,
                     .allowed = ech_arena_format(&loading->scratch,
                                                 ECH_BOTH("after %s, the start", "，且晚于起点 %s"),
                                                 start, start),
                     .at = date->at});
        return ECH_NONE;
    }
    return month;
}

void ech_remark_after_end(struct ech_loading *loading, const struct ech_node *entry,
                          const char *key)
{
    const struct ech_scenario *scenario = loading->scenario;
    const char *date = ech_child_scalar(entry, key)->text;
    const char *end =
        ech_scalar_month_text(scenario->start_month + scenario->n_months, &loading->scratch);
    ech_remark(
        loading, entry->at,
        ech_arena_format(&loading->scratch,
                         ECH_BOTH("%s lies after the end of the run (%s) and changes nothing",
                                  "%s 晚于模拟终点（%s），不产生任何作用"),
                         date, end, date, end));
}

static const enum ech_cause causes[] = {ECH_CAUSE_UPWARD, ECH_CAUSE_OUTWARD}; /* as in keys.c */
enum { YOUNGEST = 0, OLDEST = 120, OUTWARD = 1 };

static void add_event(struct ech_loading *loading, const struct ech_node *node, int month)
{
    struct ech_scenario *scenario = loading->scenario;
    const struct ech_node *ages = ech_child_good(node, "ages");
    scenario->events[scenario->n_events++] =
        (struct ech_dated_event){.month = month,
                                 .kind = ECH_EVENT_EXAM_WINDOW,
                                 .track = (enum ech_track)ech_child_number(node, "track", 0),
                                 .share = ech_child_number(node, "share", 0),
                                 .age_from = ages != NULL ? (int)ages->first->number : YOUNGEST,
                                 .age_to = ages != NULL ? (int)ages->last->number : OLDEST,
                                 .cause = causes[(int)ech_child_number(node, "cause", OUTWARD)]};
}

/** Events of a month by what they say, whatever their order in the files. */
static int by_content(const void *a, const void *b)
{
    const struct ech_dated_event *x = a;
    const struct ech_dated_event *y = b;
    const int x_key[] = {x->month, (int)x->kind, (int)x->track, x->age_from, x->age_to};
    const int y_key[] = {y->month, (int)y->kind, (int)y->track, y->age_from, y->age_to};
    for (size_t i = 0; i < sizeof x_key / sizeof x_key[0]; i++) {
        if (x_key[i] != y_key[i]) {
            return x_key[i] < y_key[i] ? -1 : 1;
        }
    }
    if (x->cause != y->cause) {
        return x->cause < y->cause ? -1 : 1;
    }
    return (x->share > y->share) - (x->share < y->share);
}

void ech_events_load(struct ech_loading *loading)
{
    int n = 0;
    const struct ech_node **nodes = ech_dated_entries(loading, "events", "at", &n);
    loading->scenario->events =
        ech_arena_array(loading->keep, (size_t)n, sizeof *loading->scenario->events);
    for (int i = 0; i < n; i++) {
        int month = ech_month_since_start(loading, nodes[i], "at");
        if (month > loading->scenario->n_months) {
            ech_remark_after_end(loading, nodes[i], "at");
        } else if (month != ECH_NONE) {
            add_event(loading, nodes[i], month);
        }
    }
    if (loading->scenario->n_events > 0) {
        qsort(loading->scenario->events, (size_t)loading->scenario->n_events,
              sizeof *loading->scenario->events, by_content);
    }
}
