/* Help from the tables. */
#include <stdio.h>
#include <string.h>

#include "cli/call.h"
#include "cli/columns.h"

enum { INDENT = 2, TEXT_AT = 26 };

/** One line: what is typed, then its text from column TEXT_AT on. */
static void put_entry(const char *typed, const char *text)
{
    fputs("  ", stdout);
    if (ech_columns_width(typed) > TEXT_AT - INDENT - 2) {
        printf("%s\n%*s", typed, TEXT_AT, "");
    } else {
        ech_columns_put(stdout, typed, TEXT_AT - INDENT, ECH_ALIGN_LEFT);
    }
    ech_columns_wrap(stdout, text, TEXT_AT, TEXT_AT);
}

static void put_option(const struct ech_option *option, enum ech_lang lang)
{
    char typed[96];
    char text[256];
    const char *argument = option->argument != NULL ? option->argument : "";
    const char *space = option->argument != NULL ? " " : "";
    if (option->name != NULL) {
        snprintf(typed, sizeof typed, "--%s%s%s", option->name, space, argument);
    } else {
        snprintf(typed, sizeof typed, "-%c%s%s", option->letter, space, argument);
    }
    snprintf(text, sizeof text, "%s", option->text[lang]);
    if (option->kind == ECH_OPTION_NUMBER) {
        snprintf(text, sizeof text, lang == ECH_LANG_ZH ? "%s（默认 %llu）" : "%s (default %llu)",
                 option->text[lang], (unsigned long long)option->def);
    }
    put_entry(typed, text);
}

static void put_options(const struct ech_command *command, enum ech_lang lang)
{
    puts(lang == ECH_LANG_ZH ? "\n选项" : "\nOptions");
    for (int i = 0; i < ech_n_options; i++) {
        if (ech_option_of(&ech_options[i], command)) {
            put_option(&ech_options[i], lang);
        }
    }
}

static void put_command(const struct ech_command *command, enum ech_lang lang)
{
    printf(lang == ECH_LANG_ZH ? "用法：echelon %s %s [选项]\n\n"
                               : "usage: echelon %s %s [OPTION...]\n\n",
           command->name, command->operands);
    ech_columns_wrap(stdout, command->text[lang], 0, 0);
    put_options(command, lang);
    printf(lang == ECH_LANG_ZH ? "\n例\n  %s\n" : "\nExample\n  %s\n", command->example);
}

static void put_exit_codes(enum ech_lang lang)
{
    puts(lang == ECH_LANG_ZH ? "\n退出状态" : "\nExit status");
    static const struct {
        const char *code;
        const char *text[ECH_N_LANGS];
    } codes[] = {
        {"0", {"done", "完成"}},
        {"1",
         {"done, but something asked for is missing, such as a figure",
          "完成，但缺少所要求的部分，如某张图"}},
        {"2", {"bad usage or input: nothing was run or written", "用法或输入有误：未运行，未写出"}},
        {"3", {"input or output failed", "读写失败"}},
        {"4", {"out of memory, or too large", "内存不足或规模过大"}},
        {"130, 143", {"interrupted; what was finished is kept", "被中断；已完成的部分保留"}}};
    for (size_t i = 0; i < sizeof codes / sizeof codes[0]; i++) {
        put_entry(codes[i].code, codes[i].text[lang]);
    }
}

static void put_program(enum ech_lang lang)
{
    puts(lang == ECH_LANG_ZH ? "用法：echelon 命令 [参数] [选项]\n"
                             : "usage: echelon COMMAND [ARGUMENT...] [OPTION...]\n");
    ech_columns_wrap(
        stdout,
        lang == ECH_LANG_ZH
            ? "梯队：逐月模拟一个县的干部队伍，比较各项政策。"
            : "Simulates a county's cadre pipeline month by month and compares policies.",
        0, 0);
    puts(lang == ECH_LANG_ZH ? "\n命令" : "\nCommands");
    for (int c = 0; c < ech_n_commands; c++) {
        char typed[64];
        snprintf(typed, sizeof typed, "%s %s", ech_commands[c].name, ech_commands[c].operands);
        put_entry(typed, ech_commands[c].text[lang]);
    }
    put_options(NULL, lang);
    put_exit_codes(lang);
    puts(lang == ECH_LANG_ZH ? "\n各命令的说明和例子：echelon 命令 --help"
                             : "\nOptions and an example of a command: echelon COMMAND --help");
    printf(lang == ECH_LANG_ZH ? "\n例\n  %s\n" : "\nExample\n  %s\n", ech_commands[0].example);
}

void ech_call_help(const struct ech_call *call)
{
    if (call->command != NULL) {
        put_command(call->command, call->lang);
    } else {
        put_program(call->lang);
    }
}
