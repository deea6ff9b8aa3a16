/* SPDX-License-Identifier: Apache-2.0
 *
 * What an upload gateway does with each file: asks for its label and tells the platform's verdict.
 *
 *   cc gateway.c -lassay -o gateway && ./gateway FILE...
 */
#include <assay/label.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

static const char* const kNotice[] = {"publish", "show: suspected to be AI-generated",
                                      "show: possibly AI-generated", "show: AI-generated"};

int main(int argc, char** argv) {
  int failed = 0;
  for (int i = 1; i < argc; ++i) {
    const int fd = open(argv[i], O_RDONLY | O_CLOEXEC);
    assay_label* label = fd < 0 ? NULL : assay_label_of_fd(fd, argv[i], ASSAY_LABEL_RECEIVED);
    if (label == NULL) {
      fprintf(stderr, "%s: %s\n", argv[i], strerror(errno));
      failed = 1;
    } else {
      const char* producer = assay_label_get(label, "ContentProducer");
      printf("%s: %s; producer %s\n", argv[i], kNotice[assay_label_get_platform(label)],
             producer == NULL ? "-" : producer);
      for (size_t j = 0; j < assay_label_findings(label); ++j)
        printf("  %s: %s\n", assay_label_finding_id(label, j),
               assay_label_finding_message(label, j, ASSAY_EN));
      assay_label_free(label);
    }
    if (fd >= 0) close(fd);
  }
  return failed;
}
