/* What each command does; one file a command. */
#ifndef ECH_COMMANDS_H
#define ECH_COMMANDS_H

#include "cli/call.h"

/** Runs scenarios side by side and writes one results file. */
enum ech_status ech_command_run(const struct ech_call *call, struct ech_error *error);
/** Validates scenarios. */
enum ech_status ech_command_check(const struct ech_call *call, struct ech_error *error);
/** Prints settings that differ beside results that differ. */
enum ech_status ech_command_compare(const struct ech_call *call, struct ech_error *error);
/** Draws figures. */
enum ech_status ech_command_plot(const struct ech_call *call, struct ech_error *error);
/** Writes the page. */
enum ech_status ech_command_report(const struct ech_call *call, struct ech_error *error);
/** Writes numbers as CSV. */
enum ech_status ech_command_export(const struct ech_call *call, struct ech_error *error);
/** Writes the event log of one replication. */
enum ech_status ech_command_trace(const struct ech_call *call, struct ech_error *error);
/** Holds results against a table of targets. */
enum ech_status ech_command_validate(const struct ech_call *call, struct ech_error *error);
/** Prints the table of parameters. */
enum ech_status ech_command_params(const struct ech_call *call, struct ech_error *error);
/** Prints the table of measures. */
enum ech_status ech_command_measures(const struct ech_call *call, struct ech_error *error);

#endif
