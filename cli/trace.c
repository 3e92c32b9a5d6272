/* echelon trace: the event log of one replication, or what happened to one person, post or chain. */
#include <ctype.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "cli/commands.h"
#include "cli/journal.h"
#include "cli/scenarios.h"
#include "cli/story.h"
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
    ech_export_field(stdout, text != NULL ? text : "");
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

static void put_columns(void)
{
    puts("month,date,event,person,cause,from_unit,from_post,to_unit,to_post,from_level,to_level,"
         "chain,detail");
}

static enum ech_status run_once(const struct ech_call *call, const struct ech_scenario *scenario,
                                const struct ech_sink *sink, struct ech_error *error)
{
    struct ech_run *run = NULL;
    enum ech_status status = ech_run_create(scenario, &run, error);
    if (status == ECH_OK) {
        status = ech_run_replication(run, call->number[ECH_OPT_SEED],
                                     (int)call->number[ECH_OPT_REPLICATION], NULL, sink, error);
    }
    ech_run_free(run);
    return status;
}

static enum ech_status put_log(const struct ech_call *call, const struct ech_scenario *scenario,
                               struct ech_error *error)
{
    struct log log = {.scenario = scenario};
    bool text = call->choice[ECH_OPT_FORMAT] == TEXT;
    struct ech_sink sink = {text ? take_text : take_csv, &log};
    if (!text) {
        put_columns();
    }
    return run_once(call, scenario, &sink, error);
}

/* Choosing events */

static enum ech_status refuse(struct ech_error *error, const char *option, const char *value,
                              const char *hint)
{
    return ech_fail(error, ECH_ERR_OPTION,
                    (struct ech_facts){.what = option, .value = value, .hint = hint});
}

/** Row of a post by id; ECH_NONE, reported with "did you mean". */
static ech_id find_post(const struct ech_scenario *scenario, const char *id,
                        struct ech_error *error)
{
    struct ech_guess guess = {.word = id};
    for (ech_id post = 0; post < scenario->n_posts; post++) {
        if (strcmp(scenario->posts[post].id, id) == 0) {
            return post;
        }
        ech_guess_try(&guess, scenario->posts[post].id);
    }
    ech_call_refuse_name(&guess, ECH_BOTH("post", "职位"), "", error);
    return ECH_NONE;
}

/** The key of the log, or the id of somebody given one by one. */
static enum ech_status choose_person(const struct ech_scenario *scenario, const char *id,
                                     struct ech_choice_of_events *choice, struct ech_error *error)
{
    enum { DIGITS = 16 };
    for (int p = 0; p < scenario->n_people; p++) {
        if (strcmp(scenario->people[p].id, id) == 0) {
            choice->person = scenario->people[p].key;
            return ECH_OK;
        }
    }
    bool good = strlen(id) == DIGITS;
    for (const char *digit = id; good && *digit != '\0'; digit++) {
        good = isxdigit((unsigned char)*digit) != 0;
    }
    if (!good) {
        return refuse(
            error, "--person", ECH_BOTH("not 16 hexadecimal digits", "不是16位十六进制数"),
            ECH_BOTH("the column `person` of the log holds them", "见事件日志的 person 列"));
    }
    choice->person = strtoull(id, NULL, DIGITS);
    return ECH_OK;
}

static enum ech_status choose_chain(const struct ech_scenario *scenario, const char *id,
                                    struct ech_choice_of_events *choice, struct ech_error *error)
{
    const char *at = strrchr(id, '@');
    char post[256];
    size_t length = at != NULL ? (size_t)(at - id) : sizeof post;
    if (length >= sizeof post || at[1] == '\0' || strlen(at) > 5 ||
        strspn(at + 1, "0123456789") != strlen(at + 1)) {
        return refuse(error, "--chain", ECH_BOTH("not a chain", "不是空缺链"),
                      ECH_BOTH("a chain is called post@month, such as township_01/deputy/3@17",
                               "空缺链写作 职位@月，如 township_01/deputy/3@17"));
    }
    snprintf(post, sizeof post, "%.*s", (int)length, id);
    choice->post = find_post(scenario, post, error);
    choice->month = (int)strtol(at + 1, NULL, 10);
    return choice->post != ECH_NONE ? ECH_OK : ECH_USAGE;
}

/** Reads --person, --post or --chain; at most one of them may be given. */
static enum ech_status choose(const struct ech_call *call, const struct ech_scenario *scenario,
                              struct ech_choice_of_events *choice, struct ech_error *error)
{
    static const enum ech_option_id options[] = {
        [ECH_WANTED_PERSON] = ECH_OPT_PERSON,
        [ECH_WANTED_POST] = ECH_OPT_POST,
        [ECH_WANTED_CHAIN] = ECH_OPT_CHAIN,
    };
    *choice = (struct ech_choice_of_events){.wanted = ECH_WANTED_ALL};
    for (int w = ECH_WANTED_PERSON; w <= ECH_WANTED_CHAIN; w++) {
        if (call->given[options[w]] && choice->wanted != ECH_WANTED_ALL) {
            return refuse(error, "--person, --post, --chain",
                          ECH_BOTH("only one of them can be told", "只能给出其中一项"), NULL);
        }
        choice->wanted = call->given[options[w]] ? (enum ech_wanted)w : choice->wanted;
    }
    switch (choice->wanted) {
    case ECH_WANTED_PERSON:
        return choose_person(scenario, call->text[ECH_OPT_PERSON], choice, error);
    case ECH_WANTED_POST:
        choice->post = find_post(scenario, call->text[ECH_OPT_POST], error);
        return choice->post != ECH_NONE ? ECH_OK : ECH_USAGE;
    case ECH_WANTED_CHAIN:
        return choose_chain(scenario, call->text[ECH_OPT_CHAIN], choice, error);
    case ECH_WANTED_ALL:
        break;
    }
    return ECH_OK;
}

/** The months in which chains begin at the post, as a hint. */
static void hint_of_chains(const struct ech_journal *journal, char *hint, size_t size)
{
    enum { MOST = 8 };
    char months[64] = "";
    size_t length = 0;
    int n = 0;
    int last = ECH_NONE;
    for (int i = 0; i < journal->n && n < MOST; i++) {
        const struct ech_event *event = &journal->events[i];
        if (event->chain_post == journal->choice.post && event->chain_month != last) {
            last = event->chain_month;
            length += (size_t)snprintf(months + length, sizeof months - length, "%s%d",
                                       n > 0 ? ", " : "", last);
            n++;
        }
    }
    hint[0] = '\0';
    if (n > 0) {
        snprintf(hint, size,
                 ECH_BOTH("chains begin there in months %s", "该职位的空缺链始于第 %s 月"), months,
                 months);
    }
}

static enum ech_status refuse_absent(const struct ech_call *call, const struct ech_journal *journal,
                                     struct ech_error *error)
{
    char hint[256] = ECH_BOTH("the column `person` of this replication's log holds those that do",
                              "见该次重复事件日志的 person 列");
    bool chain = journal->choice.wanted == ECH_WANTED_CHAIN;
    if (chain) {
        hint_of_chains(journal, hint, sizeof hint);
    }
    char what[128];
    int replication = (int)call->number[ECH_OPT_REPLICATION];
    snprintf(what, sizeof what,
             chain ? ECH_BOTH("chain in replication %d", "空缺链（第%d次重复）")
                   : ECH_BOTH("person in replication %d", "人员（第%d次重复）"),
             replication, replication);
    return ech_fail(error, ECH_ERR_UNKNOWN_NAME,
                    (struct ech_facts){.what = what,
                                       .value = call->text[chain ? ECH_OPT_CHAIN : ECH_OPT_PERSON],
                                       .hint = hint});
}

/** Prints the chosen events; a post that exists may have none. */
static enum ech_status put_chosen(const struct ech_call *call, const struct ech_journal *journal,
                                  struct ech_error *error)
{
    struct log log = {.scenario = journal->scenario};
    bool occurs = journal->choice.wanted == ECH_WANTED_POST;
    for (int i = 0; i < journal->n && !occurs; i++) {
        occurs = ech_journal_wants(&journal->choice, &journal->events[i]);
    }
    if (!occurs) {
        return refuse_absent(call, journal, error);
    }
    if (call->choice[ECH_OPT_FORMAT] == TEXT) {
        return ech_story_tell(journal, call->lang, error);
    }
    put_columns();
    for (int i = 0; i < journal->n; i++) {
        if (ech_journal_wants(&journal->choice, &journal->events[i])) {
            take_csv(&log, &journal->events[i]);
        }
    }
    return ECH_OK;
}

static enum ech_status put_story(const struct ech_call *call, const struct ech_scenario *scenario,
                                 const struct ech_choice_of_events *choice, struct ech_error *error)
{
    struct ech_journal journal = {.scenario = scenario, .choice = *choice};
    struct ech_sink sink = {ech_journal_take, &journal};
    enum ech_status status = run_once(call, scenario, &sink, error);
    if (status == ECH_OK && journal.out_of_memory) {
        status = ech_fail(error, ECH_ERR_MEMORY,
                          (struct ech_facts){.what = ECH_BOTH("keeping events", "保存事件")});
    }
    if (status == ECH_OK) {
        status = put_chosen(call, &journal, error);
    }
    ech_journal_free(&journal);
    return status;
}

enum ech_status ech_command_trace(const struct ech_call *call, struct ech_error *error)
{
    struct ech_scenarios scenarios = {0};
    struct ech_choice_of_events choice;
    enum ech_status status =
        ech_scenarios_load(call->operands, 1, call->number[ECH_OPT_SEED], &scenarios, error);
    if (status == ECH_OK) {
        status = choose(call, &scenarios.scenario[0], &choice, error);
    }
    if (status == ECH_OK) {
        status = choice.wanted == ECH_WANTED_ALL
                     ? put_log(call, &scenarios.scenario[0], error)
                     : put_story(call, &scenarios.scenario[0], &choice, error);
    }
    ech_scenarios_free(&scenarios);
    return status;
}
