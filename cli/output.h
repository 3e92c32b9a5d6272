/* The streams: words on stderr, data on stdout, and the stop flag of signals. */
#ifndef ECH_OUTPUT_H
#define ECH_OUTPUT_H

#include <signal.h>

#include "model/error.h"

/**
 * Makes the streams safe, once at the start: closed ones are opened so that no file of ours becomes
 * standard output, and a closed pipe becomes a write error. A signal that ends the program takes with it
 * the file that is being written.
 */
void ech_output_init(void);

/** Flushes and closes stdout; what could not be written is recorded in `error`. */
enum ech_status ech_output_close(struct ech_error *error);

/** Prints the problems on stderr, one a line. `status` OK or PARTIAL: as remarks, else as errors. */
void ech_output_problems(const struct ech_error *error, enum ech_status status, enum ech_lang lang);

/**
 * From now on SIGINT and SIGTERM set the flag; a second one ends the program at once, with a word on
 * `path`.part if that is there: what was finished can be read from it.
 */
void ech_output_catch_stop(const char *path, enum ech_lang lang);
/** The flag: 0, or the signal's number. */
const volatile sig_atomic_t *ech_output_stop(void);

#endif
