#include "cli/output.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include "results/whole.h"

/* Signal handlers can reach nothing but variables at file scope. */
static volatile sig_atomic_t stop;
static char last_words[9000]; /* of a program that is ended at once */
static char part[4096];       /* the file that they speak of */

/* As if nobody had caught the signal, but for the file that is being written. */
static void on_end(int number)
{
    ech_whole_abandon();
    signal(number, SIG_DFL);
    raise(number); /* it comes when this returns */
}

static void catch_end(void)
{
    static const int numbers[] = {SIGINT, SIGTERM, SIGHUP};
    struct sigaction action = {.sa_handler = on_end, .sa_flags = SA_RESTART};
    sigemptyset(&action.sa_mask);
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++) {
        struct sigaction before;
        bool ignored = sigaction(numbers[i], NULL, &before) == 0 && before.sa_handler == SIG_IGN;
        if (!ignored) { /* nohup wants it so */
            sigaction(numbers[i], &action, NULL);
        }
    }
}

void ech_output_init(void)
{
    for (int fd = STDIN_FILENO; fd <= STDERR_FILENO; fd++) {
        if (fcntl(fd, F_GETFD) == -1 && errno == EBADF) {
            /* the wrong direction on purpose: using it stays an error */
            (void)open("/dev/null", fd == STDIN_FILENO ? O_WRONLY : O_RDONLY);
        }
    }
    signal(SIGPIPE, SIG_IGN);
    catch_end();
}

/** Whether somebody has said already that writing failed. */
static bool has_write_error(const struct ech_error *error)
{
    for (int i = 0; i < error->n_problems; i++) {
        if (error->problems[i].code == ECH_ERR_WRITE) {
            return true;
        }
    }
    return false;
}

enum ech_status ech_output_close(struct ech_error *error)
{
    bool failed = ferror(stdout) != 0;
    int reason = errno;
    if (fclose(stdout) != 0) {
        failed = true;
        reason = errno;
    }
    if (!failed || has_write_error(error)) {
        return failed ? ECH_IO : ECH_OK;
    }
    return ech_fail(error, ECH_ERR_WRITE,
                    (struct ech_facts){.what = ECH_BOTH("standard output", "标准输出"),
                                       .value = ech_whole_reason(reason)});
}

static bool wants_colour(void)
{
    const char *refused = getenv("NO_COLOR");
    const char *terminal = getenv("TERM");
    return isatty(STDERR_FILENO) && (refused == NULL || refused[0] == '\0') && terminal != NULL &&
           strcmp(terminal, "dumb") != 0;
}

static bool is_ideograph(const char *letter)
{
    unsigned char first = (unsigned char)letter[0];
    return first >= 0xE3 && first <= 0xE9; /* U+3000 to U+9FFF in UTF-8 */
}

/* Between two Chinese characters stands no blank: those of errors.def are for names and paths. */
static void join_ideographs(char *text)
{
    char *to = text;
    for (const char *from = text; *from != '\0'; from++) {
        bool joins =
            *from == ' ' && to - text >= 3 && is_ideograph(to - 3) && is_ideograph(from + 1);
        if (!joins) {
            *to++ = *from;
        }
    }
    *to = '\0';
}

void ech_output_problems(const struct ech_error *error, enum ech_status status, enum ech_lang lang)
{
    const char *colour = status == ECH_OK || status == ECH_PARTIAL ? "\033[33m" : "\033[31m";
    bool coloured = wants_colour();
    for (int i = 0; i < error->n_problems; i++) {
        const struct ech_problem *problem = &error->problems[i];
        size_t size = ech_error_text(problem, lang, NULL, 0) + 1;
        char *text = malloc(size);
        if (text == NULL) {
            break;
        }
        ech_error_text(problem, lang, text, size);
        join_ideographs(text);
        fprintf(stderr, "%s%s%s%s\n", coloured ? colour : "",
                problem->facts.at.file == NULL ? "echelon: " : "", text, coloured ? "\033[0m" : "");
        free(text);
    }
    if (error->out_of_memory) {
        fputs(lang == ECH_LANG_ZH ? "echelon: 内存不足\n" : "echelon: out of memory\n", stderr);
    }
}

static void on_stop(int number)
{
    if (stop != 0) {
        if (access(part, F_OK) == 0) {
            ssize_t ignored = write(STDERR_FILENO, last_words, strlen(last_words));
            (void)ignored; /* nobody is left to be told */
        }
        _exit(128 + number);
    }
    stop = number;
}

void ech_output_catch_stop(const char *path, enum ech_lang lang)
{
    snprintf(part, sizeof part, "%s.part", path);
    snprintf(last_words, sizeof last_words,
             lang == ECH_LANG_ZH
                 ? "\nechelon: 已立即中止；已完成的模拟保存在 %s，可用 compare、export 和 report "
                   "读取\n"
                 : "\nechelon: stopped at once; the runs that were finished are kept in %s, which "
                   "compare, export and report read\n",
             part);
    struct sigaction action = {.sa_handler = on_stop, .sa_flags = SA_RESTART};
    sigemptyset(&action.sa_mask);
    sigaction(SIGINT, &action, NULL);
    sigaction(SIGTERM, &action, NULL);
}

const volatile sig_atomic_t *ech_output_stop(void)
{
    return &stop;
}
