/* How far a run is, on stderr: a line that renews itself on a terminal, else a line every tenth. */
#ifndef ECH_PROGRESS_H
#define ECH_PROGRESS_H

#include <stdbool.h>
#include <time.h>

#include "model/error.h"

/** State of the display. */
struct ech_progress {
    enum ech_lang lang;
    bool quiet;
    bool on_terminal;
    struct timespec started;
    double shown_at; /* seconds since the start; below 0: never */
    int tenth;       /* last tenth that was shown */
    long done;
    long total;
};

/** Begins. */
void ech_progress_init(struct ech_progress *progress, bool quiet, enum ech_lang lang);

/** Shows that `done` of `total` are done; `progress` is a struct ech_progress. */
void ech_progress_show(void *progress, long done, long total);

/** Ends the line on a terminal. */
void ech_progress_end(struct ech_progress *progress);

#endif
