/* Another program, run with its input given and its output caught, for a limited time. */
#ifndef ECH_PROCESS_H
#define ECH_PROCESS_H

#include "plots/text.h"

/** How it ended. */
enum ech_process_end {
    ECH_PROCESS_DONE,    /* with exit status 0 */
    ECH_PROCESS_MISSING, /* there is no such program */
    ECH_PROCESS_FAILED,  /* another exit status, or a signal */
    ECH_PROCESS_TIMEOUT, /* it was killed */
    ECH_PROCESS_SYSTEM   /* no pipe or process could be made */
};

/** What to run. argv ends with NULL; argv[0] is looked up in PATH. */
struct ech_process {
    const char *const *argv;
    const char *input;
    size_t n_input;
    double seconds; /* then it is killed with its children */
};

/**
 * Runs it in the C locale with UTF-8 and waits. Appends its standard output to `out` and what it
 * complained of (at most 2,000 bytes) to `complaints`. A program that stops reading raises no SIGPIPE.
 */
enum ech_process_end ech_process_run(const struct ech_process *process, struct ech_text *out,
                                     struct ech_text *complaints);

#endif
