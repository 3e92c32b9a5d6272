#include "plots/process.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

extern char **environ;

enum { OURS, THEIRS };
enum { IN, OUT, COMPLAINTS, N_STREAMS };
enum { MAX_COMPLAINTS = 2000, POLL_MS = 20 };

/* A running child: our ends of its three streams (-1 when closed). */
struct child {
    pid_t pid;
    int stream[N_STREAMS];
    size_t n_written;
    double deadline;
};

static double seconds_now(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + (double)now.tv_nsec * 1e-9;
}

static void close_stream(int *stream)
{
    if (*stream >= 0) {
        close(*stream);
        *stream = -1;
    }
}

/* Input goes through a socket: unlike a pipe it can be written without the danger of SIGPIPE. Of the
   pipes our end is the first, the reading one. */
static bool open_streams(int ends[N_STREAMS][2])
{
    for (int i = 0; i < N_STREAMS; i++) {
        ends[i][OURS] = ends[i][THEIRS] = -1;
    }
    if (socketpair(AF_UNIX, SOCK_STREAM, 0, ends[IN]) != 0 || pipe(ends[OUT]) != 0 ||
        pipe(ends[COMPLAINTS]) != 0) {
        return false;
    }
    for (int i = 0; i < N_STREAMS; i++) {
        if (fcntl(ends[i][OURS], F_SETFL, O_NONBLOCK) != 0 ||
            fcntl(ends[i][OURS], F_SETFD, FD_CLOEXEC) != 0 ||
            fcntl(ends[i][THEIRS], F_SETFD, FD_CLOEXEC) != 0) {
            return false;
        }
    }
    return true;
}

/* The caller's variables with the locale replaced; NULL without memory. */
static char **plain_environment(void)
{
    static char locale[] = "LC_ALL=C.UTF-8";
    size_t n = 0, kept = 0;
    while (environ[n]) {
        n++;
    }
    char **variables = malloc((n + 2) * sizeof *variables);
    if (!variables) {
        return NULL;
    }
    for (size_t i = 0; i < n; i++) {
        if (strncmp(environ[i], "LC_ALL=", 7) != 0) {
            variables[kept++] = environ[i];
        }
    }
    variables[kept++] = locale;
    variables[kept] = NULL;
    return variables;
}

static int spawn(const char *const *argv, int ends[N_STREAMS][2], pid_t *pid)
{
    char **variables = plain_environment();
    posix_spawn_file_actions_t actions;
    posix_spawnattr_t attributes;
    sigset_t pipe_signal;
    if (!variables) {
        return ENOMEM;
    }
    sigemptyset(&pipe_signal);
    sigaddset(&pipe_signal, SIGPIPE);
    posix_spawn_file_actions_init(&actions);
    posix_spawnattr_init(&attributes);
    for (int i = 0; i < N_STREAMS; i++) {
        posix_spawn_file_actions_adddup2(&actions, ends[i][THEIRS], i);
    }
    posix_spawnattr_setsigdefault(&attributes, &pipe_signal);
    posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGDEF);
    union { /* posix_spawn does not write to the words, though its type would let it */
        const char *const *words;
        char *const *argv;
    } arguments = {argv};
    int failure = posix_spawnp(pid, argv[0], &actions, &attributes, arguments.argv, variables);
    posix_spawn_file_actions_destroy(&actions);
    posix_spawnattr_destroy(&attributes);
    free(variables);
    return failure;
}

static void send_input(struct child *child, const struct ech_process *process)
{
    ssize_t n = send(child->stream[IN], process->input + child->n_written,
                     process->n_input - child->n_written, MSG_NOSIGNAL);
    if (n > 0) {
        child->n_written += (size_t)n;
    }
    bool broken = n < 0 && errno != EAGAIN && errno != EINTR;
    if (broken || child->n_written == process->n_input) {
        close_stream(&child->stream[IN]);
    }
}

static void receive(int *stream, struct ech_text *text, size_t limit)
{
    char bytes[16384];
    ssize_t n = read(*stream, bytes, sizeof bytes);
    if (n > 0 && text->length < limit) {
        size_t room = limit - text->length;
        ech_text_bytes(text, bytes, (size_t)n < room ? (size_t)n : room);
    }
    if (n == 0 || (n < 0 && errno != EAGAIN && errno != EINTR)) {
        close_stream(stream);
    }
}

/* Feeds and reads until both outputs are closed; false when time is up. */
static bool converse(struct child *child, const struct ech_process *process, struct ech_text *out,
                     struct ech_text *complaints)
{
    if (process->n_input == 0) {
        close_stream(&child->stream[IN]);
    }
    while (child->stream[OUT] >= 0 || child->stream[COMPLAINTS] >= 0) {
        if (seconds_now() > child->deadline) {
            return false;
        }
        struct pollfd polled[N_STREAMS];
        for (int i = 0; i < N_STREAMS; i++) {
            polled[i] = (struct pollfd){child->stream[i], i == IN ? POLLOUT : POLLIN, 0};
        }
        if (poll(polled, N_STREAMS, POLL_MS) <= 0) {
            continue;
        }
        if (polled[IN].revents) {
            send_input(child, process);
        }
        if (polled[OUT].revents) {
            receive(&child->stream[OUT], out, (size_t)-1);
        }
        if (polled[COMPLAINTS].revents) {
            receive(&child->stream[COMPLAINTS], complaints, MAX_COMPLAINTS);
        }
    }
    return true;
}

/* Waits for the end; false when time is up. */
static bool await(const struct child *child, int *status)
{
    const struct timespec pause = {0, 2000000};
    *status = 0;
    for (;;) {
        pid_t ended = waitpid(child->pid, status, WNOHANG);
        if (ended == child->pid || (ended < 0 && errno != EINTR)) {
            return true;
        }
        if (seconds_now() > child->deadline) {
            return false;
        }
        nanosleep(&pause, NULL);
    }
}

static void end_by_force(const struct child *child)
{
    int status;
    kill(-child->pid, SIGKILL);
    kill(child->pid, SIGKILL);
    while (waitpid(child->pid, &status, 0) < 0 && errno == EINTR) {
    }
}

enum ech_process_end ech_process_run(const struct ech_process *process, struct ech_text *out,
                                     struct ech_text *complaints)
{
    int ends[N_STREAMS][2];
    struct child child = {.deadline = seconds_now() + process->seconds};
    enum ech_process_end end = ECH_PROCESS_SYSTEM;
    int status = 0;
    bool opened = open_streams(ends);
    int failure = opened ? spawn(process->argv, ends, &child.pid) : EMFILE;
    for (int i = 0; i < N_STREAMS; i++) {
        close_stream(&ends[i][THEIRS]);
        child.stream[i] = ends[i][OURS];
    }
    if (opened && failure) {
        end = failure == ENOENT ? ECH_PROCESS_MISSING : ECH_PROCESS_SYSTEM;
    } else if (opened) {
        bool in_time = converse(&child, process, out, complaints) && await(&child, &status);
        if (!in_time) {
            end_by_force(&child);
        }
        bool well = WIFEXITED(status) && WEXITSTATUS(status) == 0;
        end = !in_time ? ECH_PROCESS_TIMEOUT : well ? ECH_PROCESS_DONE : ECH_PROCESS_FAILED;
    }
    for (int i = 0; i < N_STREAMS; i++) {
        close_stream(&child.stream[i]);
    }
    return end;
}
