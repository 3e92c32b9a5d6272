/* echelon trace: the event log of one replication. */
#include <inttypes.h>
#include <stdio.h>

#include "cli/commands.h"
#include "cli/scenarios.h"
#include "model/run.h"
#include "results/export.h"

/** Where events go. */
struct log {
    const struct ech_scenario *scenario;
};

enum { CSV, TEXT };

static const char *unit_id(const struct log *log, ech_id unit)
{
    return unit == ECH_NONE ? "" : log->scenario->units[unit].id;
}

static const char *post_id(const struct log *log, ech_id post)
{
    return post == ECH_NONE ? "" : log->scenario->posts[post].id;
}

static const char *level_id(const struct log *log, ech_id level)
{
    return level == ECH_NONE ? "" : log->scenario->levels[level].id;
}

/** "township_01/deputy/3@17", or "". */
static void chain_text(const struct log *log, const struct ech_event *event, char *text,
                       size_t size)
{
    text[0] = '\0';
    if (event->chain_post != ECH_NONE) {
        snprintf(text, size, "%s@%d", post_id(log, event->chain_post), event->chain_month);
    }
}

static void put_field(const char *text, char after)
{
    ech_export_field(stdout, text);
    putchar(after);
}

static void take_csv(void *context, const struct ech_event *event)
{
    const struct log *log = context;
    char date[16];
    char person[17] = "";
    char chain[512];
    ech_export_date(log->scenario->start_month + event->month, date, sizeof date);
    chain_text(log, event, chain, sizeof chain);
    snprintf(person, sizeof person, "%016" PRIx64, event->person);
    printf("%d,%s,%s,%s,", event->month, date, ech_event_names[event->type], person);
    put_field(event->cause, ',');
    put_field(unit_id(log, event->from_unit), ',');
    put_field(post_id(log, event->from_post), ',');
    put_field(unit_id(log, event->to_unit), ',');
    put_field(post_id(log, event->to_post), ',');
    put_field(level_id(log, event->from_level), ',');
    put_field(level_id(log, event->to_level), ',');
    put_field(chain, ',');
    put_field(event->detail, '\n');
}

/** "township_01/deputy/3 section", the post or else the unit, and the level. */
static void put_place(const struct log *log, ech_id unit, ech_id post, ech_id level)
{
    fputs(post != ECH_NONE ? post_id(log, post) : unit_id(log, unit), stdout);
    if (level != ECH_NONE) {
        printf(" (%s)", level_id(log, level));
    }
}

static void take_text(void *context, const struct ech_event *event)
{
    const struct log *log = context;
    char date[16];
    ech_export_date(log->scenario->start_month + event->month, date, sizeof date);
    printf("%s %-11s %016" PRIx64 " ", date, ech_event_names[event->type], event->person);
    put_place(log, event->from_unit, event->from_post, event->from_level);
    if (event->to_unit != ECH_NONE || event->to_post != ECH_NONE || event->to_level != ECH_NONE) {
        fputs(" -> ", stdout);
        put_place(log, event->to_unit, event->to_post, event->to_level);
    }
    if (event->cause[0] != '\0') {
        printf(", %s", event->cause);
    }
    if (event->detail[0] != '\0') {
        printf(", %s", event->detail);
    }
    putchar('\n');
}

static enum ech_status put_log(const struct ech_call *call, const struct ech_scenario *scenario,
                               struct ech_error *error)
{
    struct log log = {.scenario = scenario};
    struct ech_sink sink = {call->choice[ECH_OPT_FORMAT] == TEXT ? take_text : take_csv, &log};
    struct ech_run *run = NULL;
    enum ech_status status = ech_run_create(scenario, &run, error);
    if (status == ECH_OK) {
        if (call->choice[ECH_OPT_FORMAT] == CSV) {
            puts("month,date,event,person,cause,from_unit,from_post,to_unit,to_post,from_level,"
                 "to_level,chain,detail");
        }
        status = ech_run_replication(run, call->number[ECH_OPT_SEED],
                                     (int)call->number[ECH_OPT_REPLICATION], NULL, &sink, error);
    }
    ech_run_free(run);
    return status;
}

enum ech_status ech_command_trace(const struct ech_call *call, struct ech_error *error)
{
    struct ech_scenarios scenarios = {0};
    enum ech_status status =
        ech_scenarios_load(call->operands, 1, call->number[ECH_OPT_SEED], &scenarios, error);
    if (status == ECH_OK) {
        status = put_log(call, &scenarios.scenario[0], error);
    }
    ech_scenarios_free(&scenarios);
    return status;
}
