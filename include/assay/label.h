/* SPDX-License-Identifier: Apache-2.0
 *
 * The label of generated content (GB 45438-2025) in a file's metadata, for programs that take in
 * files: a gateway asks for each upload what its label says and whether it is right. Reads
 * pictures, sound, film and documents by content; runs no other program, opens no connection, and
 * never reads media data. Every function may be called from several threads, on different results.
 */
#ifndef ASSAY_LABEL_H
#define ASSAY_LABEL_H

#include <stddef.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef enum {
  ASSAY_LABEL_COMPLIANT = 0,
  ASSAY_LABEL_NONCOMPLIANT = 1,
  ASSAY_LABEL_NONE = 2,      /* all metadata could be read, and no label stands in them */
  ASSAY_LABEL_UNDECIDED = 3, /* the file, or a part of its metadata, could not be read */
} assay_label_verdict;

/* Article 6 of the Labelling Measures. */
typedef enum {
  ASSAY_PLATFORM_NONE = 0,
  ASSAY_PLATFORM_SUSPECTED = 1,
  ASSAY_PLATFORM_POSSIBLE = 2,
  ASSAY_PLATFORM_CONFIRMED = 3,
} assay_platform_verdict;

typedef enum { ASSAY_ZH = 0, ASSAY_EN = 1 } assay_language;

enum {
  ASSAY_LABEL_RECEIVED = 1, /* others wrote the file: propagator and producer may differ */
  ASSAY_LABEL_DECLARED = 2, /* the user declares the content as generated */
};

typedef struct assay_label assay_label;

/* Looks at `size` bytes at `data`, or at the regular file behind the descriptor `fd`, which stays
 * open and whose offset stays where it is. `name` is the file's name, or NULL: its ending decides
 * only whether a text is Markdown. `flags` are ASSAY_LABEL_… together. NULL where memory ran out or
 * the file could not be read at all (errno says why); free others with assay_label_free(). */
assay_label* assay_label_of_memory(const void* data, size_t size, const char* name, unsigned flags);
assay_label* assay_label_of_fd(int fd, const char* name, unsigned flags);
void assay_label_free(assay_label* label);

/* Strings are UTF-8, end with NUL and live as long as the result. */
assay_label_verdict assay_label_get_verdict(const assay_label* label);
assay_platform_verdict assay_label_get_platform(const assay_label* label);
const char* assay_label_get_format(const assay_label* label); /* "PNG"; "" where not known */
/* The value of one of the seven keys as it was read, such as "ContentProducer"; NULL where the
 * label does not have it. */
const char* assay_label_get(const assay_label* label, const char* key);

/* What is wrong, one after the other. Ids are stable ("key-misspelt"); `where` is a place in the
 * file. NULL past the last. */
size_t assay_label_findings(const assay_label* label);
const char* assay_label_finding_id(const assay_label* label, size_t index);
const char* assay_label_finding_where(const assay_label* label, size_t index);
const char* assay_label_finding_message(const assay_label* label, size_t index,
                                        assay_language language);

#ifdef __cplusplus
}
#endif

#endif
