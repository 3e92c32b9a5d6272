/* The table of commands and the table of options. A new command or option is one row. */
#include <stddef.h>

#include "cli/call.h"
#include "cli/commands.h"

enum { RUN, CHECK, COMPARE, PLOT, REPORT, EXPORT, TRACE, VALIDATE, PARAMS, MEASURES };
enum { MANY = 10000 };

#define OF(command) (1u << (command))
#define OF_ALL (~0u)

/* Tables keep their layout. */
/* clang-format off */
const struct ech_command ech_commands[] = {
    [RUN] = {"run", "SCENARIO...", 1, MANY, ech_command_run,
             {"run scenarios side by side, print what a planner wants, write one results file",
              "并行模拟各情景，打印规划所需的汇总表，写出一个结果文件"},
             "echelon run scenarios/nanpiao/*.yaml -o results.db\n"
             "  echelon run scenarios/nanpiao/*.yaml --keep type-month --keep unit-year"},
    [CHECK] = {"check", "SCENARIO...", 1, MANY, ech_command_check,
               {"validate scenarios: accepts and refuses the same files as run",
                "检查情景文件：与 run 接受和拒绝的文件完全相同"},
               "echelon check my_policy.yaml"},
    [COMPARE] = {"compare", "FILE.db", 1, 1, ech_command_compare,
                 {"settings that differ beside results that differ, paired, with intervals",
                  "并列显示不同的设置与不同的结果（成对比较，附置信区间）"},
                 "echelon compare results.db --measure post_vacancy_rate\n"
                 "  echelon compare results.db --group type --format json"},
    [PLOT] = {"plot", "FILE.db", 1, 1, ech_command_plot,
              {"draw figures", "绘制图形"},
              "echelon plot results.db --figure vacancy_fan --format png --out figures"},
    [REPORT] = {"report", "FILE.db", 1, 1, ech_command_report,
                {"write one self-contained HTML page", "写出一个独立的网页报告"},
                "echelon report results.db -o report.html --lang zh"},
    [EXPORT] = {"export", "FILE.db", 1, 1, ech_command_export,
                {"write numbers as CSV", "以 CSV 导出数据"},
                "echelon export results.db --measure heads --measure 'exits[retire]'\n"
                "  echelon export results.db --by month --group type -o numbers.csv\n"
                "  echelon export results.db --by month --each -o every_month.csv\n"
                "  echelon export results.db --table review -o review.csv"},
    [TRACE] = {"trace", "SCENARIO", 1, 1, ech_command_trace,
               {"write the event log of one replication, or tell what happened to a person, post or chain",
                "写出一次重复的事件日志，或讲述一名干部、一个职位、一条空缺链"},
               "echelon trace scenarios/nanpiao/baseline.yaml --replication 37 > events.csv"},
    [VALIDATE] = {"validate", "FILE.db TARGETS.csv", 2, 2, ech_command_validate,
                  {"results beside a table of targets from real counties: hit, miss or fitted",
                   "将结果与现实数据目标逐项对照：符合、不符或拟合"},
                  "echelon run scenarios/nanpiao/baseline.yaml scenarios/validation/national.yaml \\\n"
                  "    -o validation.db\n"
                  "  echelon validate validation.db scenarios/data/validation_targets.csv"},
    [PARAMS] = {"params", "[BRANCH]", 0, 1, ech_command_params,
                {"print the table of parameters, or one branch of it with its sources",
                 "打印参数表，或其中一支及其来源"},
                "echelon params exit.resign"},
    [MEASURES] = {"measures", "[NAME]", 0, 1, ech_command_measures,
                  {"print the table of measures, or those of one name",
                   "打印指标表，或其中一项"},
                  "echelon measures reserve_ratio"},
};
const int ech_n_commands = (int)(sizeof ech_commands / sizeof ech_commands[0]);

const struct ech_option ech_options[] = {
    {ECH_OPT_OUTPUT, NULL, 'o', OF(RUN), ECH_OPTION_TEXT, "FILE.db", "", 0, 0, 0,
     {"results file (default results.db)", "结果文件（默认 results.db）"}},
    {ECH_OPT_OUTPUT, NULL, 'o', OF(REPORT), ECH_OPTION_TEXT, "FILE.html", "", 0, 0, 0,
     {"the page (default report.html)", "网页文件（默认 report.html）"}},
    {ECH_OPT_OUTPUT, NULL, 'o', OF(EXPORT), ECH_OPTION_TEXT, "FILE", "", 0, 0, 0,
     {"file (default: standard output)", "文件（默认：标准输出）"}},
    {ECH_OPT_REPLICATIONS, "replications", 0, OF(RUN), ECH_OPTION_NUMBER, "N", "", 200, 1, 1000000,
     {"replications of each scenario", "每个情景的重复次数"}},
    {ECH_OPT_REPLICATION, "replication", 0, OF(TRACE), ECH_OPTION_NUMBER, "K", "", 1, 1, 1000000,
     {"which replication, counted from 1", "第几次重复，从 1 开始"}},
    {ECH_OPT_SEED, "seed", 0, OF(RUN) | OF(TRACE), ECH_OPTION_NUMBER, "S", "", 1, 0, UINT64_MAX,
     {"seed of chance, 0 to 2^64-1", "随机种子，0 至 2^64-1"}},
    {ECH_OPT_THREADS, "threads", 0, OF(RUN), ECH_OPTION_NUMBER, "T", "", 0, 0, 1024,
     {"threads; 0: all processors; the results do not depend on it",
      "线程数；0 表示全部处理器；结果与线程数无关"}},
    {ECH_OPT_OVERWRITE, "overwrite", 0, OF(RUN), ECH_OPTION_FLAG, NULL, "", 0, 0, 0,
     {"replace an existing results file", "覆盖已有的结果文件"}},
    {ECH_OPT_KEEP, "keep", 0, OF(RUN), ECH_OPTION_SET, "type-year|type-month|unit-year|unit-month", "",
     0, 0, 0,
     {"keep each replication's values by type or unit and year or month, and so quantiles; may be "
      "given several times (default type-year; unit-month includes unit-year)",
      "保存每次重复按类型或单位、按年或按月的数值，从而可得分位数；可多次给出（默认 type-year；"
      "unit-month 含 unit-year）"}},
    {ECH_OPT_BASELINE, "baseline", 0, OF(COMPARE) | OF(PLOT) | OF(REPORT), ECH_OPTION_TEXT, "NAME",
     "", 0, 0, 0,
     {"scenario to compare with (default: baseline, else the one that all others extend)",
      "比较的基准情景（默认：baseline，否则为其他情景共同继承的情景）"}},
    {ECH_OPT_MEASURE, "measure", 0, OF(COMPARE) | OF(EXPORT), ECH_OPTION_LIST, "M", "", 0, 0, 0,
     {"a measure of `echelon measures`; may be given several times",
      "`echelon measures` 中的指标；可多次给出"}},
    {ECH_OPT_BY, "by", 0, OF(COMPARE) | OF(EXPORT), ECH_OPTION_CHOICE, "year|month", "", 0, 0, 0,
     {"period of a row", "每行的时段"}},
    {ECH_OPT_GROUP, "group", 0, OF(COMPARE) | OF(EXPORT), ECH_OPTION_CHOICE, "county|type|unit", "",
     0, 0, 0,
     {"whose numbers", "统计对象：全县、类型或单位"}},
    {ECH_OPT_TABLE, "table", 0, OF(EXPORT), ECH_OPTION_CHOICE, "numbers|review", "", 0, 0, 0,
     {"numbers: every measure a line; review: the team review, a line for each unit and year",
      "numbers：每行一个指标值；review：班子分析研判表，每单位每年一行"}},
    {ECH_OPT_EACH, "each", 0, OF(EXPORT), ECH_OPTION_FLAG, NULL, "", 0, 0, 0,
     {"each replication's values instead of statistics over them",
      "输出每次重复的数值，而不是统计量"}},
    {ECH_OPT_FIGURE, "figure", 0, OF(PLOT), ECH_OPTION_LIST, "NAME", "", 0, 0, 0,
     {"a figure (default: all); may be given several times", "图名（默认全部）；可多次给出"}},
    {ECH_OPT_LIST, "list", 0, OF(PLOT), ECH_OPTION_FLAG, NULL, "", 0, 0, 0,
     {"list the figures", "列出图名"}},
    {ECH_OPT_OUT, "out", 0, OF(PLOT), ECH_OPTION_TEXT, "DIR", "", 0, 0, 0,
     {"folder of the pictures (default figures)", "图片文件夹（默认 figures）"}},
    {ECH_OPT_FORMAT, "format", 0, OF(PLOT), ECH_OPTION_CHOICE, "svg|png|pdf", "", 0, 0, 0,
     {"format of the pictures", "图片格式"}},
    {ECH_OPT_FORMAT, "format", 0, OF(COMPARE), ECH_OPTION_CHOICE, "table|csv|json", "", 0, 0, 0,
     {"form of the output", "输出格式"}},
    {ECH_OPT_FORMAT, "format", 0, OF(EXPORT), ECH_OPTION_CHOICE, "csv", "xlsx", 0, 0, 0,
     {"form of the output", "输出格式"}},
    {ECH_OPT_FORMAT, "format", 0, OF(TRACE), ECH_OPTION_CHOICE, "csv|text", "", 0, 0, 0,
     {"form of the output; text tells a person, post or chain in words",
      "输出格式；text 用文字讲述一名干部、一个职位或一条空缺链"}},
    {ECH_OPT_FORMAT, "format", 0, OF(VALIDATE), ECH_OPTION_CHOICE, "table|markdown|csv", "", 0, 0, 0,
     {"form of the output", "输出格式"}},
    {ECH_OPT_PERSON, "person", 0, OF(TRACE), ECH_OPTION_TEXT, "ID", "", 0, 0, 0,
     {"what happened to one person, by the key of the log", "一名干部的经历，编号见事件日志"}},
    {ECH_OPT_POST, "post", 0, OF(TRACE), ECH_OPTION_TEXT, "ID", "", 0, 0, 0,
     {"what happened to one post, such as township_01/deputy/3", "一个职位的历史，如 township_01/deputy/3"}},
    {ECH_OPT_CHAIN, "chain", 0, OF(TRACE), ECH_OPTION_TEXT, "ID", "", 0, 0, 0,
     {"one vacancy chain, called post@month", "一条空缺链，写作 职位@月"}},
    {ECH_OPT_YAML, "yaml", 0, OF(PARAMS), ECH_OPTION_FLAG, NULL, "", 0, 0, 0,
     {"as a complete commented scenario", "输出为一个完整的带注释的情景文件"}},
    {ECH_OPT_LANG, "lang", 0, OF(REPORT), ECH_OPTION_CHOICE, "en|zh|both", "", 0, 0, 0,
     {"language of words and page (default from the locale)", "文字和网页的语言（默认取自区域设置）"}},
    {ECH_OPT_LANG, "lang", 0, OF_ALL & ~OF(REPORT), ECH_OPTION_CHOICE, "en|zh", "", 0, 0, 0,
     {"language of words (default from the locale)", "文字的语言（默认取自区域设置）"}},
    {ECH_OPT_QUIET, "quiet", 0, OF_ALL, ECH_OPTION_FLAG, NULL, "", 0, 0, 0,
     {"no progress and no remarks", "不显示进度和说明"}},
    {ECH_OPT_HELP, "help", 0, OF_ALL, ECH_OPTION_FLAG, NULL, "", 0, 0, 0,
     {"this page", "本页"}},
    {ECH_OPT_VERSION, "version", 0, OF_ALL, ECH_OPTION_FLAG, NULL, "", 0, 0, 0,
     {"the version", "版本号"}},
};
const int ech_n_options = (int)(sizeof ech_options / sizeof ech_options[0]);

/* clang-format on */

bool ech_option_of(const struct ech_option *option, const struct ech_command *command)
{
    if (command == NULL) {
        return option->id >= ECH_OPT_QUIET && (option->commands & OF(RUN)) != 0;
    }
    return (option->commands & OF(command - ech_commands)) != 0;
}
