#include "cli/progress.h"

#include <stdio.h>
#include <unistd.h>

static double seconds_since(const struct timespec *started)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)(now.tv_sec - started->tv_sec) + 1e-9 * (double)(now.tv_nsec - started->tv_nsec);
}

void ech_progress_init(struct ech_progress *progress, bool quiet, enum ech_lang lang)
{
    *progress = (struct ech_progress){.lang = lang, .quiet = quiet, .shown_at = -1};
    progress->on_terminal = isatty(STDERR_FILENO) == 1;
    clock_gettime(CLOCK_MONOTONIC, &progress->started);
}

static void put_line(const struct ech_progress *progress, double seconds)
{
    double rate = seconds > 0 ? (double)progress->done / seconds : 0;
    double left = rate > 0 ? (double)(progress->total - progress->done) / rate : 0;
    const char *format = progress->lang == ECH_LANG_ZH
                             ? "%s已完成 %ld/%ld 次模拟，每秒 %.0f 次，还需 %.0f 秒%s"
                             : "%s%ld/%ld runs, %.0f a second, %.0f s left%s";
    fprintf(stderr, format, progress->on_terminal ? "\r" : "", progress->done, progress->total,
            rate, left, progress->on_terminal ? "\033[K" : "\n");
    fflush(stderr);
}

void ech_progress_show(void *context, long done, long total)
{
    struct ech_progress *progress = context;
    progress->done = done;
    progress->total = total;
    if (progress->quiet || total <= 0) {
        return;
    }
    double seconds = seconds_since(&progress->started);
    int tenth = (int)(10 * done / total);
    bool is_due = progress->on_terminal ? seconds - progress->shown_at >= 0.1 || done == total
                                        : tenth > progress->tenth;
    if (is_due) {
        progress->shown_at = seconds;
        progress->tenth = tenth;
        put_line(progress, seconds);
    }
}

void ech_progress_end(struct ech_progress *progress)
{
    if (progress->on_terminal && progress->shown_at >= 0) {
        fputc('\n', stderr);
    }
}
