/* The program: one command line, one command, one exit status. */
#include <gsl/gsl_errno.h>
#include <stdio.h>

#include "cli/call.h"
#include "cli/output.h"
#include "model/version.h"

static void put_version(void)
{
    puts("echelon " ECH_VERSION);
    puts("GPL-3.0-or-later: free software without any warranty");
}

static enum ech_status act(const struct ech_call *call, struct ech_error *error)
{
    if (call->given[ECH_OPT_HELP]) {
        ech_call_help(call);
        return ECH_OK;
    }
    if (call->given[ECH_OPT_VERSION]) {
        put_version();
        return ECH_OK;
    }
    return call->command->act(call, error);
}

/** The status that the shell sees: an interrupt names its signal. */
static int exit_code(enum ech_status status)
{
    return status == ECH_INTERRUPTED && *ech_output_stop() != 0 ? 128 + *ech_output_stop()
                                                                : (int)status;
}

int main(int argc, char **argv)
{
    struct ech_call call = {0};
    struct ech_error error = {0};
    ech_output_init();
    gsl_set_error_handler_off();
    enum ech_status status = ech_call_parse(argc, argv, &call, &error);
    if (status == ECH_OK) {
        status = act(&call, &error);
    }
    status = ech_status_worse(status, ech_output_close(&error));
    ech_output_problems(&error, status, call.lang);
    ech_error_free(&error);
    ech_call_free(&call);
    return exit_code(status);
}
