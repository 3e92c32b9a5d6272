/* Reading the command line with getopt_long, driven by the tables of options.c. */
#include "cli/call.h"

#include <getopt.h>
#include <stdio.h>
#include <string.h>

enum { LONG_BASE = 256, MAX_OPTIONS = 64 };

static const char *const later_commands[] = {"selftest", "verify",    "new",
                                             "roster",   "design",    "sensitivity",
                                             "optimize", "calibrate", "merge"};

enum ech_lang ech_call_language(void)
{
    static const char *const variables[] = {"LC_ALL", "LC_MESSAGES", "LANG"};
    for (size_t i = 0; i < sizeof variables / sizeof variables[0]; i++) {
        const char *value = getenv(variables[i]);
        if (value != NULL && value[0] != '\0') {
            return strncmp(value, "zh", 2) == 0 ? ECH_LANG_ZH : ECH_LANG_EN;
        }
    }
    return ECH_LANG_EN;
}

void ech_call_hint(const struct ech_guess *guess, char *hint, size_t size)
{
    hint[0] = '\0';
    if (guess->best != NULL) {
        snprintf(hint, size, ECH_BOTH("did you mean '%s'?", "您是否想输入“%s”？"), guess->best,
                 guess->best);
    }
}

enum ech_status ech_call_refuse_name(const struct ech_guess *guess, const char *what,
                                     const char *otherwise, struct ech_error *error)
{
    char hint[1024];
    ech_call_hint(guess, hint, sizeof hint);
    return ech_fail(error, ECH_ERR_UNKNOWN_NAME,
                    (struct ech_facts){.what = what,
                                       .value = guess->word,
                                       .hint = guess->best != NULL ? hint : otherwise});
}

static enum ech_status refuse(struct ech_error *error, const char *what, const char *value,
                              const char *hint)
{
    return ech_fail(error, ECH_ERR_OPTION,
                    (struct ech_facts){.what = what, .value = value, .hint = hint});
}

/** Refuses an unknown word with the nearest known one, or with `otherwise`, as hint. */
static enum ech_status refuse_unknown(struct ech_error *error, const char *what, const char *value,
                                      const struct ech_guess *guess, const char *otherwise)
{
    char hint[256];
    if (guess->best == NULL) {
        return refuse(error, what, value, otherwise);
    }
    ech_call_hint(guess, hint, sizeof hint);
    return refuse(error, what, value, hint);
}

/* Command */

static bool is_later_command(const char *name)
{
    for (size_t i = 0; i < sizeof later_commands / sizeof later_commands[0]; i++) {
        if (strcmp(later_commands[i], name) == 0) {
            return true;
        }
    }
    return false;
}

static enum ech_status find_command(const char *name, struct ech_call *call,
                                    struct ech_error *error)
{
    struct ech_guess guess = {.word = name};
    for (int c = 0; c < ech_n_commands; c++) {
        if (strcmp(ech_commands[c].name, name) == 0) {
            call->command = &ech_commands[c];
            return ECH_OK;
        }
        ech_guess_try(&guess, ech_commands[c].name);
    }
    if (is_later_command(name)) {
        return refuse(error, name, ECH_BOTH("comes with a later version", "将在后续版本中提供"),
                      NULL);
    }
    return refuse_unknown(error, name, ECH_BOTH("there is no such command", "没有这个命令"), &guess,
                          ECH_BOTH("see echelon --help", "参见 echelon --help"));
}

/* Values */

static enum ech_status take_number(const struct ech_option *row, const char *text,
                                   struct ech_call *call, struct ech_error *error)
{
    uint64_t number = 0;
    bool whole =
        text[0] != '\0' && strlen(text) <= 20 && strspn(text, "0123456789") == strlen(text);
    for (const char *digit = text; whole && *digit != '\0'; digit++) {
        uint64_t value = (uint64_t)(*digit - '0');
        whole = number <= (UINT64_MAX - value) / 10;
        number = 10 * number + value;
    }
    if (whole && number >= row->min && number <= row->max) {
        call->number[row->id] = number;
        return ECH_OK;
    }
    char what[64];
    char allowed[64];
    snprintf(what, sizeof what, "--%s", row->name);
    snprintf(allowed, sizeof allowed, "%llu-%llu", (unsigned long long)row->min,
             (unsigned long long)row->max);
    return ech_fail(error, whole ? ECH_ERR_RANGE : ECH_ERR_TYPE,
                    (struct ech_facts){.what = what, .value = text, .allowed = allowed});
}

/** Position of `word` among "a|b|c", or -1; tells the guess of each on the way. */
static int find_word(const char *words, const char *word, struct ech_guess *guess, char *store,
                     size_t size)
{
    snprintf(store, size, "%s", words);
    int position = 0;
    for (char *at = store; *at != '\0'; position++) {
        size_t length = strcspn(at, "|");
        char *next = at + length + (at[length] == '|' ? 1 : 0);
        at[length] = '\0';
        if (strcmp(at, word) == 0) {
            return position;
        }
        ech_guess_try(guess, at);
        at = next;
    }
    return -1;
}

static enum ech_status take_choice(const struct ech_option *row, const char *text,
                                   struct ech_call *call, struct ech_error *error)
{
    char words[64];
    char later[64];
    struct ech_guess guess = {.word = text};
    int position = find_word(row->argument, text, &guess, words, sizeof words);
    if (position >= 0) {
        call->choice[row->id] = position;
        call->set[row->id] |= 1u << position;
        return ECH_OK;
    }
    char what[64];
    snprintf(what, sizeof what, "--%s", row->name);
    struct ech_guess unused = {.word = text};
    if (find_word(row->later, text, &unused, later, sizeof later) >= 0) {
        char value[192];
        snprintf(value, sizeof value,
                 ECH_BOTH("'%s' comes with a later version", "“%s”将在后续版本中提供"), text, text);
        return refuse(error, what, value, NULL);
    }
    char hint[192];
    ech_call_hint(&guess, hint, sizeof hint);
    return ech_fail(
        error, ECH_ERR_CHOICE,
        (struct ech_facts){.what = what, .value = text, .allowed = row->argument, .hint = hint});
}

/** What is listed twice is wanted once. */
static void take_listed(const char *text, struct ech_call *call)
{
    for (int i = 0; i < call->n_listed; i++) {
        if (strcmp(call->listed[i], text) == 0) {
            return;
        }
    }
    call->listed[call->n_listed++] = text;
}

static enum ech_status take_option(const struct ech_option *row, const char *text,
                                   struct ech_call *call, struct ech_error *error)
{
    char what[64];
    snprintf(what, sizeof what, row->name != NULL ? "--%s" : "-o", row->name);
    if (call->given[row->id] && row->kind != ECH_OPTION_LIST && row->kind != ECH_OPTION_SET) {
        return refuse(error, what, ECH_BOTH("is given twice", "重复给出"), NULL);
    }
    if (text != NULL && text[0] == '\0') {
        return refuse(error, what, ECH_BOTH("its value is empty", "值为空"), NULL);
    }
    call->given[row->id] = true;
    call->text[row->id] = text;
    switch (row->kind) {
    case ECH_OPTION_LIST:
        take_listed(text, call);
        return ECH_OK;
    case ECH_OPTION_CHOICE:
    case ECH_OPTION_SET:
        return take_choice(row, text, call, error);
    case ECH_OPTION_NUMBER:
        return take_number(row, text, call, error);
    case ECH_OPTION_FLAG:
    case ECH_OPTION_TEXT:
        break;
    }
    return ECH_OK;
}

/* The line */

static enum ech_status refuse_option(const char *token, const struct ech_command *command,
                                     struct ech_error *error)
{
    char name[64];
    snprintf(name, sizeof name, "%.*s", (int)strcspn(token, "="), token);
    char long_names[MAX_OPTIONS][32];
    struct ech_guess guess = {.word = name};
    for (int i = 0; i < ech_n_options && i < MAX_OPTIONS; i++) {
        if (ech_options[i].name != NULL && ech_option_of(&ech_options[i], command)) {
            snprintf(long_names[i], sizeof long_names[i], "--%s", ech_options[i].name);
            ech_guess_try(&guess, long_names[i]);
        }
    }
    char hint[128];
    snprintf(hint, sizeof hint, ECH_BOTH("see echelon %s%s--help", "参见 echelon %s%s--help"),
             command != NULL ? command->name : "", command != NULL ? " " : "",
             command != NULL ? command->name : "", command != NULL ? " " : "");
    return refuse_unknown(error, name, ECH_BOTH("there is no such option", "没有这个选项"), &guess,
                          hint);
}

/** Tables of getopt for the options of a command. */
struct getopt_tables {
    char letters[2 * MAX_OPTIONS + 3];
    struct option names[MAX_OPTIONS + 1];
};

static void fill_tables(const struct ech_command *command, struct getopt_tables *tables)
{
    /* "-": operands come as option 1, wherever they stand; ":": we find the words for errors. */
    char *letter = tables->letters;
    *letter++ = '-';
    *letter++ = ':';
    int n_names = 0;
    for (int i = 0; i < ech_n_options && i < MAX_OPTIONS; i++) {
        const struct ech_option *row = &ech_options[i];
        if (!ech_option_of(row, command)) {
            continue;
        }
        if (row->letter != 0) {
            *letter++ = (char)row->letter;
            *letter++ = ':';
        }
        if (row->name != NULL) {
            tables->names[n_names++] = (struct option){
                row->name, row->kind == ECH_OPTION_FLAG ? no_argument : required_argument, NULL,
                LONG_BASE + i};
        }
    }
    *letter = '\0';
}

static const struct ech_option *option_of_letter(int letter, const struct ech_command *command)
{
    for (int i = 0; i < ech_n_options; i++) {
        if (ech_options[i].letter == letter && ech_option_of(&ech_options[i], command)) {
            return &ech_options[i];
        }
    }
    return NULL;
}

/** getopt accepts abbreviations; we do not: the token must hold the whole name. */
static bool is_whole_name(const char *token, const char *name)
{
    size_t length = strlen(name);
    return strncmp(token, "--", 2) == 0 && strncmp(token + 2, name, length) == 0 &&
           (token[2 + length] == '\0' || token[2 + length] == '=');
}

static enum ech_status take_code(int code, const char *token, struct ech_call *call,
                                 struct ech_error *error)
{
    if (code == 1) {
        call->operands[call->n_operands++] = optarg;
        return ECH_OK;
    }
    if (code == ':') {
        return refuse(error, token, ECH_BOTH("its value is missing", "缺少值"), NULL);
    }
    if (code >= LONG_BASE) {
        const struct ech_option *row = &ech_options[code - LONG_BASE];
        return is_whole_name(token, row->name) ? take_option(row, optarg, call, error)
                                               : refuse_option(token, call->command, error);
    }
    const struct ech_option *row = code == '?' ? NULL : option_of_letter(code, call->command);
    if (row != NULL) {
        return take_option(row, optarg, call, error);
    }
    if (optopt >= LONG_BASE) {
        return refuse(error, token, ECH_BOTH("takes no value", "不接受值"), NULL);
    }
    return refuse_option(token, call->command, error);
}

static enum ech_status take_line(int argc, char **argv, struct ech_call *call,
                                 struct ech_error *error)
{
    struct getopt_tables tables = {0};
    fill_tables(call->command, &tables);
    enum ech_status status = ECH_OK;
    optind = 1;
    opterr = 0;
    for (;;) {
        int before = optind;
        int code = getopt_long(argc, argv, tables.letters, tables.names, NULL);
        if (code == -1) {
            break;
        }
        status = ech_status_worse(status,
                                  take_code(code, before < argc ? argv[before] : "", call, error));
    }
    while (optind < argc) { /* after "--" */
        call->operands[call->n_operands++] = argv[optind++];
    }
    return status;
}

static enum ech_status check_operands(const struct ech_call *call, struct ech_error *error)
{
    const struct ech_command *command = call->command;
    char hint[160];
    snprintf(hint, sizeof hint, ECH_BOTH("usage: echelon %s %s", "用法：echelon %s %s"),
             command->name, command->operands, command->name, command->operands);
    if (call->n_operands < command->min_operands && !call->given[ECH_OPT_LIST]) {
        return refuse(error, command->name, ECH_BOTH("too few arguments", "参数不足"), hint);
    }
    if (call->n_operands > command->max_operands) {
        return refuse(error, command->name, ECH_BOTH("too many arguments", "参数过多"), hint);
    }
    return ECH_OK;
}

static void set_defaults(struct ech_call *call)
{
    call->lang = ech_call_language();
    for (int i = 0; i < ech_n_options; i++) {
        if (ech_options[i].kind == ECH_OPTION_NUMBER) {
            call->number[ech_options[i].id] = ech_options[i].def;
        }
    }
}

enum ech_status ech_call_parse(int argc, char **argv, struct ech_call *call,
                               struct ech_error *error)
{
    *call = (struct ech_call){0};
    set_defaults(call);
    call->operands = calloc((size_t)argc + 1, sizeof *call->operands);
    call->listed = calloc((size_t)argc + 1, sizeof *call->listed);
    if (call->operands == NULL || call->listed == NULL) {
        return ech_fail(
            error, ECH_ERR_MEMORY,
            (struct ech_facts){.what = ECH_BOTH("reading the command line", "读取命令行")});
    }
    bool names_command = argc > 1 && argv[1][0] != '-';
    enum ech_status status = names_command ? find_command(argv[1], call, error) : ECH_OK;
    if (names_command && call->command == NULL) {
        return status;
    }
    int skip = names_command ? 1 : 0;
    status = take_line(argc - skip, argv + skip, call, error);
    if (call->given[ECH_OPT_LANG] && call->choice[ECH_OPT_LANG] < ECH_N_LANGS) {
        call->lang = (enum ech_lang)call->choice[ECH_OPT_LANG];
    }
    if (status != ECH_OK || call->given[ECH_OPT_HELP] || call->given[ECH_OPT_VERSION]) {
        return status;
    }
    if (call->command == NULL) {
        return refuse(error, ECH_BOTH("a command is missing", "缺少命令"),
                      ECH_BOTH("it comes first", "命令应放在最前"),
                      ECH_BOTH("see echelon --help", "参见 echelon --help"));
    }
    return check_operands(call, error);
}

void ech_call_free(struct ech_call *call)
{
    free(call->operands);
    free(call->listed);
    *call = (struct ech_call){0};
}
