/* The version that manifests, captions and --version name. */
#ifndef ECH_VERSION_H
#define ECH_VERSION_H

#define ECH_VERSION "0.1.0"

#endif
